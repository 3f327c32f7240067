"""The coverage page as a file: every county and theme in words, what is missing below, nothing outside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from socialgraph.errors import ParameterInvalid
from socialgraph.graph import SocialGraph
from socialgraph.model.table import Cell, Column, Ref, Table
from socialgraph.pages.coverage import MEANINGS, QUESTIONS, STATE_WORDS, TEXTS, render
from socialgraph.pages.tilemap import STATES

HOSTILE = "</style></script><script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }}"


class Words(HTMLParser):
    """The elements, and the words of every cell of the matrix."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self.inside = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] = f"{self.cells[-1]} {data.strip()}".strip()


def answers(world: SocialGraph, at: str = "2020-02-03", lang: str = "sv") -> dict[str, Table]:
    days = {q.name for q in world.catalogue.questions.values() if any(p.kind == "day" for p in q.parameters)}
    return {name: world.query(name, lang=lang, **({"at": at} if name in days else {})) for name in QUESTIONS}


def cell(tables: Mapping[str, Table], theme: str, lang: str = "sv") -> str:
    """The words of one cell of the matrix, from the page."""
    html = render(tables, lang=lang)
    heading = next(str(t) for t in tables["coverage"].column("theme") if isinstance(t, Ref) and t.id == theme)
    found = re.search(rf'<td role="cell" class="\w+" data-column="{heading}">(.*?)</td>', html)
    assert found
    return " | ".join(filter(None, (re.sub(r"<[^>]*>", " ", part).strip() for part in found[1].split('<span class="detail">'))))


@pytest.fixture(scope="module")
def tables(world: SocialGraph) -> dict[str, Table]:
    return answers(world)


def test_every_county_and_theme_has_a_cell_with_mark_and_words(tables: dict[str, Table]) -> None:
    html = render(tables)
    assert len(re.findall(r'<td role="cell" class="(known|uncertain|confirm|vain|unsearched)"', html)) == len(tables["coverage"]) == 6
    for look, symbol in STATES.values():
        assert f'class="chip {look}"' in html, "the legend shows every state, also those that no cell has"
        assert symbol in html


def test_a_cell_tells_number_evidence_age_list_and_search(tables: dict[str, Table]) -> None:
    assert cell(tables, "coverage-host") == "●  känt | 1 uppgift | belägg maj 2017 | 2 år gammalt | 1 punkt på arbetslistan"
    assert cell(tables, "coverage-funding") == "○  sökt, inget funnet | belägg november 2018 | 14 månader gammalt | sökt 2020-02-11"
    assert cell(tables, "coverage-networks").split(" | ")[:4] == ["●  känt", "3 uppgifter", "belägg februari 2020", "nytt"]


def test_evidence_later_than_the_day_has_no_age(world: SocialGraph) -> None:
    said = cell(answers(world, at="2014-12-31"), "coverage-loans")
    assert said.split(" | ")[:3] == ["◐  osäkert", "belägg april 2018", "senare än dagen"]


def test_a_source_dated_within_a_span_has_no_age(tables: dict[str, Table]) -> None:
    held = tables["coverage"]
    names = [c.name for c in held.columns]
    rows = [list(row) for row in held.rows]
    rows[0][names.index("dated")], rows[0][names.index("months")] = "2015/2026-11-22", None
    undated = replace(held, rows=tuple(map(tuple, rows)))
    assert "belägg utan säker dag (2015–2026)" in cell({**tables, "coverage": undated}, "coverage-host")


def test_nothing_known_is_never_written_as_a_zero(world: SocialGraph) -> None:
    tables = answers(world, at="1900-01-01")
    for theme in tables["coverage"].column("theme"):
        assert isinstance(theme, Ref)
        assert not re.search(r"\b0\b", cell(tables, theme.id))


def test_the_counts_of_the_states_add_up(tables: dict[str, Table]) -> None:
    numbers = [int(n) for n in re.findall(r'<span class="number">(\d+)', render(tables))]
    assert len(numbers) == 5
    assert sum(numbers) == len(tables["coverage"])
    widths = [float(w) for w in re.findall(r'<rect class="bar-\w+" x="[\d.]+" width="([\d.]+)"', render(tables))]
    assert sum(widths) == pytest.approx(1000, abs=1)


