"""Time, as a specification (model §6–7): what claims make of a relation, and on which days it holds in which mode."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.model.claims import Claim
from socialgraph.model.dates import MAX, MIN, Bounds, bounds
from socialgraph.model.relations import MODES, gather
from socialgraph.model.vocabulary import FactKind, RelationKind, Vocabulary


def kind(id, presumed_for, *, symmetric=False):
    nothing = frozenset()
    return RelationKind(id, {}, {}, {}, nothing, nothing, nothing, presumed_for, "", "", symmetric, transitive=False)


WORDS = Vocabulary({}, {"Loan": kind("Loan", "P1Y"), "Tie": kind("Tie", "P2Y", symmetric=True)}, {"alias": FactKind("alias", {}, frozenset(), "P10Y")}, {})
"""A loan is presumed for a year after it was last seen going on; a tie has no direction; an alias is a fact."""


def told(published, *, row=2, **cells):
    """A claim of a loan in a text published that day; the source is named by its day."""
    end = {} if "value" in cells else {"to": "b"}
    return Claim(**{"source": published, "row": row, "kind": "Loan", "from_": "a", "locator": "p1.s1", **end, **cells})


def gathered(*claims):
    return gather(claims, written={c.source: Bounds(*[date.fromisoformat(c.source[:10])] * 2) for c in claims}, vocabulary=WORDS)


def one(*claims):
    relations, facts = gathered(*claims)
    (made,) = [*relations, *facts]
    return made


def text(made):
    """A relation's times as the tables below write them: `?` is unknown, `never` a mode in which it holds on no day."""

    def span(first, last):
        known = ("?" if d in (MIN, MAX) else d.isoformat() for d in (first, last))
        return "never" if first > last else "–".join(known)

    t = made.times
    return {
        "start": span(t.start_earliest, t.start_latest), "end": span(t.end_earliest, t.end_latest),
        "certain": span(t.certain_from, t.certain_until), "presumed": span(t.certain_from, t.presumed_until),
        "possible": span(t.possible_from, t.possible_until),
        "status": made.status + (" disputed" if made.disputed else ""),
    }  # fmt: skip


def spec(start, end, certain, presumed, possible, status="actual"):
    return {"start": start, "end": end, "certain": certain, "presumed": presumed, "possible": possible, "status": status}


NEVER = ("never", "never", "never")
SEEN = "2018-04-30"  # the day most of these texts were published

