"""The explorer as a reader meets it: opened from the disk, in Chromium, with the network shut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from socialgraph.model.picture import Picture

Open = Callable[..., Page]


def click_on(page: Page, thing: str) -> None:
    """A real click at the place where the renderer has drawn the thing."""
    at = page.evaluate("id => window.socialgraph.renderer.place(id)", thing)
    page.mouse.click(at["x"], at["y"])


def drawn(page: Page) -> list[str]:
    return sorted(page.evaluate("() => window.socialgraph.renderer.shown().edges"))


def tabled(page: Page) -> list[str]:
    page.wait_for_function("() => window.socialgraph.page.settled()")
    return sorted(page.eval_on_selector_all("#table tbody tr[data-edge]", "rows => rows.map(row => row.dataset.edge)"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def violations(page: Page) -> str:
    found = Axe().run(page)
    return "" if found.violations_count == 0 else found.generate_report()


def test_opens_with_title_summary_and_a_drawn_picture(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    expect(page.locator("h1")).to_have_text("Rosornas nätverk")
    expect(page.locator("#summary")).to_have_text("Visar 30 april 2018, säkra och förmodade uppgifter, 3 källor, bygge b7f3")
    colours = page.evaluate(
        """() => { const c = document.querySelector('#canvas canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        const seen = new Set();
        for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 200) seen.add(`${d[i]},${d[i+1]},${d[i+2]}`);
        return [...seen]; }"""
    )
    for colour in ("31,95,168", "122,62,157", "11,110,99"):  # society, circle, academy
        assert colour in colours


def test_a_click_on_an_edge_shows_who_says_it_and_where(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    click_on(page, "e1")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Askums trädgårdsförening lånar ut redskap till Ringen för åldriga rosor")
    for words in (
        "Rosornas nya vänner",
        "Odlarbladet",
        "12 april 2018, datum som källan anger",
        "stycke 3, mening 2",
        "Årgång 2018.pdf, Samlingsband.docx",
        "omkring 2017, datum som vi har slutit oss till",
        "s. 40",
        "från hösten 2016 till 2019",
        "Läst ur tabellens tredje rad.",
        "fadder",
        "Säker",
    ):
        expect(panel).to_contain_text(words)
    links = panel.locator("a[href]")
    expect(links).to_have_count(1)  # the javascript: address is no link
    expect(links).to_have_attribute("href", "https://example.org/bladet/2018/4")
    expect(links).to_have_attribute("rel", "noreferrer")


def test_parallel_edges_can_each_be_picked(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    for name, words in (("e1", "lånar ut redskap"), ("e2", "finansierade"), ("e3", "samverkar med Askums")):
        click_on(page, name)
        expect(page.locator("#panel h2")).to_contain_text(words)


def test_a_click_on_a_node_shows_names_facts_and_relations(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    click_on(page, "ring")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Ringen för åldriga rosor")
    expect(panel).to_contain_text("Rosornas Ring")
    expect(panel).to_contain_text("till och med 2015")
    expect(panel).to_contain_text("290 odlare")
    assert panel.locator("button[data-edge]").count() == 8
    panel.locator("summary", has_text="1 belägg").nth(1).click()
    expect(panel.locator("[data-locator=p0]")).to_have_text("rubriken")
    panel.locator("button[data-edge=e8]").click()
    expect(panel.locator("h2")).to_contain_text("Akademin för perenner samverkar")
    expect(panel.locator("h2")).to_be_focused()
    page.go_back()
    expect(panel.locator("h2")).to_have_text("Ringen för åldriga rosor")


def test_a_click_beside_everything_clears(open_picture: Open, small: Picture) -> None:
    page = open_picture(small, fragment="#nod=ring")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12)
    expect(page.locator("#panel h2")).to_have_text("Om bilden")


def test_table_and_picture_hold_the_same_edges_whatever_the_filter(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    everything = sorted(edge.id for edge in small.edges)
    assert drawn(page) == tabled(page) == everything
    page.click("#toggle-filters")
    page.locator("input[data-list=relation][data-kind=Membership]").uncheck()
    expected = sorted(edge.id for edge in small.edges if edge.kind != "Membership")
    assert drawn(page) == tabled(page) == expected
    page.locator("input[data-list=entity][data-kind=Academy]").uncheck()
    expected = sorted(edge.id for edge in small.edges if edge.kind != "Membership" and "akademi" not in {edge.source, edge.target})
    assert drawn(page) == tabled(page) == expected
    page.locator("input[data-list=state][data-kind=wished]").uncheck()
    assert drawn(page) == tabled(page) == sorted(set(expected) - {"e11"})
    expect(page.locator("#shown")).to_contain_text(f"Visar {len(expected) - 1} av 15 relationer")
    drawing = page.evaluate("() => [...window.socialgraph.renderer.shown().nodes]")
    assert "post" not in drawing  # its only relation is hidden
    expect(page.locator("#table caption")).to_contain_text(f"Relationerna som syns i bilden just nu: {len(expected) - 1}")
    page.click("#show-all")
    assert drawn(page) == tabled(page) == everything


def test_the_table_says_sentence_period_state_and_sources(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    row = page.locator("#table tr[data-edge=e1]")
    expect(row.locator("th[scope=row]")).to_have_text("Askums trädgårdsförening lånar ut redskap till Ringen för åldriga rosor")
    for words in (
        "Lån av redskap",
        "sedan 2016",
        "Säker",
        "Rosornas nya vänner (stycke 3, mening 2)",
        "Årsbok för trädgårdsföreningar (s. 40)",
    ):
        expect(row).to_contain_text(words)
    assert page.locator("#table thead th[scope=col]").count() == 5
    row.locator("button").click()
    expect(page.locator("#panel h2")).to_contain_text("lånar ut redskap")


def test_a_filter_that_hides_everything_is_explained(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    page.click("#toggle-filters")
    page.click("#entity-none")
    expect(page.locator("#empty")).to_contain_text("Filtret döljer allt")
    expect(page.locator("#empty")).to_contain_text("15 relationer och 12 entiteter")
    assert drawn(page) == tabled(page) == []
    page.locator("#empty button").click()
    expect(page.locator("#empty")).to_be_hidden()
    assert len(drawn(page)) == 15


def test_an_empty_picture_is_explained(open_picture: Open, small: Picture) -> None:
    page = open_picture(replace(small, nodes=(), edges=()))
    expect(page.locator("#empty")).to_contain_text("Källorna säger inget om den här dagen")
    expect(page.locator("#table")).to_contain_text("Inga relationer syns i bilden.")
    page.locator("#stage").focus()
    press(page, "ArrowRight", "Enter", "+", "0", "Escape")
    assert violations(page) == ""


def test_the_keyboard_walks_the_network(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    live, heading = page.locator("#live"), page.locator("#panel h2")
    page.locator("#stage").focus()
    press(page, "ArrowRight")
    expect(live).to_have_text("Ringen för åldriga rosor, odlarring, 8 relationer.")  # the most connected
    press(page, "ArrowRight")
    expect(live).to_have_text("1 av 8: Ekby trädgårdsförening är medlem i Ringen för åldriga rosor")
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft")
    expect(live).to_contain_text("2 av 8: ")
    press(page, "ArrowUp", "ArrowUp")
    expect(live).to_contain_text("8 av 8: Askums trädgårdsförening lånar ut redskap")
    press(page, "Enter")
    expect(heading).to_have_text("Askums trädgårdsförening")
    before = page.evaluate("() => window.socialgraph.renderer.place('ring').x - window.socialgraph.renderer.place('ask').x")
    press(page, "+")
    after = page.evaluate("() => window.socialgraph.renderer.place('ring').x - window.socialgraph.renderer.place('ask').x")
    assert abs(after) > abs(before) * 1.2
    press(page, "-", "0", "Escape")
    expect(heading).to_have_text("Om bilden")
    expect(live).to_have_text("Inget är valt.")
    expect(page.locator("#stage")).to_be_focused()


def test_every_control_is_reached_by_tab_and_none_is_hidden_from_it(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    reached = []
    for _ in range(14):
        press(page, "Tab")
        reached.append(page.evaluate("() => document.activeElement.id || document.activeElement.className"))
    assert reached[0] == "skip"
    order = [name for name in reached if name in {"search", "language", "toggle-filters", "zoom-in", "stage", "panel"}]
    assert order == ["search", "language", "toggle-filters", "zoom-in", "stage", "panel"]
    assert page.locator("[aria-hidden=true] [tabindex='0']").count() == 0


def test_the_skip_link_leads_to_the_table_and_leaves_the_view_alone(open_picture: Open, small: Picture) -> None:
    page = open_picture(small, fragment="#nod=ring")
    press(page, "Tab", "Enter")
    expect(page.locator("#tabell")).to_be_focused()
    assert page.url.endswith("#nod=ring")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rosornas ring", "Ringen för åldriga rosor"),  # a former name
        ("ATF", "Askums trädgårdsförening"),
        ("östra", "Östra Ängens odlare"),
        ("ostra ang", "Östra Ängens odlare"),  # typed without dots
        ("FRÖ", "Frööverenskommelsen"),
    ],
)
def test_search_by_any_name(open_picture: Open, small: Picture, typed: str, found: str) -> None:
    page = open_picture(small)
    page.fill("#search", typed)
    expect(page.locator("#hits li .hit-name").first).to_have_text(found)
    press(page, "ArrowDown")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "hit-0")
    press(page, "Enter")
    expect(page.locator("#panel h2")).to_have_text(found)
    expect(page.locator("#hits")).to_be_hidden()


def test_letters_with_dots_come_before_letters_without(open_picture: Open, small: Picture) -> None:
    renamed = {"vast": "Angens kompost", "lund": "Ängens täppa"}
    nodes = tuple(replace(node, names=(renamed[node.id],)) if node.id in renamed else node for node in small.nodes)
    page = open_picture(replace(small, nodes=nodes))

    def hits(typed: str) -> list[str]:
        script = (
            "typed => { const sg = window.socialgraph; return sg.find(sg.page.picture.nodes, typed, sg.page.words).map(hit => hit.name); }"
        )
        return list(page.evaluate(script, typed))

    assert hits("ang")[:2] == ["Angens kompost", "Ängens täppa"]
    assert hits("äng")[0] == "Ängens täppa"
    assert hits("xyz") == []


def test_a_search_hit_that_the_filter_hides_is_said_to_be_and_can_be_shown(open_picture: Open, small: Picture) -> None:
    page = open_picture(small, fragment="#dolj-entitet=Academy")
    page.fill("#search", "perenn")
    expect(page.locator("#hits")).to_contain_text("döljs av filtret")
    press(page, "Enter")
    expect(page.locator("#panel h2")).to_have_text("Akademin för perenner")
    assert len(drawn(page)) == 15


def test_the_language_changes_without_loading(open_picture: Open, small: Picture) -> None:
    page = open_picture(small, fragment="#relation=e1")
    page.evaluate("() => { window.stillHere = true; }")
    page.click("#language")
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert page.evaluate("() => window.stillHere") is True
    expect(page.locator("h1")).to_have_text("The roses' network")
    expect(page.locator("#summary")).to_contain_text("Showing 30 April 2018")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Askum lends tools to the Circle of Old Roses")
    for words in ("Tool loan", "Certain", "since 2016", "12 April 2018, date stated by the source", "paragraph 3, sentence 2"):
        expect(panel).to_contain_text(words)
    expect(page.locator("#legend")).to_contain_text("Garden society")
    expect(page.locator("#table caption")).to_contain_text("The relations seen in the picture")
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Rosornas nätverk")


def test_the_address_carries_the_view(open_picture: Open, small: Picture) -> None:
    page = open_picture(small)
    page.click("#toggle-filters")
    page.locator("input[data-list=relation][data-kind=Funding]").uncheck()
    click_on(page, "e4")
    expect(page.locator("#panel h2")).to_contain_text("Ekby")
    shared = page.url
    assert shared.endswith("#relation=e4&dolj-relation=Funding")
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator("#panel h2")).to_contain_text("Ekby")
    assert drawn(page) == tabled(page) == sorted(edge.id for edge in small.edges if edge.kind != "Funding")


def test_an_address_that_means_nothing_is_no_harm(open_picture: Open, small: Picture) -> None:
    page = open_picture(small, fragment="#nod=%3Cimg%20src%3Dx%3E&dolj-relation=Nonsense&lang=fi")
    expect(page.locator("#panel h2")).to_have_text("Om bilden")
    assert len(drawn(page)) == 15


def test_hostile_texts_are_shown_as_texts(open_picture: Open, small: Picture) -> None:
    hostile = "</script><img src=x onerror=\"document.title='broken'\">"
    first = replace(small.nodes[0], label=replace(small.nodes[0].label, sv=hostile), names=(hostile,))
    line = replace(small.edges[0], sentence=replace(small.edges[0].sentence, sv=hostile))
    page = open_picture(replace(small, nodes=(first, *small.nodes[1:]), edges=(line, *small.edges[1:])), fragment="#relation=e1")
    expect(page.locator("#panel h2")).to_have_text(hostile)
    assert page.locator("img:not(#printed)").count() == 0
    assert page.title() == "Rosornas nätverk"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("fragment", ["", "#relation=e1", "#nod=ring", "#nod=ring&lang=en"])
def test_axe_finds_nothing(open_picture: Open, small: Picture, fragment: str, width: int) -> None:
    page = open_picture(small, fragment=fragment)
    page.set_viewport_size({"width": width, "height": 860})
    page.click("#toggle-filters")
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    page.fill("#search", "ring")
    assert violations(page) == ""


def test_nothing_is_wider_than_a_phone_and_targets_are_large_enough(open_picture: Open, small: Picture) -> None:
    page = open_picture(small, fragment="#nod=ring")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("#toggle-filters")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    short = page.eval_on_selector_all(
        "button, summary, fieldset label, a.button, input:not([type=checkbox])",
        """all => all.filter(one => { const box = one.getBoundingClientRect();
                     return one.offsetParent && (box.height < 24 || box.width < 24); })
                     .map(one => one.outerHTML)""",
    )
    assert short == []


def test_print_shows_panel_and_table_not_tools(open_picture: Open, small: Picture) -> None:
    page = open_picture(small, fragment="#relation=e1")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for shown in ("h1", "#panel h2", "#table", "#printed"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in ("#search", "#toggle-filters", "#canvas", "#close"):
        expect(page.locator(hidden)).to_be_hidden()


def test_two_hundred_nodes_open_quickly_and_agree_with_their_table(open_picture: Open, large: Picture) -> None:
    page = open_picture(large)
    assert drawn(page) == tabled(page) == sorted(edge.id for edge in large.edges)
    shown = page.evaluate("() => performance.now()")
    assert shown < 8000
    page.locator("#table tbody button").nth(5).click()
    expect(page.locator("#panel h2")).to_be_focused()
