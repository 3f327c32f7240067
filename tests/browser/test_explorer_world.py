"""The explorer on the invented world: days, modes, comparison, filters, focus, paths, and what is taken along, held against the view."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from socialgraph import SocialGraph, View
from socialgraph.drawing import placed
from socialgraph.model.picture import Days, DrawnKind, Edge, Node, Picture, PictureClaim, PictureSource, Text, day_number
from socialgraph.pages.explorer import write

Open = Callable[..., Page]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture
def open_world(page: Page, world: SocialGraph, tmp_path: Path) -> Open:
    def open_it(fragment: str = "", *, at: str = "2018-04-30", mode: str = "possible", lang: str = "sv") -> Page:
        path = world.explore(world.view(at=at, mode=mode), into=tmp_path / "world.html", lang=lang)
        page.goto(path.as_uri() + fragment)
        page.wait_for_function("() => window.socialgraph && window.socialgraph.page")
        return settled(page)

    return open_it


def settled(page: Page) -> Page:
    page.wait_for_function("() => window.socialgraph.page.settled()")
    return page


def drawn(page: Page) -> set[str]:
    return set(page.evaluate("() => window.socialgraph.renderer.shown().edges"))


def tabled(page: Page) -> set[str]:
    return set(settled(page).eval_on_selector_all("#table tbody tr[data-edge]", "rows => rows.map(row => row.dataset.edge)"))


def go(page: Page, day: str) -> None:
    page.evaluate("day => window.socialgraph.page.setDay(window.socialgraph.dayNumber(day))", day)


def expected(view: View) -> set[str]:
    """What the page shows of a view: what holds, and plans and wishes that had been voiced and are not past."""
    meant = {r.id for r in view.scoped.relations if r.status in ("planned", "wished") and r.times.first_seen <= view.at <= r.times.end_latest}
    return {r.id for r in view.relations()} | meant


# ── time


def test_on_any_day_in_any_mode_picture_and_table_show_what_the_view_holds(open_world: Open, world: SocialGraph) -> None:
    page = open_world()
    dice = random.Random(5)
    days = [date(2017, 5, 31) + timedelta(days=dice.randrange(980)) for _ in range(20)]
    for number, day in enumerate(days):
        mode = ("certain", "presumed", "possible")[number % 3]
        go(page, day.isoformat())
        page.select_option("#mode", mode)
        view = world.view(at=day.isoformat(), mode=mode)
        assert drawn(page) == expected(view) == tabled(page), (day, mode)
        states = page.evaluate("() => Object.fromEntries([...window.socialgraph.page.edges.values()].map(e => [e.id, e.state]))")
        for relation in view.scoped.relations:
            if relation.status in ("actual", "ended") and view.state(relation) != "later":
                assert states[relation.id] == view.state(relation), (relation.id, day)


def test_names_are_those_of_the_day_in_picture_panel_and_table(open_world: Open, world: SocialGraph) -> None:
    page = open_world("#nod=kommunernas-forbund", at="2019-11-26")
    for day in ("2019-11-26", "2019-11-27"):
        go(page, day)
        view = world.view(at=day)
        label = page.evaluate("id => { const { page } = window.socialgraph; return page.words.of(page.nodes.get(id).label); }", "kommunernas-forbund")
        assert label == view.short_name("kommunernas-forbund")
        expect(page.locator("#panel h2")).to_have_text(view.short_name("kommunernas-forbund"))
        settled(page)
        sentences = page.eval_on_selector_all("#table tbody th", "cells => cells.map(cell => cell.textContent)")
        by_id = {r.id: view.sentence(r).sv for r in view.scoped.relations}
        assert set(sentences) <= set(by_id.values())
        assert any(view.name("kommunernas-forbund") in s for s in sentences)


def test_the_slider_moves_by_months_years_and_days_and_everything_follows(open_world: Open) -> None:
    page = open_world()
    page.focus("#day")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#day-exact")).to_have_value("2018-05-30")
    page.keyboard.press("PageDown")
    expect(page.locator("#day-exact")).to_have_value("2017-05-31")
    assert page.get_attribute("#day", "aria-valuetext") == "31 maj 2017"
    page.fill("#day-exact", "2018-03-01")
    page.dispatch_event("#day-exact", "change")
    expect(page.locator("#summary")).to_contain_text("Visar 1 mars 2018")
    settled(page)
    assert "dag=2018-03-01" in page.url


def test_play_goes_on_until_it_is_stopped(open_world: Open) -> None:
    page = open_world(at="2017-06-30")
    page.click("#play")
    page.wait_for_function("() => window.socialgraph.page.day > window.socialgraph.dayNumber('2017-07-15')", timeout=6000)
    expect(page.locator("#play")).to_have_attribute("aria-label", "Stanna")
    page.click("#play")
    at = page.evaluate("() => window.socialgraph.page.day")
    page.wait_for_timeout(1500)
    assert page.evaluate("() => window.socialgraph.page.day") == at


def test_two_days_compared_show_what_came_and_went_and_who_was_renamed(open_world: Open, world: SocialGraph) -> None:
    page = open_world("#jamfor=2018-04-30", at="2019-12-31")
    then, now = (expected(world.view(at=day, mode="possible")) for day in ("2018-04-30", "2019-12-31"))
    assert drawn(page) == then | now == tabled(page)
    changes = page.evaluate("() => Object.fromEntries([...window.socialgraph.page.edges.values()].map(e => [e.id, window.socialgraph.page.change(e)]))")
    assert {id for id, change in changes.items() if change == "began"} == now - then
    assert {id for id, change in changes.items() if change == "gone"} == then - now
    expect(page.locator("#legend")).to_contain_text("Började efter 30 april 2018")
    expect(page.locator("#table tbody")).to_contain_text("Upphört")


def test_a_day_without_relations_says_from_when_there_are_some(open_world: Open) -> None:
    page = open_world("#fokus=exempla-exempelsson%201&dag=2017-05-31", mode="certain")
    empty = page.locator("#empty")
    expect(empty).to_contain_text("Inget av detta är känt för den dagen")
    empty.get_by_role("button", name="Gå dit").click()
    assert drawn(page)


def test_where_sources_disagree_the_witnesses_stand_side_by_side(open_world: Open, world: SocialGraph) -> None:
    disputed = next(r for r in world.holdings.relations if r.disputed and r.status == "actual")
    page = open_world(f"#relation={disputed.id}", at="2020-02-03")
    expect(page.locator("#panel")).to_contain_text("säger inte detsamma")
    tops = page.eval_on_selector_all("#panel .claims.apart > .claim", "claims => claims.map(claim => claim.getBoundingClientRect().top)")
    assert len(tops) == len(disputed.claims) > 1
    assert tops[0] == tops[1]


# ── filters, focus, paths


def test_a_choice_of_county_topic_or_source_shows_just_its_relations(open_world: Open, world: SocialGraph) -> None:
    page = open_world()
    page.click("#toggle-filters")
    view = world.view(at="2018-04-30", mode="possible")
    held = {r.id: r for r in view.scoped.relations if r.id in expected(view)}
    page.select_option("#only-source", "fiktivrapporten-2018")
    assert drawn(page) == tabled(page) == {id for id, r in held.items() if any(c.source == "fiktivrapporten-2018" for c in r.claims)}
    page.select_option("#only-source", "")
    topic = next(t for r in held.values() for t in r.topics)
    page.select_option("#only-topic", topic)
    assert drawn(page) == {id for id, r in held.items() if topic in r.topics}
    settled(page)
    assert f"amne={topic}" in page.url
    page.reload()
    settled(page)
    assert drawn(page) == {id for id, r in held.items() if topic in r.topics}


def test_the_numbers_beside_the_boxes_are_what_each_would_show(open_world: Open) -> None:
    page = settled(open_world())
    page.click("#toggle-filters")
    for kind in page.eval_on_selector_all("[data-group=relation] [data-kind]", "boxes => boxes.map(box => box.dataset.kind)"):
        number = int(page.inner_text(f'[data-count="relation {kind}"]'))
        shown = page.evaluate("() => { const { page } = window.socialgraph; return [...page.visible().edges].map(id => page.edges.get(id).kind); }")
        assert number == shown.count(kind), kind


def test_focus_keeps_to_the_neighbours_and_the_address_brings_it_back(open_world: Open, world: SocialGraph) -> None:
    page = open_world("#nod=exempelforbundet")
    page.click("#focus-1")
    nodes = set(page.evaluate("() => window.socialgraph.renderer.shown().nodes"))
    view = world.view(at="2018-04-30", mode="possible")
    shown = [r for r in view.scoped.relations if r.id in expected(view)]
    near = {"exempelforbundet"} | {end for r in shown for end in (r.from_, r.to) if "exempelforbundet" in (r.from_, r.to)}
    assert nodes == near
    assert drawn(page) == tabled(page) == {r.id for r in shown if {r.from_, r.to} <= near}
    settled(page)
    page.reload()
    assert drawn(settled(page)) == {r.id for r in shown if {r.from_, r.to} <= near}
    page.go_back()
    page.click("#focus-1")
    page.click("#focus-off")
    assert drawn(page) == expected(view)


def neighbour_of_the_focus(page: Page) -> tuple[str, float, float]:
    other = page.evaluate("() => window.socialgraph.renderer.shown().nodes.find(id => id !== 'exempelforbundet')")
    at = page.evaluate("id => window.socialgraph.renderer.place(id)", other)
    return other, at["x"], at["y"]


FOCUSED = "id => window.socialgraph.page.focus && window.socialgraph.page.focus.id === id"


@pytest.mark.parametrize("slower", [1, 20])
def test_a_double_click_goes_on_from_there_on_a_slow_machine_too(open_world: Open, slower: int) -> None:
    page = open_world("#fokus=exempelforbundet%201")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    other, x, y = neighbour_of_the_focus(page)
    page.mouse.dblclick(x, y)
    page.wait_for_function(FOCUSED, arg=other)


def test_two_taps_go_on_from_there_once(open_world: Open) -> None:
    page = open_world("#fokus=exempelforbundet%201")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    other, x, y = neighbour_of_the_focus(page)
    page.evaluate("""() => {
      const { page } = window.socialgraph, set = page.setFocus;
      window.set = [];
      page.setFocus = (id, depth) => { window.set.push(id); set(id, depth); };
    }""")
    for _ in range(2):
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(FOCUSED, arg=other)
    assert settled(page).evaluate("() => window.set") == [other]


def test_a_path_has_a_source_for_every_step_and_says_who_binds(open_world: Open, world: SocialGraph) -> None:
    page = open_world("#nod=saga-sagosson")
    page.fill("#path-to", "Kommunförbundet Exempel")
    page.click("#path-go")
    expect(page.locator("#panel h2")).to_contain_text("till Kommunförbundet Exempel")
    steps = page.eval_on_selector_all("#panel .steps [data-edge]", "steps => steps.map(step => step.dataset.edge)")
    view = world.view(at="2018-04-30", mode="possible")
    graph = nx.Graph((r.from_, r.to) for r in view.scoped.relations if r.id in expected(view))
    assert len(steps) == nx.shortest_path_length(graph, "saga-sagosson", "exempelforbundet")
    titles = {s.title for s in world.holdings.sources.values()}
    for step in page.locator("#panel .steps li").all():
        assert any(title in step.inner_text() for title in titles)
    assert "vag=" in settled(page).url


# ── hands on the picture


def test_a_dragged_picture_keeps_its_lines_and_names_and_a_dragged_entity_moves_alone(open_world: Open) -> None:
    page = open_world()
    page.wait_for_timeout(500)
    piece = """([x, y]) => {
      const canvas = document.querySelector("#canvas canvas");
      const ratio = canvas.width / canvas.clientWidth;
      const copy = document.createElement("canvas").getContext("2d");
      copy.drawImage(canvas, -(x + 200) * ratio, -(y + 150) * ratio);
      return [...copy.getImageData(0, 0, 300, 150).data]; }"""
    before = page.evaluate(piece, [0, 0])
    assert sum(before[3::4]) > 0
    box = page.locator("#canvas").bounding_box()
    assert box
    free = page.evaluate("""() => { // a place where nothing lies
      const { renderer } = window.socialgraph;
      const frame = document.getElementById("canvas").getBoundingClientRect();
      const there = renderer.shown().nodes.map((id) => renderer.place(id));
      for (let x = frame.left + 60; x < frame.right - 60; x += 20) for (let y = frame.top + 80; y < frame.bottom - 80; y += 20)
        if (there.every((at) => Math.hypot(at.x - x, at.y - y) > 45)) return [x, y]; }""")
    page.mouse.move(*free)
    page.mouse.down()
    page.mouse.move(free[0] + 10, free[1] + 10)
    page.mouse.move(free[0] + 40, free[1] + 30)
    page.wait_for_timeout(40)
    moved = page.evaluate(piece, [40, 30])
    page.mouse.up()
    same = sum(a == b for a, b in zip(before, moved, strict=True)) / len(before)
    assert same > 0.99, same
    page.wait_for_timeout(300)
    some = page.evaluate("() => window.socialgraph.renderer.shown().nodes[0]")
    at = page.evaluate("id => window.socialgraph.renderer.place(id)", some)
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + 15, at["y"] + 5)
    page.mouse.move(at["x"] + 30, at["y"] + 10)
    page.mouse.up()
    now = page.evaluate("id => window.socialgraph.renderer.place(id)", some)
    assert (round(now["x"] - at["x"]), round(now["y"] - at["y"])) == (30, 10)


# ── taken along


def test_the_table_file_has_the_rows_of_the_picture(open_world: Open) -> None:
    page = settled(open_world())
    rows = list(csv.DictReader(io.StringIO(page.evaluate("() => window.socialgraph.asCsv(window.socialgraph.page)"))))
    assert {row["relation"] for row in rows} == drawn(page)
    assert all(row["Källor"] for row in rows)


def test_the_workbook_has_the_table_its_sources_and_what_it_shows(open_world: Open, tmp_path: Path) -> None:
    page = settled(open_world())
    if not page.locator("script.later").count():
        expect(page.locator("[data-take=xlsx]")).to_be_hidden()
        pytest.skip("the workbook was not built: make bundles")
    page.click("#take summary")
    with page.expect_download() as download:
        page.click("[data-take=xlsx]")
    assert download.value.suggested_filename.endswith(".xlsx")
    download.value.save_as(tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    table, sources, about = book.worksheets
    rows = list(csv.reader(io.StringIO(page.evaluate("() => window.socialgraph.asCsv(window.socialgraph.page)"))))
    held = [[cell.date().isoformat() if isinstance(cell, datetime) else cell or "" for cell in row] for row in table.iter_rows(values_only=True)]
    assert held == rows
    assert table.freeze_panes == "A2"
    assert any(isinstance(row[-1], datetime) for row in table.iter_rows(values_only=True))
    assert {row[-1] for row in sources.iter_rows(min_row=2, values_only=True)} == set(page.evaluate("""() => {
        const { page } = window.socialgraph;
        return page.picture.edges.filter((edge) => page.visible().edges.has(edge.id)).flatMap((edge) => edge.claims.map((claim) => claim.source)); }"""))
    assert "30 april 2018" in str(about["A3"].value)


def test_the_workbook_of_everything_is_made_under_the_policy_of_the_page(page: Page, real: SocialGraph, tmp_path: Path) -> None:
    page.goto(real.explore(real.view(mode="possible"), into=tmp_path / "real.html").as_uri())
    page.wait_for_function("() => window.socialgraph && window.socialgraph.page && window.socialgraph.page.settled()")
    if not page.locator("script.later").count():
        pytest.skip("the workbook was not built: make bundles")
    page.click("#take summary")
    with page.expect_download() as download:
        page.click("[data-take=xlsx]")
    download.value.save_as(tmp_path / "table.xlsx")
    table = openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[0]
    assert table.max_row == 1 + len(drawn(page)) > 500


@pytest.mark.parametrize(("form", "read"), [("asGexf", nx.read_gexf), ("asGraphml", nx.read_graphml)])
def test_the_network_files_are_read_by_networkx(open_world: Open, tmp_path: Path, form: str, read: Callable[[Path], nx.Graph]) -> None:
    page = open_world()
    path = tmp_path / "taken.xml"
    path.write_text(page.evaluate(f"() => window.socialgraph.{form}(window.socialgraph.page)"), encoding="utf-8")
    graph = read(path)
    assert graph.number_of_edges() == len(drawn(page))
    assert all(told["sources"] for *_, told in graph.edges(data=True))


@pytest.mark.parametrize(
    ("fragment", "mode"),
    [
        ("", "possible"), ("", "certain"), ("#kalla=fiktivrapporten-2018", "possible"), ("#lan=exempellan&dolj-lage=planned", "presumed"),
        ("#dolj-lage=inget", "possible"),
    ],
)
def test_the_query_of_the_view_gives_the_relations_of_the_view(open_world: Open, world: SocialGraph, fragment: str, mode: str) -> None:
    page = open_world(fragment, mode=mode)
    text = page.evaluate("() => window.socialgraph.asSparql(window.socialgraph.page)")
    assert {cell.id for cell in world.sparql(text).column("relation")} == drawn(page) != set()


def test_the_menu_gives_files_and_texts_to_copy(open_world: Open) -> None:
    page = open_world()
    page.click("#take summary")
    with page.expect_download() as download:
        page.click("[data-take=svg]")
    drawing = Path(download.value.path()).read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert drawing.count("<title>") > 20
    page.click("#take summary")
    page.click("[data-take=link]")
    assert page.input_value("#given-text").startswith("file://")
    page.keyboard.press("Escape")
    expect(page.locator("#given")).to_be_hidden()


# ── wrong addresses, no script, other states


def test_what_an_address_says_in_vain_is_told_and_the_rest_is_shown(open_world: Open) -> None:
    page = open_world("#nod=ingen-alls&dag=2018-13-40&lan=exempellan")
    expect(page.locator("#lost")).to_contain_text("nod=ingen-alls")
    expect(page.locator("#lost")).to_contain_text("dag=2018-13-40")
    assert page.evaluate("() => window.socialgraph.page.only.county") == "exempellan"


def test_without_script_the_table_is_there(browser, world: SocialGraph, tmp_path: Path) -> None:
    path = world.explore(world.view(at="2018-04-30", mode="possible"), into=tmp_path / "world.html")
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.locator("#plain-table tbody tr").count() == len(expected(world.view(at="2018-04-30", mode="possible")))
        expect(page.locator("noscript").first).to_be_visible()
    finally:
        context.close()


STATES = {
    "open": "", "an entity": "#nod=exempelforbundet", "focus": "#nod=exempelforbundet&fokus=exempelforbundet%202", "compared": "#jamfor=2017-06-30",
    "a path": "#vag=saga-sagosson%20exempelforbundet", "nothing": "#dag=2017-05-31&fokus=exempla-exempelsson%201&dolj-lage=possible&dolj-lage=presumed",
    "a lost address": "#nod=ingen", "English": "#lang=en&nod=exempelforbundet",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "light"), (390, "dark")])
def test_axe_finds_nothing_in_any_state(open_world: Open, page: Page, state: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.emulate_media(color_scheme=scheme)
    open_world(STATES[state])
    page.click("#toggle-filters") if page.get_attribute("#toggle-filters", "aria-expanded") == "false" else None
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


# ── stories


@pytest.fixture
def open_story(page: Page, world_project: Path, tmp_path: Path, world: SocialGraph) -> Page:
    loan = next(r for r in world.holdings.relations if r.kind == "StaffLoan" and r.times.certain_from == date(2018, 3, 1))
    steps = [
        "  - {title: {sv: Först, en: First}, text: {sv: Ett lån., en: A loan.}, day: 2018-04-30, kinds: [StaffLoan], relations: [%s]}" % loan.id,  # noqa: UP031
        "  - {title: {sv: Sedan, en: Then}, text: {sv: Slut., en: The end.}, day: 2019-12-31, since: 2018-04-30, focus: exempelforbundet}",
    ]
    (world_project / "data" / "stories").mkdir()
    (world_project / "data" / "stories" / "lanet.yml").write_text("title: {sv: Lånet, en: The loan}\nsteps:\n" + "\n".join(steps), encoding="utf-8")
    g = SocialGraph.build(world_project)
    path = g.explore(g.view(at="2018-04-30", mode="possible"), into=tmp_path / "story.html")
    page.goto(path.as_uri())
    return settled(page)


def test_a_story_is_told_step_by_step_and_its_address_brings_a_step_back(open_story: Page) -> None:
    page = open_story
    page.select_option("#stories", label="Lånet")
    expect(page.locator("#story h2")).to_have_text("Först")
    expect(page.locator("#panel h2")).to_have_text("Det steget vilar på")
    settled(page)
    assert set(page.eval_on_selector_all("#table tr[data-edge] td:nth-of-type(1)", "cells => cells.map(cell => cell.textContent)")) == {"Utlåning av personal"}
    page.click("#story-next")
    expect(page.locator("#story h2")).to_have_text("Sedan")
    expect(page.locator("#summary")).to_contain_text("31 december 2019")
    expect(page.locator("#story-next")).to_be_disabled()
    settled(page)
    assert "berattelse=lanet.2" in page.url
    page.reload()
    expect(page.locator("#story h2")).to_have_text("Sedan")
    assert Axe().run(page, options=AXE).violations_count == 0
    page.click("#story-end")
    expect(page.locator("#story")).to_be_hidden()


# ── the country


@pytest.fixture
def open_country(page: Page, real: SocialGraph, tmp_path: Path) -> Open:
    def open_it(fragment: str = "") -> Page:
        path = real.explore(real.view(at="2019-12-31", mode="possible"), into=tmp_path / "country.html")
        page.goto(path.as_uri() + fragment)
        page.wait_for_function("() => window.socialgraph && window.socialgraph.page")
        return settled(page)

    return open_it


def test_the_country_opens_folded_and_a_county_unfolds(open_country: Open) -> None:
    page = open_country("#nod=skane-lan")
    assert page.evaluate("() => window.socialgraph.page.visible().nodes.size") < 600
    assert drawn(page) == tabled(page)
    expect(page.locator("#cut")).to_contain_text("hopvikta")
    before = len(drawn(page))
    page.click("#unfold")
    assert len(drawn(page)) > before + 20
    assert drawn(page) == tabled(page)
    assert "oppna=skane-lan" in page.url


def test_typing_a_name_lands_on_what_is_folded_or_was_called_so_once(open_country: Open) -> None:
    page = open_country()
    for typed, wanted in (("blusi", "madeleine-blusi"), ("SKL", "skr"), ("höörs", "hoors-kommun"), ("1267", "hoors-kommun"), ("053m0aq28", "skr")):
        page.fill("#search", typed)
        page.keyboard.press("Enter")
        page.wait_for_function("id => window.socialgraph.page.state.node === id", arg=wanted)
        assert wanted in page.evaluate("() => window.socialgraph.renderer.shown().nodes"), typed


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_country(open_country: Open, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    found = Axe().run(open_country(), options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


def test_what_is_brought_into_view_stays_there_when_the_stage_changes(open_country: Open) -> None:
    page = open_country("#berattelse=personal-delas.2")
    page.wait_for_timeout(600)
    frame = page.evaluate("() => { const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; }")
    for id in page.evaluate("() => window.socialgraph.renderer.shown().nodes"):
        at = page.evaluate("id => window.socialgraph.renderer.place(id)", id)
        assert frame[0] < at["x"] < frame[2], id
        assert frame[1] < at["y"] < frame[3], id


@pytest.mark.parametrize("story", ["personal-delas", "kunskapsstyrning"])
def test_every_step_of_the_stories_shows_what_it_lights(open_country: Open, story: str) -> None:
    page = open_country()
    told = page.evaluate("() => window.socialgraph.page.picture.stories.map(story => [story.id, story.steps.length])")
    index, steps = next((i, steps) for i, (id, steps) in enumerate(told) if id == story)
    page.select_option("#stories", str(index))
    for number in range(steps):
        lit = page.evaluate("([i, n]) => window.socialgraph.page.picture.stories[i].steps[n].relations", [index, number])
        assert set(lit) <= drawn(page), (story, number)
        if number < steps - 1:
            page.click("#story-next")


def test_a_picture_has_at_most_1500_nodes_and_says_what_is_left_out(page: Page, tmp_path: Path) -> None:
    first = day_number(date(2018, 1, 1))
    days = Days(first, first + 900, first + 900, first, first + 900, first)
    claim = PictureClaim("s", "p1", "actual", "2018", "", "", "", ())
    nodes = tuple(Node(f"n{i}", "K", Text(f"Enhet {i}", f"Unit {i}"), (), ()) for i in range(1701))
    edges = tuple(
        Edge(f"e{i}", "R", f"n{i}", f"n{i + 1}", "certain", Text("", ""), Text("", ""), (), (claim,), (), "actual", days) for i in range(1700)
    )
    relation = DrawnKind("R", Text("samverkan", "collaboration"), forward=Text("samverkar med", "with"))
    kinds = (DrawnKind("K", Text("enhet", "unit"), "#1f5fa8", "box"),), (relation,)
    sources = (PictureSource("s", "Källan", "", "2018", "stated", "", ()),)
    picture = Picture(Text("Stort", "Large"), "2018-06-30", "possible", "", "b", nodes, edges, *kinds, (), sources, first, first + 900)
    page.goto(write(placed(picture), tmp_path / "large.html").as_uri())
    settled(page)
    assert page.evaluate("() => window.socialgraph.renderer.shown().nodes.length") == 1500
    expect(page.locator("#cut")).to_contain_text("201 entiteter till ryms inte")
    assert drawn(page) == tabled(page)
