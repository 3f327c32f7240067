"""The county map as a file: 21 tiles in place, words for every answer, hatched where nothing is known, nothing outside."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from socialgraph.errors import ParameterInvalid
from socialgraph.model.table import Cell, Column, Ref, Table
from socialgraph.pages import tilemap
from socialgraph.pages.tilemap import GRID, TEXTS, choose, render

HOSTILE = "</style></script><script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }}"


class Reader(HTMLParser):
    """Elements with their attributes and text, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.within = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.within = True
            self.raw.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in ("script", "style") and self.within:
            self.raw[-1] = (self.raw[-1][0], self.raw[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag not in ("script", "style")

    def tiles(self) -> dict[str, dict[str, str | None]]:
        return {str(a["data-county"]): a for _, a in self.elements if a.get("role") == "gridcell"}


def table(*rows: tuple[Cell, ...], title: str = "Relationer") -> Table:
    columns = (Column("county", {"sv": "Län", "en": "County"}), Column("value", {"sv": "Antal", "en": "Number"}))
    return Table(columns, rows, {"at": "2019-12-31", "sources": "8", "build": "b7"}, {"sv": title, "en": "Relations"})


def county(id: str) -> Ref:
    return Ref(f"{id} (namn)", id)


def drawn(*rows: tuple[Cell, ...], value: str | None = "value", lang: str = "sv") -> dict[str, dict[str, str | None]]:
    return Reader(render(table(*rows), value=value, lang=lang)).tiles()


# ── the grid


def test_the_grid_has_the_21_counties_each_in_a_place_of_its_own() -> None:
    assert len(GRID) == 21
    assert len({(c.row, c.column) for c in GRID}) == 21
    for part in ("code", "letter", "id", "name"):
        assert len({getattr(c, part) for c in GRID}) == 21
    assert {c.code for c in GRID} == {f"{n:02}" for n in (1, *range(3, 11), 12, 13, 14, *range(17, 26))}
    assert [(c.row, c.column) for c in GRID] == sorted((c.row, c.column) for c in GRID)


NORTH_TO_SOUTH = ["BD AC Y X C AB", "Z W U D H", "W U D", "S O N M", "T E F G", "X C AB I"]
WEST_TO_EAST = ["Z Y", "W X", "S T U C", "O E D AB", "N F H I", "M G K"]


@pytest.mark.parametrize("line", NORTH_TO_SOUTH)
def test_north_is_up(line: str) -> None:
    rows = [next(c.row for c in GRID if c.letter == letter) for letter in line.split()]
    assert rows == sorted(set(rows))


@pytest.mark.parametrize("line", WEST_TO_EAST)
def test_east_is_to_the_right(line: str) -> None:
    columns = [next(c.column for c in GRID if c.letter == letter) for letter in line.split()]
    assert columns == sorted(set(columns))


def test_the_tiles_are_placed_by_classes_that_the_stylesheet_has() -> None:
    css = tilemap.static("tilemap.css")
    for c in GRID:
        assert f".r{c.row} {{ grid-row: {c.row}; }}" in css
        assert f".c{c.column} {{ grid-column: {c.column}; }}" in css


@pytest.mark.parametrize("cell", [Ref("Skåne", "skane-lan"), "12", "Skåne", "Skåne län", "skane-lan"])
def test_a_county_is_known_by_id_code_or_name(cell: Cell) -> None:
    tiles = drawn((cell, 7))
    assert tiles["skane-lan"]["aria-label"] == "Skåne: Antal: 7"


# ── what a tile says


def test_a_tile_without_a_row_says_so_and_is_no_zero() -> None:
    tiles = drawn((county("skane-lan"), 0), (county("blekinge-lan"), None), (county("kalmar-lan"), 3))
    assert "zero" in str(tiles["skane-lan"]["class"]).split()
    assert tiles["skane-lan"]["aria-label"] == "Skåne: Antal: 0"
    for id in ("blekinge-lan", "gotlands-lan"):
        assert "unknown" in str(tiles[id]["class"]).split()
        assert str(tiles[id]["aria-label"]).endswith(": inte känt")
    css = tilemap.static("sheet.css")
    assert "repeating-linear-gradient" in next(line for line in css.splitlines() if ".unknown" in line)
    assert not re.search(r"\.zero \{[^}]*(#fff\b|white)", tilemap.static("tilemap.css"))


def test_the_concept_not_known_is_hatched_like_no_row() -> None:
    tiles = drawn((county("skane-lan"), Ref("inte känt", "unknown")), (county("kalmar-lan"), Ref("Kalmars förbund", "kalmars-forbund")))
    assert "unknown" in str(tiles["skane-lan"]["class"])
    assert tiles["kalmar-lan"]["aria-label"] == "Kalmar: Antal: Kalmars förbund"


def test_figures_are_shaded_in_steps_of_about_as_many_counties() -> None:
    rows = [(county(c.id), n) for n, c in enumerate(GRID, 1)]
    looks = Counter(str(a["class"]).split()[1] for a in drawn(*rows).values())
    assert set(looks) == {f"step{n}" for n in range(1, 6)}
    assert max(looks.values()) - min(looks.values()) <= 1
    order = [str(drawn(*rows)[c.id]["class"]).split()[1] for c in GRID]
    assert order == sorted(order)


def test_few_figures_have_a_shade_each_and_equal_figures_the_same() -> None:
    rows = [(county("skane-lan"), 2), (county("kalmar-lan"), 2), (county("gotlands-lan"), 9)]
    tiles = drawn(*rows)
    assert tiles["skane-lan"]["class"].split()[1] == tiles["kalmar-lan"]["class"].split()[1] == "step4"  # type: ignore[union-attr]
    assert "step5" in str(tiles["gotlands-lan"]["class"])


@pytest.mark.parametrize("value", [Decimal(94000000), date(2019, 12, 31), 1.5, -3])
def test_other_figures_and_days_are_drawn_too(value: Cell) -> None:
    assert re.search(r"\bstep\d\b", str(drawn((county("skane-lan"), value))["skane-lan"]["class"]))


def test_answers_in_words_have_a_mark_each_until_they_are_too_many() -> None:
    few = render(table((county("skane-lan"), "ja"), (county("kalmar-lan"), "nej")), value="value")
    assert "●" in few
    assert "■" in few
    many = Reader(render(table(*((county(c.id), f"svar {c.code}") for c in GRID)), value="value")).tiles()
    assert all("named" in str(a["class"]) for a in many.values())
    assert many["skane-lan"]["aria-label"] == "Skåne: Antal: svar 12"


def test_states_of_the_coverage_question_look_as_on_the_coverage_page() -> None:
    tiles = drawn((county("skane-lan"), Ref("känt", "coverage-known")), (county("kalmar-lan"), Ref("inte sökt", "coverage-not-searched")))
    assert "known" in str(tiles["skane-lan"]["class"]).split()
    assert "unsearched" in str(tiles["kalmar-lan"]["class"]).split()


def test_without_a_value_the_tiles_tell_the_number_of_rows() -> None:
    tiles = drawn((county("skane-lan"), "a"), (county("skane-lan"), "b"), value=None)
    assert tiles["skane-lan"]["aria-label"] == "Skåne: Antal rader: 2"


def test_several_answers_of_one_county_are_all_told() -> None:
    tiles = drawn((county("skane-lan"), "a"), (county("skane-lan"), "b"), (county("skane-lan"), "a"))
    assert tiles["skane-lan"]["aria-label"] == "Skåne: Antal: a; b"


def test_the_table_holds_every_row_and_says_which_have_no_tile() -> None:
    html = render(table((county("skane-lan"), 1), (county("exempellan"), 2), (county("kalmar-lan"), 3)), value="value")
    assert "1 rad hör inte till något av de 21 länen" in html
    assert html.count('<th scope="row">') == 3
    assert "exempellan (namn)" in html


def test_the_page_says_when_and_from_how_much() -> None:
    assert "Dag 2019-12-31 · 8 källor · bygge b7" in render(table((county("skane-lan"), 1)))
    english = render(table((county("skane-lan"), 1)), value="value", lang="en")
    assert "Day 2019-12-31 · 8 sources · build b7" in english
    assert '<html lang="en">' in english
    assert "Skåne: Number: 1" in english


# ── refusals


def test_what_cannot_be_drawn_is_refused_with_a_way_out() -> None:
    with pytest.raises(ParameterInvalid, match=r"no column 'antal'.*county, value"):
        render(table((county("skane-lan"), 1)), value="antal")
    with pytest.raises(ParameterInvalid, match="expected one of sv, en"):
        render(table((county("skane-lan"), 1)), lang="de")
    with pytest.raises(ParameterInvalid, match=r"skane-lan has 2 rows.*narrow"):
        render(table((county("skane-lan"), 1), (county("skane-lan"), 2)), value="value")
    with pytest.raises(ParameterInvalid, match="4 answers"):
        render(table(*((county("skane-lan"), text) for text in "abcd")), value="value")


def test_columns_are_chosen_when_nobody_names_them() -> None:
    assert choose(table((county("skane-lan"), 4))) == ("county", "value")
    assert choose(table((county("skane-lan"), "text"))) == ("county", None)
    state = Table((Column("n"), Column("where"), Column("state")), ((1, county("skane-lan"), Ref("känt", "coverage-known")),))
    assert choose(state) == ("where", "state")
    with pytest.raises(ParameterInvalid, match="a map needs a column of counties"):
        choose(table((county("exempellan"), 4)))


# ── one file, nothing outside, nothing from the data becomes markup


def test_the_same_table_gives_the_same_bytes() -> None:
    rows = [(county(c.id), n) for n, c in enumerate(GRID)]
    assert render(table(*rows), value="value") == render(table(*rows), value="value")


@pytest.mark.parametrize("value", ["value", None])
def test_hostile_text_stays_text_and_nothing_reaches_outside(value: str | None) -> None:
    html = render(table((Ref(HOSTILE, "skane-lan"), HOSTILE), title=HOSTILE), value=value)
    page = Reader(html)
    assert Counter(tag for tag, _ in page.elements)["script"] == 1
    assert not [a for _, a in page.elements if any(name.startswith("on") or name == "style" for name in a)]
    assert not [a for tag, a in page.elements if tag in ("img", "iframe", "object", "link") and a.get("href") != "data:,"]
    assert all(str(a["href"]).startswith("#") for tag, a in page.elements if tag == "a")
    assert "{{ 7*7 }}" in html
    assert "49" not in "".join(a.get("aria-label") or "" for _, a in page.elements)


def test_the_policy_names_exactly_the_scripts_and_styles_that_are_there() -> None:
    page = Reader(render(table((county("skane-lan"), 1))))
    policy = str(next(a["content"] for tag, a in page.elements if tag == "meta" and a.get("http-equiv")))
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for kind, text in page.raw if kind == tag]
        assert hashes == re.search(rf"{directive} ([^;]*);", policy)[1].split()  # type: ignore[index]
    assert policy.startswith("default-src 'none';")


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_there_in_both_languages(name: str) -> None:
    assert TEXTS[name].sv
    assert TEXTS[name].en
    assert re.findall(r"\{\w+\}", TEXTS[name].sv) == re.findall(r"\{\w+\}", TEXTS[name].en)
