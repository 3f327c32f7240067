"""Claims, sources and entities as values: what names them, and what they say of themselves."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from decimal import Decimal

import pytest

from socialgraph.model.claims import ACTUAL_STATUSES, Claim, Entity, Source

CLAIM = Claim("column-2018", 2, "StaffLoan", "a", "b", locator="p3.s2", since="2018")
SAID = {
    "source": "x", "locator": "p4", "kind": "Mandate", "from_": "x", "to": "x", "value": "x", "lang": "sv", "person": "x", "role": "x", "about": "x",
    "topics": ("x",), "since": "2017", "until": "2019", "status": "ended", "episode": "2", "amount": Decimal(0), "share": Decimal(0), "currency": "SEK",
    "basis": "spent",
}  # fmt: skip
BESIDE = {"row": 9, "role_note": "deltid", "stated": "SKL", "documents": ("001",), "note": "approximate"}


def test_every_column_either_names_a_claim_or_stands_beside():
    assert {f.name for f in fields(Claim)} == SAID.keys() | BESIDE.keys()


@pytest.mark.parametrize("column", SAID)
def test_two_claims_that_say_different_things_have_different_ids(column):
    assert replace(CLAIM, **{column: SAID[column]}).id != CLAIM.id


@pytest.mark.parametrize("column", BESIDE)
def test_an_id_outlives_a_moved_row_and_a_better_note(column):
    assert replace(CLAIM, **{column: BESIDE[column]}).id == CLAIM.id


def test_a_claim_without_a_far_end_is_a_fact():
    assert not CLAIM.is_fact
    assert replace(CLAIM, to="", value="SKL").is_fact


@pytest.mark.parametrize(("note", "about"), [("approximate", True), ("approximate: 'drygt'", True), ("", False), ("not approximate", False)])
def test_an_amount_is_approximate_when_the_note_begins_so(note, about):
    assert replace(CLAIM, note=note).approximate is about


def test_only_actual_and_ended_say_that_it_holds_or_has_held():
    assert {"actual", "ended"} == ACTUAL_STATUSES


def test_values_do_not_change():
    with pytest.raises(FrozenInstanceError):
        CLAIM.since = "2019"


@pytest.mark.parametrize(("published", "day"), [("2018", "2018-12-31"), ("2018-04", "2018-04-30"), ("2017-21", "2017-05-31"), ("2018-04-05", "2018-04-05")])
def test_a_source_is_published_by_the_last_day_its_date_can_mean(published, day):
    assert Source("x", "X", "column", "skr", published, "stated").published_day == date.fromisoformat(day)


def test_an_entity_has_its_names_once_each_preferred_first():
    skr = Entity("skr", "Association", "Sveriges Kommuner och Regioner", "", "SKR", ("SKL", "SKR", "Sveriges Kommuner och Regioner"))
    assert skr.names == ("Sveriges Kommuner och Regioner", "SKR", "SKL")


def test_a_name_is_swedish_where_there_is_no_english_one():
    forte = Entity("forte", "NationalAgency", "Forte", "Research Council")
    assert (forte.name("sv"), forte.name("en"), replace(forte, name_en="").name("en")) == ("Forte", "Research Council", "Forte")


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2018-04-12", "2018-04-12", "2018-04-12"),
        ("2018-04", "2018-04-30", "2018-04-30"),
        ("2017-21", "2017-05-31", "2017-05-31"),
        ("2018", "2018-01-01", "2018-12-31"),
    ],
)
def test_a_source_speaks_of_the_last_day_of_its_date_unless_that_is_vaguer_than_a_season(published, first, last):
    source = Source("s", "S", "page", "p", published, "stated")
    assert [d.isoformat() for d in (source.written.earliest, source.written.latest)] == [first, last]
    assert source.published_day.isoformat() == last