ONE_CLAIM = {
    "no dates: it goes on when the text is published, and no more is known": (
        told(SEEN),
        spec("?–2018-04-30", "2018-04-30–?", "2018-04-30–2018-04-30", "2018-04-30–2019-04-30", "?–?"),
    ),
    "since a day": (
        told(SEEN, since="2017-09-15"),
        spec("2017-09-15–2017-09-15", "2018-04-30–?", "2017-09-15–2018-04-30", "2017-09-15–2019-04-30", "2017-09-15–?"),
    ),
    "since a year: certain from its last day, possible from its first": (
        told(SEEN, since="2016"),
        spec("2016-01-01–2016-12-31", "2018-04-30–?", "2016-12-31–2018-04-30", "2016-12-31–2019-04-30", "2016-01-01–?"),
    ),
    "since the running year: begun by the day of publication": (
        told(SEEN, since="2018"),
        spec("2018-01-01–2018-04-30", "2018-04-30–?", "2018-04-30–2018-04-30", "2018-04-30–2019-04-30", "2018-01-01–?"),
    ),
    "since a season": (
        told(SEEN, since="2017-23"),
        spec("2017-09-01–2017-11-30", "2018-04-30–?", "2017-11-30–2018-04-30", "2017-11-30–2019-04-30", "2017-09-01–?"),
    ),
    "since a winter, which ends in February": (
        told(SEEN, since="2017-24"),
        spec("2017-12-01–2018-02-28", "2018-04-30–?", "2018-02-28–2018-04-30", "2018-02-28–2019-04-30", "2017-12-01–?"),
    ),
    "since some day of an interval (hösten as a term)": (
        told(SEEN, since="2017-08/2017-12"),
        spec("2017-08-01–2017-12-31", "2018-04-30–?", "2017-12-31–2018-04-30", "2017-12-31–2019-04-30", "2017-08-01–?"),
    ),
    "since about a year": (
        told(SEEN, since="2015~"),
        spec("2014-01-01–2016-12-31", "2018-04-30–?", "2016-12-31–2018-04-30", "2016-12-31–2019-04-30", "2014-01-01–?"),
    ),
    "until a coming year: certain until that year begins, and nothing is presumed past a stated end": (
        told(SEEN, since="2017-09-15", until="2020"),
        spec("2017-09-15–2017-09-15", "2020-01-01–2020-12-31", "2017-09-15–2020-01-01", "2017-09-15–2020-01-01", "2017-09-15–2020-12-31"),
    ),
    "until the running year: it still goes on": (
        told(SEEN, since="2017-09-15", until="2018"),
        spec("2017-09-15–2017-09-15", "2018-04-30–2018-12-31", "2017-09-15–2018-04-30", "2017-09-15–2018-04-30", "2017-09-15–2018-12-31"),
    ),
    "until a past year: the day of publication says nothing": (
        told(SEEN, since="2015-03-01", until="2016"),
        spec("2015-03-01–2015-03-01", "2016-01-01–2016-12-31", "2015-03-01–2016-01-01", "2015-03-01–2016-01-01", "2015-03-01–2016-12-31"),
    ),
    "until a past year, begun nobody says when: begun before it ended": (
        told(SEEN, until="2016"),
        spec("?–2016-12-31", "2016-01-01–2016-12-31", "never", "never", "?–2016-12-31"),
    ),
    "during one year": (
        told(SEEN, since="2016", until="2016"),
        spec("2016-01-01–2016-12-31", "2016-01-01–2016-12-31", "never", "never", "2016-01-01–2016-12-31"),
    ),
    "an end not before a year is no stated end: it is presumed on": (
        told(SEEN, since="2017-09-15", until="2018/.."),
        spec("2017-09-15–2017-09-15", "2018-04-30–?", "2017-09-15–2018-04-30", "2017-09-15–2019-04-30", "2017-09-15–?"),
    ),
    "ended, no dates: it has been, some time before the text": (
        told(SEEN, status="ended"),
        spec("?–2018-04-30", "?–2018-04-30", "never", "never", "?–2018-04-30", "ended"),
    ),
    "ended, begun on a day: certain that day only": (
        told(SEEN, since="2015-03-01", status="ended"),
        spec("2015-03-01–2015-03-01", "2015-03-01–2018-04-30", "2015-03-01–2015-03-01", "2015-03-01–2015-03-01", "2015-03-01–2018-04-30", "ended"),
    ),
    "ended, both days known": (
        told(SEEN, since="2015-03-01", until="2016-06-30", status="ended"),
        spec("2015-03-01–2015-03-01", "2016-06-30–2016-06-30", *["2015-03-01–2016-06-30"] * 3, "ended"),
    ),
    "ended this year: over by the day of publication": (
        told(SEEN, since="2015-03-01", until="2018", status="ended"),
        spec("2015-03-01–2015-03-01", "2018-01-01–2018-04-30", "2015-03-01–2018-01-01", "2015-03-01–2018-01-01", "2015-03-01–2018-04-30", "ended"),
    ),
    "planned: dated as written, holds on no day": (
        told(SEEN, since="2019", until="2021", status="planned"),
        spec("2019-01-01–2019-12-31", "2021-01-01–2021-12-31", *NEVER, "planned"),
    ),
    "planned without dates": (told(SEEN, status="planned"), spec("?–?", "?–?", *NEVER, "planned")),
    "wished": (told(SEEN, since="2018", status="wished"), spec("2018-01-01–2018-12-31", "2018-01-01–?", *NEVER, "wished")),
    "denied": (told(SEEN, status="denied"), spec("?–?", "?–?", *NEVER, "denied")),
}


@pytest.mark.parametrize("case", ONE_CLAIM)
def test_one_claim(case):
    claim, expected = ONE_CLAIM[case]
    assert text(one(claim)) == expected


