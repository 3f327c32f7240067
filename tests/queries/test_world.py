"""What tests/world/README.md promises of the invented world; without it, other tests would pass by having nothing to test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from socialgraph.graph import SocialGraph
from socialgraph.intake.sources import SOURCE_KINDS
from socialgraph.model.claims import Claim
from socialgraph.model.findings import errors


@pytest.fixture(scope="module")
def claims(world: SocialGraph) -> tuple[Claim, ...]:
    return world.holdings.claims


def test_the_world_has_the_size_its_readme_says(world: SocialGraph) -> None:
    held = world.holdings
    assert (len(held.entities), len(held.sources), len(held.claims), len(held.relations), len(held.facts)) == (54, 8, 112, 76, 22)
    assert not errors(world.built.findings)


def test_every_kind_and_status_of_the_ontology_occurs(world: SocialGraph, claims: tuple[Claim, ...]) -> None:
    vocabulary = world.vocabulary
    assert {c.kind for c in claims} == vocabulary.relation_kinds.keys() | vocabulary.fact_kinds.keys()
    assert {c.status for c in claims} == vocabulary.in_scheme("status-scheme").keys()
    assert {c.basis for c in claims if c.basis} == vocabulary.in_scheme("basis-scheme").keys()
    assert {s.kind for s in world.holdings.sources.values()} == set(SOURCE_KINDS)


@pytest.mark.parametrize(
    "written",
    ["2019", "2018-10", "2018-03-01", "2018-21", "2019-23", "2017-24", "2015~", "2018?", "2018%", "197X", "2019-08/2019-12", "2018-06/..", "../2018-12-31", ""],
)
def test_every_way_of_writing_a_date_occurs(claims: tuple[Claim, ...], written: str) -> None:
    assert written in {date for c in claims for date in (c.since, c.until)}


def traits(world: SocialGraph) -> Iterator[tuple[str, bool]]:
    held = world.holdings
    symmetric = [{(c.from_, c.to) for c in r.claims} for r in held.relations if world.vocabulary.relation_kinds[r.kind].symmetric]
    statuses = [{c.status for c in r.claims} for r in held.relations]
    yield "a symmetric relation written in both orders", any(len(ends) == 2 for ends in symmetric)
    yield "a source with copies and one without", {bool(s.copies) for s in held.sources.values()} == {True, False}
    yield "a claim that is not in every copy", any(c.documents and set(c.documents) < {d.document for d in held.sources[c.source].copies} for c in held.claims)
    yield "episodes", len({c.episode for c in held.claims if c.episode}) == 2
    yield "an approximate sum and an exact one", {c.approximate for c in held.claims if c.amount} == {True, False}
    yield "an approximate count and an exact one", {c.approximate for c in held.claims if c.kind == "count"} == {True, False}
    yield "a share, and an extent in words", any(c.share for c in held.claims) and any(c.role_note for c in held.claims)
    yield "two wordings of the extent of one relation", any(len(r.role_notes) > 1 for r in held.relations)
    yield "a plan that became actual", {"planned", "actual"} in statuses
    yield "a plan that came to nothing", {"planned"} in statuses
    yield "a stated end", {"actual", "ended"} in statuses
    yield "a disputed period, a disputed sum, a denial", sum(r.disputed for r in held.relations) == 3
    yield "a source whose date is inferred", {s.published_basis for s in held.sources.values()} == {"stated", "inferred"}
    yield "two ids judged the same", any(old != standing for old, standing in held.merged.items())
    yield "namesakes judged different", {"saga-sagosson", "saga-sagosson-sagokommun"} <= held.entities.keys()
    yield "an entity no source says anything of", "spokstudien" in held.entities


def test_the_world_has_every_trait_other_tests_rely_on(world: SocialGraph) -> None:
    assert [trait for trait, there in traits(world) if not there] == []


def test_a_rename_shows_the_name_of_the_day(world: SocialGraph) -> None:
    assert world.view(at="2019-11-26").name("kommunernas-forbund") == "Kommunernas och landstingens förbund"
    assert world.view(at="2019-11-27").name("kommunernas-forbund") == "Kommunernas förbund"
