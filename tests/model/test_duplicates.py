"""Probable duplicates are listed for a person to judge; homonyms and numbered things stay apart."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.model.claims import Entity
from socialgraph.model.duplicates import probable_duplicates
from socialgraph.model.search import bare


def found(*entities: Entity, judged=()):
    findings = probable_duplicates(entities, judged={frozenset(pair) for pair in judged}, people={"Person"})
    return [(f.detail.split()[0], f.found, f.column, f.severity) for f in findings]


def unit(id, name, kind="Network", **cells):
    return Entity(id, kind, name, file="x.csv", row=2, **cells)


def test_the_same_number_is_a_warning_whatever_the_kind():
    pair = unit("a", "Aby", organisation_number="212000-0803"), unit("b", "Bby", kind="Region", organisation_number="212000-0803")
    assert found(*pair) == [("a", "212000-0803", "organisation_number", "warning")]


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("FoU Välfärd", "FoU Valfärd", True),  # dots and accents are a slip of the pen in an organisation's name
        ("FoU Välfärd", "fou  välfärd", True),
        ("Nätverket för stödstrukturer", "Nätverket för stödstruktur", True),
        ("FoU Norr", "FoU Söder", False),
        ("Socialchefsdagarna 2023", "Socialchefsdagarna 2024", False),
    ],
)
def test_near_names_of_one_kind_are_listed(left, right, near):
    assert bool(found(unit("a", left), unit("b", right))) is near


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [("Helena Åman", "Helena Aman", False), ("Helena Åman", "Helena Åhman", True), ("Sven Ek", "Sven Ek", True), ("Anna Berg", "Anna Borg", False)],
)
def test_people_are_compared_with_their_dots(left, right, near):
    assert bool(found(unit("a", left, kind="Person"), unit("b", right, kind="Person"))) is near


def test_another_kind_another_county_or_another_number_is_another_thing():
    assert found(unit("a", "FoU Välfärd"), unit("b", "FoU Välfärd", kind="RnDUnit")) == []
    assert found(unit("a", "FoU Välfärd", county="x-lan"), unit("b", "FoU Välfärd", county="y-lan")) == []
    assert found(unit("a", "Håbo kommun", code="0305"), unit("b", "Habo kommun", code="0643")) == []


@settings(max_examples=200)
@given(st.lists(st.text("abc ", min_size=8, max_size=30), min_size=2, max_size=12))
def test_no_pair_that_is_alike_is_passed_over(names):
    units = [unit(f"u{number:02}", name) for number, name in enumerate(names)]
    alike = {(a.id, b.id) for a, b in combinations(units, 2) if SequenceMatcher(None, bare(a.name_sv), bare(b.name_sv), autojunk=False).ratio() >= 0.92}
    findings = probable_duplicates([replace(u, row=number) for number, u in enumerate(units)], judged=set(), people=set())
    assert {(f.detail.split()[0], f"u{f.row:02}") for f in findings} == alike


def test_names_at_the_very_bound_are_listed():
    left, right = "abcdefghijklmnopqrstuvw", "abcdefghijklmnopqrstuvwxyzå"  # 2 · 23 of 50 letters: 0.92
    assert found(unit("a", left), unit("b", right))


def test_a_judged_pair_is_not_listed_again():
    pair = unit("a", "FoU Välfärd"), unit("b", "FoU Välfärd")
    assert found(*pair)
    assert found(*pair, judged=[("b", "a")]) == []