SEVERAL_CLAIMS = {
    "planned, later actual: one relation, both kept, dated by the actual claim alone": (
        [told("2018-04-30", since="2019", status="planned"), told("2019-06-14", since="2019-02")],
        spec("2019-02-01–2019-02-28", "2019-06-14–?", "2019-02-28–2019-06-14", "2019-02-28–2020-06-14", "2019-02-01–?"),
    ),
    "actual, later wished again: the wish changes nothing": (
        [told("2018-04-30", since="2017-09-15"), told("2019-06-14", since="2021", status="wished")],
        spec("2017-09-15–2017-09-15", "2018-04-30–?", "2017-09-15–2018-04-30", "2017-09-15–2019-04-30", "2017-09-15–?"),
    ),
    "planned and wished and denied: still no day": (
        [told("2018-04-30", status="planned"), told("2018-05-31", status="wished"), told("2018-06-30", status="denied")],
        spec("?–?", "?–?", *NEVER, "denied"),
    ),
    "actual, later ended: over some day between the two texts": (
        [told("2018-04-30", since="2017-09-15"), told("2019-06-14", status="ended")],
        spec("2017-09-15–2017-09-15", "2018-04-30–2019-06-14", "2017-09-15–2018-04-30", "2017-09-15–2018-04-30", "2017-09-15–2019-06-14", "ended"),
    ),
    "actual and ended on one day: ended": (
        [told("2018-04-30", since="2017-09-15", row=9), told("2018-04-30", status="ended", row=2)],
        spec("2017-09-15–2017-09-15", "2018-04-30–2018-04-30", *["2017-09-15–2018-04-30"] * 3, "ended"),
    ),
    "seen twice, the later text without dates: certain throughout": (
        [told("2018-04-30", since="2017-09-15"), told("2019-06-14")],
        spec("2017-09-15–2017-09-15", "2019-06-14–?", "2017-09-15–2019-06-14", "2017-09-15–2020-06-14", "2017-09-15–?"),
    ),
    "three texts, each knows a little more": (
        [told("2016-12-31", since="2015/2016"), told("2018-04-30", since="2016", until="2019/2021"), told("2019-06-14", since="2016-05/2017-12", until="2020")],
        spec("2016-05-01–2016-12-31", "2020-01-01–2020-12-31", "2016-12-31–2020-01-01", "2016-12-31–2020-01-01", "2016-05-01–2020-12-31"),
    ),
    "two disjoint starts: both kept, disputed, certain only from the later": (
        [told("2018-04-30", since="2015"), told("2019-06-14", since="2017")],
        spec("2015-01-01–2017-12-31", "2019-06-14–?", "2017-12-31–2019-06-14", "2017-12-31–2020-06-14", "2015-01-01–?", "actual disputed"),
    ),
    "two disjoint ends: disputed, possible until the later": (
        [told("2018-04-30", since="2010-01-01", until="2015"), told("2019-06-14", since="2010-01-01", until="2017")],
        spec("2010-01-01–2010-01-01", "2015-01-01–2017-12-31", *["2010-01-01–2015-01-01"] * 2, "2010-01-01–2017-12-31", "actual disputed"),
    ),
    "over before it began, says one text of another: disputed": (
        [told("2018-04-30", since="2017-09-15"), told("2019-06-14", until="2016", status="ended")],
        spec("?–2017-09-15", "2016-01-01–?", "never", "never", "?–?", "ended disputed"),
    ),
    "denied by another text: disputed, the claims stand as they are": (
        [told("2018-04-30", since="2017-09-15"), told("2018-06-30", status="denied")],
        spec("2017-09-15–2017-09-15", "2018-04-30–?", "2017-09-15–2018-04-30", "2017-09-15–2019-04-30", "2017-09-15–?", "actual disputed"),
    ),
}


@pytest.mark.parametrize("case", SEVERAL_CLAIMS)
def test_several_claims(case):
    claims, expected = SEVERAL_CLAIMS[case]
    made = one(*claims)
    assert text(made) == expected
    assert set(made.claims) == set(claims)


def test_seen_is_when_the_texts_were_published_whatever_they_say():
    times = one(told("2018-04-30", since="2010", until="2012"), told("2016-12-31", status="planned")).times
    assert (times.first_seen, times.last_seen) == (date(2016, 12, 31), date(2018, 4, 30))


