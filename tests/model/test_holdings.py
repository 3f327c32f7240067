"""Holdings: fewer claims are gathered anew; merged ids give way to the one that stands, and nothing is lost of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.holdings import assemble, merge_entities
from socialgraph.model.vocabulary import FactKind, RelationKind, Vocabulary

NOTHING = frozenset[str]()
WORDS = Vocabulary(
    {},
    {"Loan": RelationKind("Loan", {}, {}, {}, NOTHING, NOTHING, NOTHING, "P1Y", "", "", symmetric=False, transitive=False)},
    {"alias": FactKind("alias", {}, NOTHING, "P1Y")},
    {},
)
ENTITIES = {id: Entity(id, "Organisation", id.upper(), source="reg") for id in "abcde"}
SOURCES = {id: Source(id, id, "report", "a", published, "stated") for id, published in {"spring": "2018-04", "summer": "2018-07-01", "year": "2018"}.items()}


def claim(source, **cells):
    return Claim(**{"source": source, "row": 2, "kind": "Loan", "from_": "a", "to": "b", "locator": "p1", **cells})


def held(*claims, merged=None):
    return assemble(WORDS, ENTITIES, SOURCES, claims, merged or {})


def test_a_source_is_known_by_the_last_day_on_which_it_can_have_been_published():
    known = {day: sorted(held().scoped(known_by=date.fromisoformat(day)).sources) for day in ("2018-04-29", "2018-04-30", "2018-07-01", "2018-12-31")}
    assert known == {"2018-04-29": [], "2018-04-30": ["spring"], "2018-07-01": ["spring", "summer"], "2018-12-31": ["spring", "summer", "year"]}


def test_bounds_are_those_that_could_be_known_that_day():
    """Model §7.7: a later text that knows the start does not date the relation before it was published."""
    all_held = held(claim("spring"), claim("summer", since="2017-09-15"))
    (now,), (then,) = all_held.relations, all_held.scoped(known_by=date(2018, 6, 30)).relations
    assert now.id == then.id
    assert now.times.holds(date(2017, 12, 1), "certain")
    assert not then.times.holds(date(2017, 12, 1), "certain")
    assert then.times.last_seen == date(2018, 4, 30)


def test_a_choice_of_sources_leaves_the_claims_of_the_others_out():
    chosen = held(claim("spring"), claim("summer", to="c")).scoped(sources=["summer"])
    assert [r.to for r in chosen.relations] == ["c"]
    assert list(chosen.sources) == ["summer"]


def test_a_choice_of_everything_is_the_holdings_themselves():
    everything = held(claim("spring"))
    assert everything.scoped() is everything
    assert everything.scoped(known_by=date.max) == everything


DAYS = st.dates(date(2018, 1, 1), date(2019, 1, 31))
CLAIMS = st.lists(st.builds(claim, st.sampled_from(sorted(SOURCES)), row=st.integers(2, 9), to=st.sampled_from("bcd")), max_size=6)


@settings(max_examples=60)
@given(CLAIMS, DAYS, DAYS)
def test_what_is_known_by_a_day_is_known_by_every_later_day(claims, one_day, other_day):
    early, late = (held(*claims).scoped(known_by=day) for day in sorted((one_day, other_day)))
    assert set(early.claims) <= set(late.claims)
    assert {r.id for r in early.relations} <= {r.id for r in late.relations}
    assert late.scoped(known_by=min(one_day, other_day)) == early, "looking back from later is looking from then"


# ── identity


def test_claims_of_merged_ids_are_claims_of_the_one_that_stands():
    merged = {"d": "a", "e": "b"}
    made = held(claim("spring"), claim("summer", from_="d", to="e"), claim("year", person="d", about="e"), merged=merged)
    assert {(r.from_, r.to, r.person, r.about): len(r.claims) for r in made.relations} == {("a", "b", "", ""): 2, ("a", "b", "a", "b"): 1}
    assert made.scoped(sources=["summer"]).relations[0].from_ == "a", "a scoped view is merged too"


def test_the_one_that_stands_gets_names_numbers_and_sources_of_the_merged():
    full = Entity("d", "Organisation", "Dee", "Dee Ltd", "D", ("Old Dee", "A"), county="c", ror="r", code="0114", source="other")
    merged = merge_entities({**ENTITIES, "a": replace(ENTITIES["a"], code="22"), "d": full}, {"d": "a"})
    a = merged["a"]
    assert "d" not in merged
    assert (a.name_sv, a.alt_names) == ("A", ("Dee", "Dee Ltd", "D", "Old Dee"))
    assert (a.code, a.ror, a.county, a.source) == ("22", "r", "c", "reg|other")


def test_whoever_named_a_merged_id_as_county_or_whole_names_the_one_that_stands():
    merged = merge_entities({**ENTITIES, "b": replace(ENTITIES["b"], part_of="d", county="e")}, {"d": "a", "e": "c"})
    assert (merged["b"].part_of, merged["b"].county) == ("a", "c")


def test_nothing_merged_is_nothing_changed():
    assert merge_entities(ENTITIES, {}) == ENTITIES
