"""The county map and the coverage page as a reader meets them: opened from the disk, in Chromium, with the network shut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from socialgraph.graph import SocialGraph
from socialgraph.model.table import Cell, Column, Ref, Table
from socialgraph.pages import coverage, tilemap
from socialgraph.pages.tilemap import GRID

Open = Callable[..., Page]
HEADINGS = {"county": ("Län", "County"), "code": ("Kod", "Code"), "value": ("Antal", "Number"), "source": ("Källa", "Source")}


def figures(*, without: tuple[str, ...] = ("gotlands-lan", "kalmar-lan"), zero: str = "blekinge-lan") -> Table:
    columns = tuple(Column(name, dict(zip(("sv", "en"), words, strict=True))) for name, words in HEADINGS.items())
    rows: list[tuple[Cell, ...]] = [
        (Ref(f"{c.name} län", c.id), c.code, 0 if c.id == zero else n, "Årsboken") for n, c in enumerate(GRID, 1) if c.id not in without
    ]
    outside = (Ref("Ellän", "ellan"), "99", 5, "Årsboken")
    return Table(columns, (*rows, outside), {"at": "2019-12-31", "sources": "8"}, {"sv": "Odlare i länen", "en": "Growers"})


def words(answer: str = "Trädgårdsförbundet i") -> Table:
    return Table(figures().columns, tuple((Ref(c.name, c.id), c.code, f"{answer} {c.name}", "Årsboken") for c in GRID), {}, {"sv": "Värdar", "en": "Hosts"})


@pytest.fixture
def open_page(page: Page, tmp_path: Path) -> Open:
    def open_it(html: str) -> Page:
        path = tmp_path / "sida.html"
        path.write_text(html, encoding="utf-8")
        page.goto(path.as_uri())
        return page

    return open_it


def violations(page: Page) -> str:
    found = Axe().run(page)
    return "" if found.violations_count == 0 else str(found.generate_report())


def at(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.county || document.activeElement.tagName"))


def letters(page: Page, *keys: str) -> str:
    """The letters of the counties the keys lead through."""
    named = {c.id: c.letter for c in GRID}
    path = []
    for key in keys:
        page.keyboard.press(key)
        path.append(named.get(at(page), at(page)))
    return " ".join(path)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(open_page: Open, world: SocialGraph, lang: str, width: int) -> None:
    days = {q.name for q in world.catalogue.questions.values() if any(p.kind == "day" for p in q.parameters)}
    tables = {name: world.query(name, lang=lang, **({"at": "2019-06-30"} if name in days else {})) for name in coverage.QUESTIONS}
    states = Table(
        (*figures().columns[:2], Column("state", {"sv": "Läge", "en": "State"})),
        tuple((Ref(c.name, c.id), c.code, Ref(f"läge {n % 5}", list(tilemap.STATES)[n % 5])) for n, c in enumerate(GRID)),
        title={"sv": "Lägen", "en": "States"},
    )
    marks = Table(words().columns, tuple((*row[:2], f"svar {n % 6}", "") for n, row in enumerate(words().rows)), title={"sv": "Svar", "en": "Answers"})
    for html in (
        tilemap.render(figures(), value="value", lang=lang),
        tilemap.render(words(), value="value", lang=lang),
        tilemap.render(marks, value="value", lang=lang),
        tilemap.render(states, value="state", lang=lang),
        coverage.render(tables, lang=lang),
    ):
        page = open_page(html)
        page.set_viewport_size({"width": width, "height": 900})
        for part in page.locator("details").all():
            part.evaluate("part => { part.open = true }")
        if page.locator(".tile").count():
            page.locator(".tile").nth(4).focus()
        assert violations(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is not wider than the screen"


def test_arrow_keys_move_as_the_country_lies(open_page: Open) -> None:
    page = open_page(tilemap.render(figures(), value="value"))
    page.keyboard.press("Tab")  # the skip link
    page.keyboard.press("Tab")
    assert at(page) == "norrbottens-lan"
    assert letters(page, "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowDown") == "AC Y Z W X C AB"
    assert letters(page, "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowDown") == "I H F N N M"
    assert letters(page, "ArrowDown", "End", "Home", "Control+Home", "ArrowUp", "Control+End") == "M K M BD BD K"
    assert letters(page, "ArrowUp", "ArrowRight", "ArrowUp") == "H I AB"


def test_the_map_is_one_stop_and_tab_leaves_it(open_page: Open) -> None:
    page = open_page(tilemap.render(figures(), value="value"))
    page.locator("[data-county=skane-lan].tile").focus()
    assert page.locator('.tile[tabindex="0"]').count() == 1
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('tile')")
    page.keyboard.press("Shift+Tab")
    assert at(page) == "skane-lan"


def test_the_chosen_county_is_read_out_in_full_and_enter_goes_to_its_row(open_page: Open) -> None:
    page = open_page(tilemap.render(figures(), value="value"))
    page.locator("[data-county=orebro-lan].tile").click()
    expect(page.locator("#chosen-title")).to_have_text("Örebro")
    expect(page.locator("#chosen-rows dt")).to_have_text(["Kod", "Antal", "Källa"])
    expect(page.locator("#chosen-rows dd")).to_have_text(["18", "8", "Årsboken"])
    expect(page.locator('.tile[aria-selected="true"]')).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.dataset.county") == "TR orebro-lan"
    page.locator("[data-county=gotlands-lan].tile").click()
    expect(page.locator("#chosen-rows")).to_have_text("Svaret har ingen rad för länet.")
    page.keyboard.press("Enter")
    assert at(page) == "gotlands-lan"


def test_table_and_tiles_say_the_same(open_page: Open) -> None:
    page = open_page(tilemap.render(figures(), value="value"))
    told = page.eval_on_selector_all(".tile:not(.unknown)", "tiles => tiles.map(t => [t.dataset.county, t.querySelector('.words').textContent])")
    tabled = page.eval_on_selector_all("tbody tr[data-county]", "rows => rows.map(r => [r.dataset.county, r.cells[2].textContent])")
    assert sorted(told) == sorted(tabled)
    assert len(told) == 19
    assert page.locator("tbody tr").count() == 20  # one row has no tile
    unknown = page.eval_on_selector_all(".tile.unknown", "tiles => tiles.map(t => [t.dataset.county, t.querySelector('.words').textContent])")
    assert sorted(unknown) == [["gotlands-lan", "inte känt"], ["kalmar-lan", "inte känt"]]


def test_the_tiles_are_equal_and_lie_as_the_grid_says(open_page: Open) -> None:
    page = open_page(tilemap.render(words(), value="value"))
    boxes = page.eval_on_selector_all(
        ".tile", "tiles => tiles.map(t => { const b = t.getBoundingClientRect(); return [t.dataset.county, b.x, b.y, b.width, b.height]; })"
    )
    assert len({(round(w), round(h)) for *_, w, h in boxes}) == 1
    place = {id: (x, y) for id, x, y, *_ in boxes}
    for c in GRID:
        for other in GRID:
            assert (place[c.id][1] < place[other.id][1] - 1) == (c.row < other.row)
            assert (place[c.id][0] < place[other.id][0] - 1) == (c.column < other.column)


def test_no_words_stick_out_of_their_tile(open_page: Open) -> None:
    for width in (1280, 390):
        page = open_page(tilemap.render(words(), value="value"))
        page.set_viewport_size({"width": width, "height": 900})
        too_much = "t => t.scrollWidth > t.clientWidth + 1 || t.scrollHeight > t.clientHeight + 1"
        assert page.eval_on_selector_all(".tile", f"tiles => tiles.filter({too_much}).map(t => t.dataset.county)") == [], width


def test_what_is_unknown_is_hatched_and_a_known_zero_is_not(open_page: Open) -> None:
    page = open_page(tilemap.render(figures(), value="value"))
    look = "tile => { const s = getComputedStyle(tile); return [s.backgroundImage !== 'none', s.backgroundColor]; }"
    assert page.locator("[data-county=gotlands-lan].tile").evaluate(look)[0]
    hatched, colour = page.locator("[data-county=blekinge-lan].tile").evaluate(look)
    assert not hatched
    assert colour not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_without_script_everything_is_still_there(open_page: Open, page: Page, browser: object, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    path = tmp_path / "stilla.html"
    path.write_text(tilemap.render(figures(), value="value"), encoding="utf-8")
    still = context.new_page()
    still.goto(path.as_uri())
    assert still.locator(".tile").count() == 21
    assert still.locator("tbody tr").count() == 20
    assert still.locator('.tile[tabindex="0"]').count() == 21
    context.close()


def test_on_paper_the_groups_of_the_coverage_page_are_open(open_page: Open, world: SocialGraph) -> None:
    days = {q.name for q in world.catalogue.questions.values() if any(p.kind == "day" for p in q.parameters)}
    page = open_page(coverage.render({name: world.query(name, **({"at": "2020-12-31"} if name in days else {})) for name in coverage.QUESTIONS}))
    shown = "rows => rows.filter(r => r.checkVisibility({ contentVisibilityAuto: true })).length"
    before = page.eval_on_selector_all("#past-presumption tbody tr", shown)
    page.emulate_media(media="print")
    expected = len(world.query("past-presumption", at="2020-12-31"))
    # content-visibility takes effect with the next frame: wait for it, and fail if it never comes
    page.wait_for_function(f"n => ({shown})([...document.querySelectorAll('#past-presumption tbody tr')]) === n", arg=expected)
    assert page.eval_on_selector_all("#past-presumption tbody tr", shown) == expected
    assert before == 0