def test_each_part_has_its_rows_its_day_and_its_sources(tables: dict[str, Table]) -> None:
    html = render(tables)
    for name in QUESTIONS[1:]:
        part = re.search(rf'<section class="part" id="{name}".*?</section>', html, re.DOTALL)
        assert part
        assert len(re.findall(r'<tr><th scope="row">', part[0])) == len(tables[name]) > 0
        assert re.search(r"(Dag 2020-02-03|oavsett dag)( · läge \S+)? · känt 2020-02-03 · 8 källor", part[0])


def test_what_is_not_counted_says_so_and_a_difference_has_its_sign(tables: dict[str, Table]) -> None:
    stated = tables["stated-and-counted"]
    names = [c.name for c in stated.columns]
    row = list(stated.rows[0])
    unknown, more, equal = list(row), list(row), list(row)
    for name in ("counted", "difference", "counties"):
        unknown[names.index(name)] = None
    more[names.index("difference")], equal[names.index("difference")] = 3, 0
    html = render({**tables, "stated-and-counted": replace(stated, rows=tuple(map(tuple, (row, unknown, more, equal))))})
    assert "inte känt" in html
    for words in (">−8<", ">+3<", ">stämmer<"):
        assert words in html


def test_an_answer_without_rows_says_so(tables: dict[str, Table]) -> None:
    html = render({**tables, "work-list": replace(tables["work-list"], rows=())})
    assert "Inga rader." in html


def test_english(world: SocialGraph) -> None:
    html = render(answers(world, lang="en"), lang="en")
    assert '<html lang="en">' in html
    for words in ("What do we not know?", "Host of the support structure", "searched, none found", "whatever the day", "Day 2020-02-03"):
        assert words in html
    assert not re.search(r"\b(känt|sökt|källor)\b", re.sub(r"<tbody.*?</tbody>", "", html, flags=re.DOTALL))


def test_what_is_missing_or_strange_is_refused(tables: dict[str, Table]) -> None:
    with pytest.raises(ParameterInvalid, match="missing: work-list"):
        render({k: v for k, v in tables.items() if k != "work-list"})
    with pytest.raises(ParameterInvalid, match="expected one of sv, en"):
        render(tables, lang="fi")


def test_hostile_text_stays_text_and_nothing_reaches_outside(tables: dict[str, Table]) -> None:
    def spoil(cell: Cell) -> Cell:
        return HOSTILE if isinstance(cell, str) and not (isinstance(cell, Ref) and cell.id.startswith("coverage-")) else cell

    def spoilt(table: Table) -> Table:
        rows = tuple(tuple(map(spoil, row)) for row in table.rows)
        return Table(tuple(Column(c.name, {"sv": HOSTILE}) for c in table.columns), rows, {**table.about, "build": HOSTILE}, {"sv": HOSTILE})

    page = Words(render({name: spoilt(table) for name, table in tables.items()}))
    tags = [tag for tag, _ in page.elements]
    assert "script" not in tags
    assert "img" not in tags
    assert not [a for _, a in page.elements if any(name.startswith("on") or name == "style" for name in a)]
    assert all(str(a["href"]).startswith("#") for tag, a in page.elements if tag == "a")
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for tag, a in page.elements if tag == "a"} <= set(ids)


def test_the_same_answers_give_the_same_bytes(tables: dict[str, Table]) -> None:
    assert render(tables) == render(tables)


def test_the_words_of_the_states_are_those_of_the_ontology(world: SocialGraph) -> None:
    concepts = world.vocabulary.in_scheme("coverage-state-scheme")
    assert set(concepts) - {"unknown"} == set(STATES) == set(STATE_WORDS) == set(MEANINGS)
    for id, text in STATE_WORDS.items():
        assert {"sv": text.sv, "en": text.en} == dict(concepts[id].label)


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_there_in_both_languages(name: str) -> None:
    assert re.findall(r"\{\w+\}", TEXTS[name].sv) == re.findall(r"\{\w+\}", TEXTS[name].en)