def test_after_it_was_denied_or_ended_and_came_back_it_is_disputed():
    assert one(told("2016-01-31", status="ended"), told("2018-04-30")).disputed


def test_the_mode_of_a_day_is_the_strongest():
    times = one(told(SEEN, since="2016")).times
    said = {"2015-12-31": "", "2016-01-01": "possible", "2016-12-31": "certain", "2018-04-30": "certain", "2018-05-01": "presumed", "2019-04-30": "presumed"}
    assert {day: times.mode(date.fromisoformat(day)) for day in said} == said
    assert times.mode(date(2019, 5, 1)) == "possible"


# ── which claims make one relation


def test_a_relation_is_its_kind_ends_person_role_about_and_episode():
    first = told(SEEN)
    others = [replace(first, **{f: "x"}) for f in ("from_", "to", "person", "role", "about", "episode")] + [replace(first, kind="Tie")]
    relations, _ = gathered(first, *others)
    assert len({r.id for r in relations}) == 8


def test_what_is_only_said_of_a_relation_is_no_part_of_its_identity():
    first = told(SEEN)
    others = [told("2019-06-14", since="2010", stated="x", note="y"), told("2019-06-16", share=Decimal("0.5"), topics=("t",), role_note="z")]
    assert one(first, *others).id == one(first).id


def test_a_title_printed_with_other_capitals_and_blanks_is_the_same_title():
    made = one(told("2018-04-30", role="Utvecklingschef"), told("2019-06-14", role=" utvecklingschef "))
    assert made.role == "Utvecklingschef"


def test_ends_without_direction_give_one_relation_in_either_order():
    made = one(told("2018-04-30", kind="Tie", from_="b", to="a"), told("2019-06-14", kind="Tie", from_="a", to="b"))
    assert (made.from_, made.to) == ("a", "b")
    relations, _ = gathered(told("2018-04-30", from_="b", to="a"), told("2019-06-14", from_="a", to="b"))
    assert len(relations) == 2


def test_a_fact_is_its_kind_entity_value_language_about_topics_and_episode():
    first = told(SEEN, kind="alias", value="SKL", lang="sv")
    changes = [{"from_": "x"}, {"value": "SKR"}, {"lang": "en"}, {"about": "x"}, {"topics": ("t",)}, {"episode": "2"}]
    _, facts = gathered(first, *(replace(first, **c) for c in changes))
    assert len({f.id for f in facts}) == 7
    assert one(first, told("2019-06-14", kind="alias", value=" skl", lang="sv")).value == "SKL"


def test_a_fact_is_dated_like_a_relation_with_its_own_presumption():
    assert one(told(SEEN, kind="alias", value="SKL", lang="sv", since="2007")).times.presumed_until == date(2028, 4, 30)


# ── money and shares


def funded(published, amount, *, basis="granted", currency="SEK", **cells):
    return told(published, amount=Decimal(amount), basis=basis, currency=currency, **cells)


@pytest.mark.parametrize(
    ("claims", "amount", "disputed"),
    [
        ([funded("2018-04-30", 12), funded("2019-06-14", 12)], 12, False),
        ([funded("2018-04-30", 12), funded("2019-06-14", 13)], 13, True),
        ([funded("2018-04-30", 12), funded("2019-06-14", 11, basis="spent")], 11, False),
        ([funded("2018-04-30", 12, status="planned"), funded("2019-06-14", 13)], 13, False),
        ([funded("2018-04-30", 12), funded("2019-06-14", 13, status="wished")], 12, False),
        ([funded("2018-04-30", 12), told("2019-06-14")], 12, False),
        ([funded("2018-04-30", 12, status="planned")], 12, False),
    ],
    ids=["same", "another sum", "granted and spent are two measures", "the plan was another", "a wish for more", "the later text names none", "planned only"],
)
def test_the_newest_sum_that_counts(claims, amount, disputed):
    made = one(*claims)
    assert (made.amount, made.disputed) == (amount, disputed)


def test_two_shares_at_once_are_disputed_and_the_newest_is_shown():
    made = one(told("2018-04-30", share=Decimal("0.5")), told("2019-06-14", share=Decimal("0.8")))
    assert (made.share, made.disputed) == (Decimal("0.8"), True)


