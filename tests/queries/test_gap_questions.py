"""The questions about what is not known: golden rows from the invented world, both engines alike, and no white cell a zero.

Golden files lie in golden_gaps/ and are what `g.query(...).to_csv()` gives; they were read against the claims, row by row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from socialgraph.graph import SocialGraph
from socialgraph.model.dates import last_day
from socialgraph.model.table import Ref
from socialgraph.rdf.queries import Catalogue, Question
from socialgraph.view import View

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden_gaps"
NAMES = ("coverage", "stated-and-counted", "without-relations", "past-presumption", "work-list", "rss-hosts", "by-county")
QUESTIONS = {name: Catalogue(ROOT / "queries")[name] for name in NAMES}
THEMES = ["coverage-host", "coverage-fou", "coverage-university", "coverage-funding", "coverage-networks", "coverage-loans"]
CASES = {
    "coverage": ("coverage", {"at": "2020-02-03"}),
    "coverage-certain": ("coverage", {"at": "2018-04-30", "mode": "certain"}),
    "coverage-known-by": ("coverage", {"at": "2014-12-31", "known_by": "2020-02-10"}),
    "coverage-of-one-theme": ("coverage", {"at": "2025-12-31", "theme": "coverage-host"}),
    "stated-and-counted": ("stated-and-counted", {}),
    "without-relations": ("without-relations", {}),
    "past-presumption": ("past-presumption", {"at": "2019-06-30"}),
    "past-presumption-loans": ("past-presumption", {"at": "2020-12-31", "kind": "StaffLoan"}),
    "work-list": ("work-list", {}),
    "work-list-of-one": ("work-list", {"entity": "rss-exempel"}),
    "rss-hosts": ("rss-hosts", {"at": "2019-12-31"}),
    "rss-hosts-unknown": ("rss-hosts", {"at": "2021-12-31"}),
    "by-county": ("by-county", {"at": "2018-04-30"}),
}


def rendered(world: SocialGraph, question: Question, given: dict[str, str]) -> str:
    days = {p.name: last_day(given.get("at", "") or world.last_day.isoformat()).isoformat() for p in question.parameters if p.kind == "day"}
    return question.render(days | {k: v for k, v in given.items() if k in {p.name for p in question.parameters} and k != "at"})


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_heading_in_two_languages_and_rows_are_ordered(world: SocialGraph, name: str) -> None:
    question = QUESTIONS[name]
    names, _ = world.store.table(rendered(world, question, {}))
    assert names == [*question.columns, *(["relations"] if names[-1] == "relations" else [])]
    for label in (question.title, question.description, *question.columns.values(), *(p.label for p in question.parameters)):
        assert label["sv"].strip()
        assert label["en"].strip()
    assert re.search(r"\}\s*ORDER BY[^{}]*$|\bGROUP BY[^{}]*\bORDER BY[^{}]*$", question.sparql)


@pytest.mark.parametrize("case", CASES)
def test_golden_rows(world: SocialGraph, case: str) -> None:
    question, given = CASES[case]
    expected = (GOLDEN / f"{case}.csv").read_text(encoding="utf-8")
    assert len(list(csv.reader(expected.splitlines()))) > 1, "a golden case has rows"
    assert world.query(question, **given).to_csv() == expected


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {p.stem for p in GOLDEN.glob("*.csv")} == set(CASES)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("case", [c for c, (_, given) in CASES.items() if "known_by" not in given])
def test_rdflib_gives_the_same_rows_in_the_same_order(world: SocialGraph, on_both: Callable[[str], Any], case: str) -> None:
    question, given = CASES[case]
    text = rendered(world, QUESTIONS[question], given)
    ours, found, seconds = on_both(text)
    assert seconds < 10
    assert found == ours


# ── the matrix against the view: another way to the same answer


def in_county(view: View, county: str) -> set[str]:
    """What belongs to the county, told by hand: the register, places, and what is or was part of, or hosted by, something there."""
    held = view.holdings
    there = {e.id for e in held.entities.values() if e.county == county}
    actual = [r for r in view.scoped.relations if r.status in ("actual", "ended")]
    there |= {r.from_ for r in actual if r.kind == "Location" and (r.to == county or held.entities[r.to].county == county)}
    grown = set(there)
    while new := {r.from_ for r in actual if r.kind == "PartOf" and r.to in grown} - grown:
        grown |= new
    return grown | {r.to for r in actual if r.kind == "Hosting" and r.from_ in grown}


def expected(view: View, county: str) -> dict[str, int]:
    there, held = in_county(view, county), view.holdings.entities
    kinds = view.holdings.vocabulary.entity_kinds
    learned = {e.id for e in held.values() if e.kind == "HigherEducationInstitution"}
    learned |= {r.from_ for r in view.scoped.relations if r.kind == "PartOf" and r.to in learned}

    def ends(relation: Any) -> set[str]:
        return {relation.from_, relation.to}

    def tied(relation: Any) -> bool:
        others = {e for e in ends(relation) - learned if e in there and held[e].kind not in ("HigherEducationInstitution", "Department")}
        return bool(ends(relation) & learned and others)

    now = view.relations()
    return {
        "coverage-host": sum(r.kind == "Hosting" and r.to in there and held[r.to].kind == "SupportStructure" for r in now),
        "coverage-fou": len({e for r in now for e in ends(r) if e in there and held[e].kind == "RnDUnit"}),
        "coverage-university": sum(map(tied, now)),
        "coverage-funding": sum(r.kind == "Funding" and bool(ends(r) & there) for r in now),
        "coverage-networks": sum(r.kind == "Membership" and r.from_ in there and "Network" in kinds[held[r.to].kind].ancestors for r in now),
        "coverage-loans": sum(r.kind == "StaffLoan" and bool(ends(r) & there) for r in now),
    }


@pytest.mark.parametrize("at", ["2011-12-31", "2017-05-31", "2018-04-30", "2018-11-15", "2019-06-14", "2019-12-31", "2020-02-03", "2022-01-01"])
@pytest.mark.parametrize("mode", ["certain", "presumed", "possible"])
def test_what_is_known_is_what_the_view_holds(world: SocialGraph, at: str, mode: str) -> None:
    rows = world.query("coverage", at=at, mode=mode).to_dicts()
    found = {row["theme"].id: row["known"] or 0 for row in rows if isinstance(row["theme"], Ref)}
    assert found == expected(world.view(at=at, mode=mode), "exempellan")


@pytest.mark.parametrize("at", ["1900-01-01", "2018-04-30", "2100-01-01"])
def test_every_county_has_every_theme_in_order_and_no_cell_is_a_zero(world: SocialGraph, at: str) -> None:
    rows = world.query("coverage", at=at).to_dicts()
    assert [row["theme"].id for row in rows if isinstance(row["theme"], Ref)] == THEMES
    for row in rows:
        assert isinstance(row["state"], Ref)
        assert row["known"] != 0
        assert (row["known"] is None) == (row["state"].id != "coverage-known")


# ── states: each from the rows that make it


def states(project: Path, todo: str, searched: str, **when: str) -> dict[str, str]:
    (project / "data" / "todo.csv").write_text("what,entity,kind,where,note,on\n" + todo, encoding="utf-8")
    (project / "data" / "searched.csv").write_text("county,theme,on,by,result,note\n" + searched, encoding="utf-8")
    for name in ("todo.csv", "searched.csv"):
        path = project / "data" / name
        if len(path.read_text(encoding="utf-8").splitlines()) == 1:
            path.unlink()
    rows = SocialGraph.build(project).query("coverage", **when).to_dicts()
    return {row["theme"].id: row["state"].id.removeprefix("coverage-") for row in rows if isinstance(row["theme"], Ref) and isinstance(row["state"], Ref)}


S = "exempellan,coverage-funding"


@pytest.fixture
def steps() -> list[tuple[str, str, str, str]]:
    return [
        # todo, searched, day, state of funding
        ("", "", "2016-12-30", "not-searched"),
        ("", f"{S},2020-02-11,x,none,\n", "2016-12-30", "none-found"),
        ("", f"{S},2020-02-10,x,none,\n{S},2020-02-11,x,found,\n", "2016-12-30", "to-confirm"),  # found, yet not in the data
        ("", f"{S},2020-02-10,x,found,\n{S},2020-02-11,x,none,\n", "2016-12-30", "none-found"),  # the last search decides
        ("Ett stöd finns i Exempellän,,Funding,,,2020-02-10\n", f"{S},2020-02-11,x,none,\n", "2016-12-30", "to-confirm"),
        ("Ett stöd finns någonstans,,Funding,,,2020-02-10\n", "", "2016-12-30", "not-searched"),  # nobody knows in which county
        ("Stöd till FoU Exempel,fou-exempel,Funding,,,2020-02-10\n", "", "2016-12-30", "to-confirm"),
        ("Stöd till FoU Exempel,fou-exempel,name,,,2020-02-10\n", "", "2016-12-30", "not-searched"),  # another matter
        ("", "", "2025-12-31", "uncertain"),
        ("", f"{S},2018-11-14,x,none,\n", "2025-12-31", "uncertain"),  # searched before the evidence was published
        ("", f"{S},2018-11-15,x,none,\n", "2025-12-31", "none-found"),
        ("Stöd till FoU Exempel,fou-exempel,Funding,,,2020-02-10\n", f"{S},2020-02-11,x,none,\n", "2018-11-15", "known"),
    ]


def test_the_state_of_a_cell(world_project: Path, steps: list[tuple[str, str, str, str]]) -> None:
    for todo, searched, at, state in steps:
        assert states(world_project, todo, searched, at=at)["coverage-funding"] == state, (todo, searched, at)


def test_a_relation_is_past_its_presumption_when_no_view_presumes_it_any_more(world: SocialGraph) -> None:
    for at in ("2018-12-31", "2019-05-31", "2019-06-01", "2020-12-31"):
        view = world.view(at=at)
        out = {
            r.id for r in view.scoped.relations
            if r.status == "actual" and r.times.end_latest.year == 9999
            and r.times.certain_until < r.times.presumed_until < view.at and r.times.certain_from <= view.at
        }  # fmt: skip
        assert {cell.id for cell in world.query("past-presumption", at=at).column("relation") if isinstance(cell, Ref)} == out
        assert not out & {r.id for r in view.relations()}


def test_entities_without_relations_are_touched_by_none(world: SocialGraph) -> None:
    touched = {end for r in world.holdings.relations for end in (r.from_, r.to, r.person, r.about)}
    found = {cell.id for cell in world.query("without-relations").column("entity") if isinstance(cell, Ref)}
    assert found == set(world.holdings.entities) - touched


def test_where_no_source_names_the_host_the_answer_says_so(world: SocialGraph) -> None:
    (row,) = world.query("rss-hosts", at="2021-12-31").to_dicts()
    assert (row["host"], row["state"], row["relation"]) == ("inte känt", "inte känt", None)
    (row,) = world.query("rss-hosts", at="2021-12-31", lang="en").to_dicts()
    assert row["host"] == "not known"
    (row,) = world.query("rss-hosts", at="2021-12-31", mode="possible").to_dicts()
    assert isinstance(row["host"], Ref)
    assert (row["host"].id, str(row["state"])) == ("exempelforbundet", "möjlig")
