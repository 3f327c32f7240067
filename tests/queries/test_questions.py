"""The questions of the catalogue, asked of the invented world: golden rows, bounds day by day, and both engines alike.

A golden file holds what `g.query(...).to_csv()` gives. It was read against the claims of tests/world row by row; a change
here is read again before it is accepted, and no switch rewrites the files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from socialgraph.graph import SocialGraph
from socialgraph.model.dates import last_day
from socialgraph.model.table import Ref, Table
from socialgraph.rdf.queries import Catalogue, Question

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
QUESTIONS = Catalogue(ROOT / "queries").questions
SLOWEST_ON_RDFLIB = 10.0
"""Seconds: a question that takes longer on the little world is written wrongly."""


@dataclass(frozen=True)
class Case:
    """A question with its parameters, and the golden file of its answer."""

    file: str
    question: str
    given: dict[str, str] = field(default_factory=dict)


CASES = [
    Case("staff-loans", "staff-loans", {"at": "2018-04-30", "mode": "certain"}),
    Case("staff-loans-possible", "staff-loans", {"at": "2019-12", "mode": "possible"}),
    Case("staff-loans-of-one", "staff-loans", {"organisation": "fou-exempel", "at": "2018-04", "mode": "certain"}),
    Case("staff-loans-known-by", "staff-loans", {"at": "2018-05-31", "known_by": "2017"}),
    Case("roles", "roles", {"person": "proba-provsson", "at": "2020-02-03"}),
    Case("roles-two-posts", "roles", {"person": "test-testsson", "at": "2019-10-01"}),
    Case("roles-merged-person", "roles", {"person": "docent-saga-sagosson", "at": "2018-02-28"}),
    Case("roles-episodes", "roles", {"person": "pahitta-pahittsson", "at": "2014-06-01"}),
    Case("heads", "heads", {"organisation": "exempelforbundet", "at": "2019-09-30"}),
    Case("heads-chair", "heads", {"organisation": "exempelchefernas-forening", "at": "2018-05-15", "mode": "certain"}),
    Case("heads-disputed", "heads", {"organisation": "stodenheten", "at": "2018-04-30", "mode": "possible"}),
    Case("funding", "funding"),
    Case("funding-of-one", "funding", {"funder": "fabelradet", "recipient": "fou-exempel"}),
    Case("collaborations", "collaborations", {"entity": "exempelforbundet", "at": "2019-05-31"}),
    Case("collaborations-other-end", "collaborations", {"entity": "lansstyrelsen-exempel", "at": "2019-12-31", "mode": "certain"}),
    Case("members", "members", {"network": "chefsnatverket", "at": "2018-06-30", "mode": "certain"}),
    Case("members-possible", "members", {"network": "chefsnatverket", "at": "2020-01-31", "mode": "possible"}),
    Case("members-known-by", "members", {"network": "chefsnatverket", "at": "2018-07-01", "known_by": "2018-10"}),
    Case("plans", "plans", {"at": "2019-06-30"}),
    Case("plans-known-by", "plans", {"at": "2017-12-15", "known_by": "2017-12-15"}),
    Case("plans-of-one", "plans", {"entity": "proba-provsson", "at": "2019-08-31"}),
    Case("names", "names", {"entity": "kommunernas-forbund"}),
    Case("names-vague-change", "names", {"entity": "region-exempel"}),
    Case("source-claims", "source-claims", {"source": "fiktivrapporten-2018"}),
    Case("source-claims-column", "source-claims", {"source": "exempel-2017-var"}),
    Case("attested-by", "attested-by", {"first": "exempelforbundet", "second": "region-exempel"}),
    Case("attested-by-person", "attested-by", {"first": "proba-provsson"}),
    Case("connections", "connections", {"first": "proba-provsson", "second": "kommunernas-forbund", "at": "2020-02-03"}),
    Case("connections-several", "connections", {"first": "exempelforbundet", "second": "fou-exempel", "at": "2018-04-30", "mode": "possible"}),
    Case("connections-one-step", "connections", {"first": "lansstyrelsen-exempel", "second": "exempelforbundet", "at": "2019-12-31"}),
    Case("counts", "counts"),
    Case("counts-of-one", "counts", {"entity": "exempellan"}),
    Case("event-participants", "event-participants", {"event": "exempeldagarna-2019"}),
    Case("event-participants-abroad", "event-participants", {"event": "studiebesoket-2019"}),
    Case("studies", "studies"),
    Case("studies-one", "studies", {"study": "spokstudien"}),
    Case("no-stated-end", "no-stated-end", {"at": "2020-02-03"}),
    Case("no-stated-end-loans", "no-stated-end", {"kind": "StaffLoan", "at": "2018-05-30"}),
    Case("no-stated-end-of-one", "no-stated-end", {"entity": "exempelforbundet", "at": "2019-06-14"}),
]
FIFTEEN = {
    "staff-loans", "roles", "heads", "funding", "collaborations", "members", "plans", "names", "source-claims", "attested-by",
    "connections", "counts", "event-participants", "studies", "no-stated-end",
}  # fmt: skip
VIEW = {"at", "mode", "known_by"}
UNREAL = {"planned", "wished", "denied"}


def asked(world: SocialGraph, question: Question, given: dict[str, str]) -> dict[str, str]:
    """The values `g.query` renders for what was given."""
    kinds = {p.name: p.kind for p in question.parameters}
    values = {name: world.resolve(value).id if kinds[name] in ("entity", "county") else value for name, value in given.items() if name in kinds}
    return {name: last_day(given.get("at", "") or world.last_day.isoformat()).isoformat() for name, kind in kinds.items() if kind == "day"} | values


# ── what every question is


def test_the_catalogue_holds_the_fifteen_questions() -> None:
    assert set(QUESTIONS) >= FIFTEEN


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_column_has_a_heading_in_two_languages_and_the_relation_is_last(question: Question, world: SocialGraph) -> None:
    some = {"entity": "exempelforbundet", "county": "exempellan", "integer": "1"}
    given = {p.name: "test-testsson" if p.of == ("Person",) else some[p.kind] for p in question.parameters if p.kind in some}
    given |= {p.name: "exempel-2018-04" for p in question.parameters if p.kind == "source"} | {"at": "2018-04"}
    names, _ = world.store.table(question.render(asked(world, question, given)))
    witnesses = names.pop() if names[-1] == "relations" else ""
    assert names == list(question.columns)
    assert "relation" not in names[:-1]
    assert bool(witnesses or "relation" in names) != bool(question.without_evidence), "a row has witnesses, or the header says why it has none"
    for label in (question.title, question.description, *question.columns.values(), *(p.label for p in question.parameters)):
        assert label["sv"].strip()
        assert label["en"].strip()
    assert question.tags


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_orders_its_rows_and_compares_days_only_as_days(question: Question) -> None:
    text = re.sub(r"(?m)^#.*$", "", question.sparql)
    assert re.search(r"\}\s*ORDER BY[^{}]*$|\bGROUP BY[^{}]*\bORDER BY[^{}]*$", text), "the last clause is ORDER BY"
    assert "gYear" not in text
    assert not re.search(r"\bSERVICE\b|\bFROM\s*<", text)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_has_an_example_that_fits_it(question: Question) -> None:
    assert set(question.example) <= {p.name for p in question.parameters} | VIEW
    assert {p.name for p in question.parameters if p.required} <= set(question.example)


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {p.stem for p in GOLDEN.glob("*.csv")} == {c.file for c in CASES}


# ── golden rows


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.file)
def test_golden_rows(case: Case, world: SocialGraph) -> None:
    expected = (GOLDEN / f"{case.file}.csv").read_text(encoding="utf-8")
    assert len(expected.splitlines()) > 1, "a golden case has rows"
    assert world.query(case.question, **case.given).to_csv() == expected


# ── both engines


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("case", [c for c in CASES if "known_by" not in c.given], ids=lambda c: c.file)
def test_rdflib_gives_the_same_rows_in_the_same_order(case: Case, world: SocialGraph, on_both: Callable[[str], Any]) -> None:
    text = QUESTIONS[case.question].render(asked(world, QUESTIONS[case.question], case.given))
    ours, found, seconds = on_both(text)
    assert seconds < SLOWEST_ON_RDFLIB
    assert found == ours


# ── bounds: the day before, the day, the day after


def ends(table: Table, *columns: str) -> set[str]:
    """The ids of some columns of every row, joined by a blank."""
    return {" ".join(cell.id for cell in cells if isinstance(cell, Ref)) for cells in zip(*(table.column(c) for c in columns), strict=True)}


A = "sagokommun fou-exempel"  # seen 2017-05-31 and 2018-04-30, no dates; a loan is presumed for a year
B = "fou-exempel pahittade-universitetet"  # "during 2018", said on 2018-04-30
C = "fiktivmyndigheten region-exempel"  # 2018-03-01 to 2018-06-30, said afterwards
D = "institutionen-for-exempelkunskap exempelforbundet"  # planned 2019-06-14; from September 2019, said 2019-12-31
E = "exempelforbundet kommunernas-forbund"  # began between August and December 2019, said 2019-12-31

LOANS = [
    # day, mode, known by, expected
    ("2017-05-30", "certain", "", {}), ("2017-05-30", "possible", "", {A}), ("2017-05-31", "certain", "", {A}),
    ("2017-12-31", "possible", "", {A}), ("2018-01-01", "possible", "", {A, B}),
    ("2018-02-28", "certain", "", {A}), ("2018-03-01", "certain", "", {A, C}), ("2018-04-29", "certain", "", {A, C}),
    ("2018-04-30", "certain", "", {A, B, C}), ("2018-04-30", "presumed", "", {A, B, C}), ("2018-04-30", "possible", "", {A, B, C}),
    ("2018-05-01", "certain", "", {C}), ("2018-05-01", "presumed", "", {A, C}), ("2018-05-01", "possible", "", {A, B, C}),
    ("2018-06-30", "certain", "", {C}), ("2018-07-01", "certain", "", {}), ("2018-07-01", "possible", "", {A, B}),
    ("2018-12-31", "possible", "", {A, B}), ("2019-01-01", "possible", "", {A}),
    ("2019-04-30", "presumed", "", {A}), ("2019-05-01", "presumed", "", {}), ("2019-05-01", "possible", "", {A}),
    ("2019-07-31", "possible", "", {A}), ("2019-08-01", "possible", "", {A, E}), ("2019-09-01", "possible", "", {A, D, E}),
    ("2019-09-29", "presumed", "", {}), ("2019-09-30", "certain", "", {D}), ("2019-12-31", "certain", "", {D, E}),
    ("2020-01-01", "certain", "", {}), ("2020-01-01", "presumed", "", {D, E}),
    ("2020-12-31", "presumed", "", {D, E}), ("2021-01-01", "presumed", "", {}), ("2021-01-01", "possible", "", {A, D, E}),
    # what could be known: bounds are computed from fewer claims
    ("2018-04-30", "certain", "2017", {}), ("2018-05-31", "presumed", "2018-04-29", {A}), ("2018-06-01", "presumed", "2018-04-29", {}),
    ("2018-06-01", "presumed", "2018-04-30", {A}), ("2018-06-01", "presumed", "2018-11-15", {A, C}),
    ("2019-12-31", "possible", "2019-12-30", {A}), ("2019-12-31", "possible", "2019-12-31", {A, D, E}), ("2017-05-31", "possible", "2017-05-30", {}),
]  # fmt: skip


@pytest.mark.parametrize(("at", "mode", "known_by", "expected"), LOANS)
def test_staff_loans_at_the_bounds(world: SocialGraph, at: str, mode: str, known_by: str, expected: set[str]) -> None:
    assert ends(world.query("staff-loans", at=at, mode=mode, known_by=known_by), "lender", "borrower") == set(expected)


@pytest.mark.parametrize(("organisation", "expected"), [("fou-exempel", {A, B}), ("FoU Exempel", {A, B}), ("region-exempel", {C}), ("styrgruppen", set())])
def test_staff_loans_of_an_organisation_go_both_ways(world: SocialGraph, organisation: str, expected: set[str]) -> None:
    assert ends(world.query("staff-loans", organisation=organisation, at="2018-04-30"), "lender", "borrower") == expected


F = "exempelforbundet fiktiva-fabelsson"  # seen 2017-05-31; over in January 2020, said 2020-02-03
G = "sagokommun"  # since about 2015; over on 2018-06-30, said 2018-11-15
H = "lanets-plats-i-chefsnatverket test-testsson"  # since 2018-09-30, said 2018-11-15
I = "exempelforbundet test-testsson"  # since January 2020, said 2020-02-03  # noqa: E741

MEMBERS = [
    ("2013-12-31", "possible", "", {F}), ("2014-01-01", "possible", "", {F, G}), ("2016-12-30", "certain", "", {}), ("2016-12-31", "certain", "", {G}),
    ("2017-05-30", "certain", "", {G}), ("2017-05-31", "certain", "", {F, G}), ("2018-06-30", "certain", "", {F, G}), ("2018-07-01", "possible", "", {F}),
    ("2018-09-29", "possible", "", {F}), ("2018-09-30", "certain", "", {F, H}), ("2018-11-15", "certain", "", {F, H}), ("2018-11-16", "certain", "", {F}),
    ("2018-11-16", "presumed", "", {F, H}), ("2020-01-01", "certain", "", {F}), ("2020-01-01", "possible", "", {F, H, I}),
    ("2020-01-02", "certain", "", {}), ("2020-01-02", "presumed", "", {H}), ("2020-01-31", "certain", "", {I}), ("2020-01-31", "possible", "", {F, H, I}),
    ("2020-02-01", "possible", "", {H, I}), ("2020-11-15", "presumed", "", {H, I}), ("2020-11-16", "presumed", "", {I}), ("2022-02-04", "presumed", "", {}),
    ("2018-07-01", "presumed", "2018-11-14", {F, G}), ("2018-07-01", "certain", "2018-11-14", {}), ("2019-05-31", "presumed", "2018-11-14", {F, G}),
    ("2019-06-01", "presumed", "2018-11-14", {}), ("2019-06-01", "possible", "2018-11-14", {F, G}), ("2020-01-01", "certain", "2020-02-02", {}),
]  # fmt: skip


@pytest.mark.parametrize(("at", "mode", "known_by", "expected"), MEMBERS)
def test_members_at_the_bounds(world: SocialGraph, at: str, mode: str, known_by: str, expected: set[str]) -> None:
    table = world.query("members", network="chefsnatverket", at=at, mode=mode, known_by=known_by)
    assert ends(table, "member", "representative") == set(expected)


ACTING, DIRECTOR, SEAT, REPRESENTS = ("t.f. direktör", "förbundsdirektör", "lanets-plats-i-chefsnatverket", "exempelforbundet")
STATES = [
    # day, known by, what is said of each role; None: not begun
    ("2018-09-29", "", {SEAT: None, ACTING: None, DIRECTOR: None, REPRESENTS: None}),
    ("2018-09-30", "", {SEAT: "certain", ACTING: None, DIRECTOR: None, REPRESENTS: None}),
    ("2018-11-15", "", {SEAT: "certain", ACTING: None, DIRECTOR: None, REPRESENTS: None}),
    ("2018-11-16", "", {SEAT: "presumed", ACTING: None, DIRECTOR: None, REPRESENTS: None}),
    ("2019-05-01", "", {SEAT: "presumed", ACTING: "certain", DIRECTOR: None, REPRESENTS: None}),
    ("2019-09-30", "", {SEAT: "presumed", ACTING: "certain", DIRECTOR: None, REPRESENTS: None}),
    ("2019-10-01", "", {SEAT: "presumed", ACTING: "ended", DIRECTOR: "certain", REPRESENTS: None}),
    ("2020-01-01", "", {SEAT: "presumed", ACTING: "ended", DIRECTOR: "presumed", REPRESENTS: "possible"}),
    ("2020-11-16", "", {SEAT: "possible", ACTING: "ended", DIRECTOR: "presumed", REPRESENTS: "presumed"}),
    ("2021-12-31", "", {SEAT: "possible", ACTING: "ended", DIRECTOR: "presumed", REPRESENTS: "presumed"}),
    ("2022-01-01", "", {SEAT: "possible", ACTING: "ended", DIRECTOR: "possible", REPRESENTS: "presumed"}),
    ("2019-10-01", "2019-06-14", {SEAT: "presumed", ACTING: "ended"}),
    ("2019-10-01", "2019-06-13", {SEAT: "presumed"}),
    ("2018-11-15", "2018-11-14", {}),
]  # fmt: skip


@pytest.mark.parametrize(("at", "known_by", "expected"), STATES)
def test_roles_at_the_bounds(world: SocialGraph, at: str, known_by: str, expected: dict[str, str | None]) -> None:
    rows = world.query("roles", person="test-testsson", at=at, known_by=known_by).to_dicts()
    found = {row["on_behalf_of"].id if isinstance(row["on_behalf_of"], Ref) else str(row["role"]): getattr(row["state"], "id", None) for row in rows}
    assert found == expected


PLANNED_LOAN = "institutionen-for-exempelkunskap exempelforbundet"
COURSE = "exempelforbundet handledarkursen"
STUDY = "saga-sagosson natstudien"
PLANS = [
    # day, known by, ends, whether it is among the plans of the day
    ("2017-05-30", "", COURSE, False), ("2017-05-31", "", COURSE, True), ("2018-12-31", "", COURSE, True), ("2019-01-01", "", COURSE, False),
    ("2019-06-13", "", PLANNED_LOAN, False), ("2019-06-14", "", PLANNED_LOAN, True), ("2019-08-31", "", PLANNED_LOAN, True),
    ("2019-09-01", "", PLANNED_LOAN, False), ("2019-12-01", "2019-12-30", PLANNED_LOAN, True),
    ("2017-12-01", "", STUDY, False), ("2017-12-01", "2017-12-31", STUDY, True),
    ("2018-02-28", "2018-04-29", STUDY, True), ("2018-03-01", "2018-04-29", STUDY, False),
]  # fmt: skip


@pytest.mark.parametrize(("at", "known_by", "plan", "listed"), PLANS)
def test_plans_from_the_day_they_are_voiced_until_they_begin_or_are_past(world: SocialGraph, at: str, known_by: str, plan: str, listed: bool) -> None:
    assert (plan in ends(world.query("plans", at=at, known_by=known_by), "from", "to")) is listed


# ── the questions and the view say the same


DAYS = [
    "2017-05-31", "2018-03-01", "2018-04-30", "2018-07-01", "2019-05-20", "2019-06-14",
    "2019-11-26", "2019-12-31", "2020-01-31", "2020-02-03", "2021-06-30",
]  # fmt: skip


@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("mode", ["certain", "presumed", "possible"])
@pytest.mark.parametrize("known_by", ["", "2018-11-15", "2019-06-30"])
def test_a_question_about_a_day_finds_what_the_view_finds(world: SocialGraph, at: str, mode: str, known_by: str) -> None:
    view = world.view(at=at, mode=mode, known_by=known_by)
    time_and_evidence = {"at": at, "mode": mode, "known_by": known_by}

    def found(question: str, **given: str) -> set[str]:
        return {cell.id for cell in world.query(question, **given, **time_and_evidence).column("relation") if isinstance(cell, Ref)}

    assert found("staff-loans") == {r.id for r in view.relations(kind="StaffLoan")}
    for entity in ("exempelforbundet", "region-exempel", "lansstyrelsen-exempel"):
        assert found("collaborations", entity=entity) == {r.id for r in view.relations(kind="Collaboration", of=entity) if entity in (r.from_, r.to)}
    for network in ("chefsnatverket", "styrgruppen", "exempelchefernas-forening"):
        assert found("members", network=network) == {r.id for r in view.relations(kind="Membership") if r.to == network}


@pytest.mark.parametrize("at", DAYS)
def test_no_question_about_a_day_shows_what_is_planned_wished_or_denied_as_holding(world: SocialGraph, at: str) -> None:
    unreal = {r.id for r in world.holdings.relations if r.status in UNREAL}
    asked_of = {
        "staff-loans": {}, "funding": {}, "studies": {}, "no-stated-end": {}, "collaborations": {"entity": "exempelforbundet"},
        "members": {"network": "styrgruppen"}, "heads": {"organisation": "exempelforbundet"},
        "roles": {"person": "saga-sagosson-sagokommun"}, "event-participants": {"event": "exempeldagarna-2019"},
        "connections": {"first": "exempelforbundet", "second": "region-exempel"},
    }  # fmt: skip
    for question, given in asked_of.items():
        shown = {cell.id for cell in world.query(question, at=at, mode="possible", **given).column("relation") if isinstance(cell, Ref)}
        assert not shown & unreal, question


@pytest.mark.parametrize("at", DAYS)
def test_relations_without_a_stated_end_are_those_whose_claims_name_none(world: SocialGraph, at: str) -> None:
    day, published = last_day(at), {s.id: s.published_day for s in world.holdings.sources.values()}
    expected = {}
    for r in world.holdings.relations:
        told = [published[c.source] for c in r.claims if c.status == "actual" and published[c.source] <= day]
        ended = any(c.until or c.status == "ended" for c in r.claims if c.status in ("actual", "ended"))
        if told and not ended and r.status == "actual" and r.times.possible_from <= day:
            expected[r.id] = (max(told), r.times.holds(day, "presumed"))
    table = world.query("no-stated-end", at=at)
    rows = zip(table.column("relation"), table.column("last_evidence"), table.column("still_presumed"), strict=True)
    assert {cell.id: (seen, presumed) for cell, seen, presumed in rows if isinstance(cell, Ref)} == expected


def test_months_since_the_last_evidence_are_whole_months(world: SocialGraph) -> None:
    ages = [("2018-04-30", 0), ("2018-05-29", 0), ("2018-05-30", 1), ("2019-04-29", 11), ("2019-04-30", 12), ("2020-02-29", 21)]
    for at, months in ages:
        table = world.query("no-stated-end", kind="StaffLoan", entity="sagokommun", at=at)
        assert (table.column("last_evidence"), table.column("months")) == ([date(2018, 4, 30)], [months]), at


# ── paths


def test_a_path_is_found_from_either_end_and_never_goes_through_a_place(world: SocialGraph) -> None:
    there = world.query("connections", first="proba-provsson", second="kommunernas-forbund", at="2020-02-03")
    back = world.query("connections", first="kommunernas-forbund", second="proba-provsson", at="2020-02-03")
    assert sorted(map(str, there.column("relation"))) == sorted(map(str, back.column("relation")))
    assert back.column("step") == [1, 2, 3]
    through_town = world.query("connections", first="fou-exempel", second="exempelbladet", at="2020-01-15", mode="possible")
    assert len(through_town) == 0  # both lie in Exempelstad


def test_steps_of_a_path_hold_that_day_and_not_merely_some_day(world: SocialGraph) -> None:
    given = {"first": "proba-provsson", "second": "kommunernas-forbund", "mode": "presumed"}
    assert len(world.query("connections", at="2020-12-31", **given)) == 3
    assert len(world.query("connections", at="2021-01-01", **given)) == 0  # the loans are no longer presumed


# ── the real data


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_example_gives_rows_on_the_real_data(question: Question, real: SocialGraph) -> None:
    assert len(real.query(question.name, **question.example)) > 0