def test_topics_and_role_notes_are_joined():
    made = one(told("2018-04-30", topics=("b",), role_note="deltid"), told("2019-06-14", topics=("a", "b")))
    assert (made.topics, made.role_notes) == (("a", "b"), ("deltid",))


def test_claims_stand_in_the_order_of_their_texts_and_places():
    claims = [told("2018-04-30", locator="p10.s1"), told("2018-04-30", locator="p3.s2"), told("2017-01-31", locator="p11")]
    assert [c.locator for c in one(*claims).claims] == ["p11", "p3.s2", "p10.s1"]


# ── and of any claims at all

POINTS = st.sampled_from([
    "2012", "2013-05", "2014-03-02", "2015~", "2015-21", "2016", "2016-23", "2016-24", "2017-06", "2017-06-30", "2018", "2018?", "2019-01", "2020", "201X",
    "2012/2014", "2015-08/2015-12", "2016/..", "../2015", "../2018-06",
])  # fmt: skip
VAGUE = st.one_of(st.just(""), POINTS)
SOURCES = [f"{year}-{month}-28" for year in range(2013, 2021) for month in ("02", "09")]
REAL, UNREAL = ("actual", "ended"), ("planned", "wished", "denied")


@st.composite
def claims_of(draw, statuses=("actual", "actual", "ended", *UNREAL), most=5):
    """Claims that the row gate lets through, in rows that differ."""
    made = []
    for row in range(2, 2 + draw(st.integers(1, most))):
        claim = told(draw(st.sampled_from(SOURCES)), row=row, since=draw(VAGUE), until=draw(VAGUE), status=draw(st.sampled_from(statuses)))
        if claim.status in REAL and bounds(claim.since).earliest > date.fromisoformat(claim.source):
            claim = replace(claim, since="")
        if bounds(claim.since).earliest > bounds(claim.until).latest:
            claim = replace(claim, until="")
        made.append(replace(claim, locator=draw(st.sampled_from(["p1.s1", "p2.s1", "p10.s3"]))))
    return made


def interesting_days(*relations):
    """Every bound, and the days beside it."""
    bounds_of = {getattr(r.times, name) for r in relations for name in r.times.__slots__}
    return sorted({d + timedelta(n) for d in bounds_of if MIN < d < MAX for n in (-1, 0, 1)} | {MIN, MAX})


@settings(max_examples=150, deadline=None)
@given(claims_of())
def test_certain_days_are_presumed_and_presumed_days_are_possible(claims):
    made = one(*claims)
    for day in interesting_days(made):
        certain, presumed, possible = (made.times.holds(day, mode) for mode in MODES)
        assert certain <= presumed <= possible  # as truth values: each implies the next


@settings(max_examples=100, deadline=None)
@given(claims_of())
def test_no_day_before_the_earliest_start_or_after_the_latest_end_is_possible(claims):
    times = one(*claims).times
    assert times.start_earliest <= times.start_latest
    assert times.end_earliest <= times.end_latest
    assert times.start_earliest == MIN or not times.holds(times.start_earliest - timedelta(1), "possible")
    assert times.end_latest == MAX or not times.holds(times.end_latest + timedelta(1), "possible")


@settings(max_examples=60, deadline=None)
@given(claims_of(statuses=UNREAL))
def test_what_is_only_planned_wished_or_denied_holds_on_no_day(claims):
    made = one(*claims)
    assert made.status in UNREAL
    assert not any(made.times.holds(day, mode) for day in interesting_days(made) for mode in MODES)


@settings(max_examples=80, deadline=None)
@given(claims_of(statuses=REAL), claims_of(statuses=UNREAL))
def test_plans_wishes_and_denials_add_and_take_no_day_from_what_is_actual(real, unreal):
    alone, together = one(*real), one(*real, *(replace(c, row=c.row + 100) for c in unreal))
    seen = {"first_seen": alone.times.first_seen, "last_seen": alone.times.last_seen}
    assert replace(together.times, **seen) == alone.times
    assert together.status == alone.status


@settings(max_examples=80, deadline=None)
@given(claims_of(statuses=REAL, most=3))
def test_where_the_texts_agree_every_day_of_publication_on_which_it_went_on_is_certain(claims):
    made = one(*claims)
    for claim in () if made.disputed else claims:
        day = date.fromisoformat(claim.source)
        if claim.status == "actual" and bounds(claim.until).latest >= day:
            assert made.times.holds(day, "certain")


