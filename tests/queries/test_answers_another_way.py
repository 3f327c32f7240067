"""Questions whose answers are easily wrong, computed another way from the view: overlaps that are real, money counted once, shares that add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from socialgraph.graph import SocialGraph
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.relations import Relation
from socialgraph.model.table import Ref
from socialgraph.view import View

DAYS = ["2017-09-30", "2018-04-30", "2018-05-01", "2019-12-31", "2020-06-30", "2024-12-31"]
MODES = ["certain", "presumed", "possible"]


def bodies(view: View, relation: Relation) -> Iterator[tuple[str, str]]:
    """The person and bodies that an employment, loan or seat ties together."""
    if relation.kind == "Employment":
        yield relation.to, relation.from_
    elif relation.kind == "StaffLoan":
        yield from ((relation.person, body) for body in (relation.from_, relation.to))
    elif relation.kind == "Membership":
        yield relation.from_, relation.to
        yield from ((relation.person, body) for body in (relation.from_, relation.to))


def bounds(relation: Relation, mode: str) -> tuple[date, date]:
    times = relation.times
    return {
        "certain": (times.certain_from, times.certain_until), "presumed": (times.certain_from, times.presumed_until),
        "possible": (times.possible_from, times.possible_until),
    }[mode]  # fmt: skip


def bound_together(view: View, kinds: set[str]) -> dict[tuple[str, str, str], tuple[date, date]]:
    persons = {e.id for e in view.holdings.entities.values() if e.kind == "Person"}
    ties = [(person, body, r) for r in view.relations() if r.kind in kinds for person, body in bodies(view, r) if person in persons]
    found: dict[tuple[str, str, str], tuple[date, date]] = {}
    for (one, body, r), (other, elsewhere, s) in combinations(sorted(ties, key=lambda t: (t[0], t[1])), 2):
        if one == other and body != elsewhere:
            (a, b), (c, d) = bounds(r, view.mode), bounds(s, view.mode)
            start, end = max(a, c), min(b, d)
            assert start <= view.at <= end, "both hold on the day"
            key = (one, *sorted((body, elsewhere)))
            former = found.get(key, (MAX, MIN))
            found[key] = (min(former[0], start), max(former[1], end))
    return found


def cell(value: Any) -> str:
    assert isinstance(value, Ref)
    return value.id


@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("mode", MODES)
def test_people_bind_organisations_only_where_their_periods_really_overlap(real: SocialGraph, at: str, mode: str) -> None:
    view = real.view(at=at, mode=mode)
    for question, kinds in (("binders", {"Employment", "StaffLoan", "Membership"}), ("shared-posts", {"Employment", "StaffLoan"})):
        rows = real.query(question, at=at, mode=mode).to_dicts()
        found = {(cell(r["person"]), *sorted((cell(r["one"]), cell(r["other"])))): (r["overlap_from"], r["overlap_until"]) for r in rows}
        assert found == bound_together(view, kinds), question
        assert len(found) == len(rows)


def test_binders_occur_in_every_mode(real: SocialGraph) -> None:
    assert all(len(real.query("binders", at="2019-12-31", mode=mode)) > 0 for mode in MODES)


@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("mode", MODES)
def test_shares_of_a_network_add_up_to_their_denominator(real: SocialGraph, at: str, mode: str) -> None:
    for network in ("rss-natverket", "huvudmannagruppen", "partnerskapet-for-kunskapsstyrning"):
        rows = real.query("composition", network=network, at=at, mode=mode).to_dicts()
        members = {r.from_ for r in real.view(at=at, mode=mode).relations(kind="Membership") if r.to == network}
        known = [r for r in rows if cell(r["kind"]) != "unknown"]
        assert sum(r["number"] for r in known) == len(members)  # type: ignore[misc]
        for row in rows:
            assert row["of_all"] == sum(r["number"] for r in rows)  # type: ignore[misc]


def test_state_money_counts_each_funding_once_and_never_across_stages(real: SocialGraph) -> None:
    rows = real.query("state-money")
    listed = [w for row in rows.witnesses for w in row]
    assert len(listed) == len(set(listed)), "no relation stands in two rows"
    relations = {f"sgr:{r.id}": r for r in real.holdings.relations}
    for row, witnesses in zip(rows.to_dicts(), rows.witnesses, strict=True):
        behind = [relations[w] for w in witnesses]
        assert row["total"] == sum(r.amount for r in behind if r.amount is not None)
        assert row["fundings"] == len(behind)
        assert {r.basis for r in behind} == {cell(row["basis"])}
        assert {r.currency for r in behind} == {row["currency"]}
        assert all(r.status in ("actual", "ended") for r in behind)


@pytest.mark.parametrize("months", [1, 6, 12, 24])
@pytest.mark.parametrize("at", DAYS)
def test_an_end_that_no_source_states_is_never_soon(real: SocialGraph, at: str, months: int) -> None:
    relations = {r.id: r for r in real.holdings.relations}
    for row in real.query("ends-soon", at=at, months=str(months)).to_dicts():
        relation = relations[cell(row["relation"])]
        assert relation.times.end_latest < MAX
        assert relation.times.end_latest >= date.fromisoformat(at)
        assert any(c.until for c in relation.claims) or relation.status == "ended"


@pytest.mark.parametrize("cited", ["2017-12-31", "2018-04-30", "2019-12-31"])
def test_what_was_known_when_cited_is_what_a_view_known_by_then_holds(real: SocialGraph, cited: str) -> None:
    entity = "kommunforbundet-vasternorrland"
    then = real.view(at=cited, known_by=cited).scoped.relations
    expected = {r.id: len(r.claims) for r in then if entity in (r.from_, r.to, r.person, r.about)}
    rows = real.query("as-cited", entity=entity, cited=cited, at=cited).to_dicts()
    assert {cell(r["relation"]): r["then"] for r in rows if r["then"]} == expected
    assert expected


@pytest.mark.parametrize("county", ["vasternorrlands-lan", "stockholms-lan", "jonkopings-lan"])
def test_municipalities_outside_have_no_relation_but_their_place(real: SocialGraph, county: str) -> None:
    for at, mode in (("2019-12-31", "presumed"), ("2024-12-31", "possible")):
        view = real.view(at=at, mode=mode)
        inside = {end for r in view.relations() if r.kind != "Location" for end in (r.from_, r.to)}
        there = {e.id for e in view.holdings.entities.values() if e.kind == "Municipality" and e.county == county}
        assert {cell(c) for c in real.query("municipalities-outside", county=county, at=at, mode=mode).column("municipality")} == there - inside