@settings(max_examples=80, deadline=None)
@given(claims_of(statuses=("actual",)))
def test_certain_reaches_from_the_latest_start_to_the_last_text_that_saw_it_or_the_earliest_end(claims):
    """Model §7.3 to the letter, where every text saw it going on and none disagrees."""
    claims = [c for c in claims if bounds(c.until).latest >= date.fromisoformat(c.source)] or [told(SEEN)]
    made = one(*claims)
    if not made.disputed:
        t = made.times
        assert (t.certain_from, t.certain_until) == (t.start_latest, max(t.last_seen, t.end_earliest))


@settings(max_examples=120, deadline=None)
@given(claims_of(statuses=REAL), st.integers(0, 4))
def test_knowing_more_narrows_the_bounds_unless_the_texts_disagree(claims, number):
    """More texts: what is disputed stays so; else no certain day is lost, none becomes possible, and every bound only tightens."""
    known_by = claims[number % len(claims)].source
    before, after = one(*(c for c in claims if c.source <= known_by)), one(*claims)
    assert before.id == after.id
    assert set(before.claims) <= set(after.claims)
    assert after.disputed or not before.disputed
    if not after.disputed:
        a, b = before.times, after.times
        assert a.start_earliest <= b.start_earliest <= b.start_latest <= a.start_latest
        assert a.end_earliest <= b.end_earliest <= b.end_latest <= a.end_latest
        for day in interesting_days(before, after):
            assert a.holds(day, "certain") <= b.holds(day, "certain")
            assert b.holds(day, "possible") <= a.holds(day, "possible")


MIXED = st.tuples(claims_of(), st.lists(st.sampled_from([
    {}, {"to": "c"}, {"kind": "Tie"}, {"kind": "Tie", "from_": "b", "to": "a"}, {"role": "Chef"}, {"role": "chef"}, {"episode": "2"},
    {"kind": "alias", "to": "", "value": "X"},
]), min_size=5, max_size=5)).map(lambda drawn: [replace(c, **change) for c, change in zip(*drawn, strict=False)])  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(MIXED, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(claims, dice: random.Random):
    shuffled = dice.sample(claims, len(claims))
    assert gathered(*shuffled) == gathered(*claims)


@settings(max_examples=80, deadline=None)
@given(MIXED)
def test_every_claim_is_in_exactly_one_relation_or_fact(claims):
    relations, facts = gathered(*claims)
    held = [c for made in (*relations, *facts) for c in made.claims]
    assert sorted(held, key=lambda c: c.row) == sorted(claims, key=lambda c: c.row)
    assert all(c.is_fact for f in facts for c in f.claims)
    assert len({made.id for made in (*relations, *facts)}) == len(relations) + len(facts)


@settings(max_examples=80, deadline=None)
@given(MIXED, st.permutations(range(2, 7)))
def test_ids_times_and_status_do_not_hang_on_row_numbers(claims, rows):
    moved = [replace(c, row=row) for c, row in zip(claims, rows, strict=False)]
    summary = [[(made.id, made.times, made.status, made.disputed, {c.id for c in made.claims}) for made in group] for group in gathered(*claims)]
    assert summary == [[(made.id, made.times, made.status, made.disputed, {c.id for c in made.claims}) for made in group] for group in gathered(*moved)]


def test_a_source_of_vague_age_makes_no_day_certain():
    """Undated, somewhere between 2018 and 2026: it may be from 2018, and says nothing certain of 2026."""
    claim = told("2018-01-01")
    written = {claim.source: Bounds(date(2018, 1, 1), date(2026, 11, 30))}
    ((relation,), _) = gather([claim], written=written, vocabulary=WORDS)
    days = [date(2017, 6, 1), date(2018, 1, 1), date(2022, 1, 1), date(2026, 11, 30), date(2030, 1, 1)]
    assert [relation.times.mode(day) for day in days] == ["possible"] * 5
    assert relation.times.end_earliest == date(2018, 1, 1)
    assert relation.times.start_latest == date(2026, 11, 30)
