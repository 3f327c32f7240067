"""What happened between two days: only what a source dates is an event; what is not known is not told as done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.events import WHATS
from socialgraph.model.holdings import assemble
from socialgraph.model.vocabulary import Concept, EntityKind, FactKind, RelationKind, Vocabulary
from socialgraph.view import View

NOTHING = frozenset[str]()


def kind(id: str, present: str, past: str, infinitive: str, *, one: bool = False) -> RelationKind:
    return RelationKind(
        id, {"sv": id, "en": id}, {"sv": present}, {}, NOTHING, NOTHING, NOTHING, "P1Y", "", "", symmetric=False, transitive=False,
        past={"sv": past}, infinitive={"sv": infinitive}, one_at_a_time=one,
        by_person={"sv": "lånar ut {person} till {to}"} if id == "Loan" else {}, by_person_past={"sv": "lånade ut {person} till {to}"} if id == "Loan" else {},
    )  # fmt: skip


WORDS = Vocabulary(
    {"Organisation": EntityKind("Organisation", {"sv": "organisation"}, NOTHING, "", "")},
    {"Loan": kind("Loan", "lånar ut till", "lånade ut till", "låna ut till"), "Host": kind("Host", "är värd för", "var värd för", "vara värd för", one=True)},
    {"name": FactKind("name", {"sv": "namn"}, NOTHING, "P10Y", is_name=True)},
    {s: Concept(s, "status-scheme", {"sv": s}, NOTHING) for s in ("certain", "presumed", "possible")},
)
ENTITIES = {id: Entity(id, "Organisation", id.upper()) for id in "abcde"}
SOURCES = {d: Source(d, d, "report", "a", d, "stated") for d in ("2017-06", "2018-04", "2019-12", "2021-01")}


def claim(source="2018-04", **cells):
    return Claim(**{"source": source, "row": 2, "kind": "Loan", "from_": "a", "to": "b", "locator": "p1.s1", **cells})


def seen(*claims, at, mode="presumed", known_by=None):
    held = assemble(WORDS, ENTITIES, SOURCES, [replace(c, row=n) for n, c in enumerate(claims, 2)], {})
    return View(held, date.fromisoformat(at), mode, date.fromisoformat(known_by) if known_by else None)


def whats(*claims, since="2017-12-31", until="2019-12-31", **options):
    return [e.what for e in seen(*claims, at=since, **options).events(seen(*claims, at=until, **options))]


CASES = {
    "a stated start began": ([claim("2019-12", since="2018-02")], ["began"]),
    "without a start it is first attested": ([claim("2019-12")], ["attested"]),
    "a stated end ended": ([claim("2017-06", since="2015", until="2018-06")], ["ended"]),
    "without an end it is no longer attested": ([claim("2017-06")], ["lapsed"]),
    "both between the days": ([claim("2021-01", since="2018-02", until="2018-06", status="ended")], ["passed"]),
    "held on both days": ([claim("2017-06", since="2015"), claim("2019-12")], []),
    "more evidence is no event": ([claim("2017-06", since="2015", until="2022"), claim("2018-04"), claim("2019-12")], []),
    "a plan is a plan": ([claim(status="planned", since="2020")], ["planned"]),
    "a denial is nothing": ([claim(status="denied")], []),
    "another host": ([claim("2017-06", kind="Host", since="2015", until="2018"), claim("2019-12", kind="Host", from_="c", since="2019")], ["moved"]),
    "another role": ([claim("2017-06", role="x", since="2015", until="2018"), claim("2019-12", role="y", since="2019")], ["role"]),
    "another borrower is no move": ([claim("2017-06", since="2015", until="2018"), claim("2019-12", to="c", since="2019")], ["began", "ended"]),
}


@pytest.mark.parametrize("case", CASES)
def test_what_happened_is_called_by_its_name(case):
    claims, expected = CASES[case]
    assert whats(*claims) == expected
    assert set(expected) <= set(WHATS)


def test_what_a_later_source_tells_of_then_is_newly_known_and_no_event():
    claims = [claim("2019-12", since="2016")]
    then, now = seen(*claims, at="2018-12-31", known_by="2018-12-31"), seen(*claims, at="2018-12-31")
    assert [e.what for e in then.events(now)] == ["known"]
    assert [e.what for e in seen(*claims, at="2018-12-31").events(now)] == []


def test_a_belief_that_later_sources_correct_is_withdrawn():
    claims = [claim("2018-04"), claim("2021-01", until="2018-05", status="ended")]
    then, now = seen(*claims, at="2018-12-31", known_by="2018-12-31"), seen(*claims, at="2018-12-31")
    assert [e.what for e in then.events(now)] == ["withdrawn"]


def test_a_move_says_from_whom_to_whom_and_rests_on_both():
    claims, _ = CASES["another host"]
    (event,) = seen(*claims, at="2017-12-31").events(seen(*claims, at="2019-12-31"))
    assert (event.subject.sv, event.before.sv, event.after.sv) == ("B", "A", "C")
    assert len(event.items) == 2
    assert event.told.sv == "A var värd för B (från 2015, till 2018). C är värd för B (från 2019, slut okänt, senast belagt december 2019)."


def test_a_new_name_is_a_rename_told_once():
    named = {"kind": "name", "to": "", "lang": "sv"}
    claims = [claim("2017-06", value="Gamla", until="2018", **named), claim("2019-12", value="A", since="2019", **named)]
    (event,) = seen(*claims, at="2017-12-31").events(seen(*claims, at="2019-12-31"))
    assert (event.what, event.before.sv, event.after.sv) == ("renamed", "Gamla", "A")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            claim, st.sampled_from(sorted(SOURCES)), to=st.sampled_from("bc"), since=st.sampled_from(["", "2016", "2018-02", "2019"]),
            until=st.sampled_from(["", "2018-06", "2020"]),
            status=st.sampled_from(["actual", "ended", "planned", "denied"]), kind=st.sampled_from(["Loan", "Host"]),
        ),
        max_size=5,
    ),
    st.sampled_from(["certain", "presumed", "possible"]),
)  # fmt: skip
def test_events_are_the_difference_of_what_holds(claims, mode):
    unlike = {c.id: c for c in claims}.values()
    earlier, later = (seen(*unlike, at=day, mode=mode) for day in ("2017-12-31", "2019-12-31"))
    held, holds = ({f"sgr:{r.id}" for r in v.relations()} for v in (earlier, later))
    told = [(e.what, item) for e in earlier.events(later) for item in e.items]
    assert {item for what, item in told if what not in ("planned", "passed")} == held ^ holds
    assert not [item for what, item in told if what == "planned" and item in held | holds]
    assert len(told) == len(set(told))


def test_the_table_says_days_mode_and_what_the_words_mean(world):
    earlier, later = world.view(at="2017-12-31"), world.view(at="2019-12-31")
    table = earlier.changes(later)
    assert table.about["at"] == "2017-12-31 → 2019-12-31"
    assert len(table.rows) == len(table.witnesses) == len(earlier.events(later))
    assert {row[0] for row in table.rows} == {note["sv"].partition(":")[0] for note in table.notes}
    assert earlier.changes(earlier).rows == ()


# ── prose


DOUBT = "; osäkert den dagen)."
TENSES = {
    "holds": (claim(since="2018-02"), "2018-05-01", "A lånar ut till B (från februari 2018, slut okänt, senast belagt april 2018)."),
    "is over": (claim("2019-12", since="2019-23", until="2019-23", status="ended"), "2020-06-01", "A lånade ut till B, hösten 2019."),
    "is doubtful": (claim("2017-06"), "2020-01-01", "A lånade ut till B (början okänd, slut okänt, senast belagt juni 2017" + DOUBT),
    "may hold before it was seen": (claim("2019-12"), "2018-01-01", "A lånar ut till B (början okänd, slut okänt, senast belagt december 2019" + DOUBT),
    "comes later": (
        claim("2019-12", since="2019-11"),
        "2018-01-01",
        "A kommer att låna ut till B (från november 2019, slut okänt, senast belagt december 2019).",
    ),
    "is planned": (claim(status="planned", since="2020"), "2019-01-01", "A ska enligt plan låna ut till B, från 2020."),
    "is wished for": (claim(status="wished"), "2019-01-01", "A bör enligt önskemål låna ut till B."),
    "is denied": (claim(status="denied"), "2019-01-01", "Att A lånar ut till B förnekas."),
    "has a person": (claim(person="c", since="2019-23", until="2019-23", source="2019-12", status="ended"), "2020-06-01", "A lånade ut C till B, hösten 2019."),
    "is about something": (
        claim(about="d", role="chef", since="2018-02"),
        "2018-05-01",
        "A lånar ut till B (role: chef; about: D; från februari 2018, slut okänt, senast belagt april 2018).",
    ),
}


@pytest.mark.parametrize("case", TENSES)
def test_prose_keeps_tense_status_and_vagueness(case):
    said, day, sentence = TENSES[case]
    view = seen(said, at=day)
    assert view.prose(view.scoped.relations[0]).sv == sentence


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_kind_status_and_precision_of_the_world_is_a_whole_sentence(world, lang):
    """Every relation and fact on every kind of day: no placeholder left, no empty bracket, one full stop at the end."""
    for day in ("2017-06", "2018-04-30", "2019-12", "2024"):
        view = world.view(at=day)
        for item in (*view.scoped.relations, *view.scoped.facts):
            told = getattr(view.prose(item), lang)
            assert told.endswith(".")
            assert not re.search(r"[{}]|\(\)|  |\( |, ,|\.\.$", told), told
            assert told[0] == told[0].upper()


def test_every_relation_kind_has_all_tenses_in_both_languages(real):
    for kind in real.vocabulary.relation_kinds.values():
        assert all({"sv", "en"} <= set(labels) for labels in (kind.forward, kind.past, kind.infinitive)), kind.id
        assert len({kind.forward["sv"], kind.past["sv"], kind.infinitive["sv"]}) == 3
        if kind.by_person:
            assert all("{to}" in x and "{person}" in x for labels in (kind.by_person_past, kind.by_person_infinitive) for x in labels.values())


def test_the_sentence_of_the_columns_is_the_one_people_expect(real):
    view = real.view(at="2026")
    told = [view.prose(r).sv for r in view.scoped.relations if r.kind == "StaffLoan" and r.person == "madeleine-blusi"]
    assert any(t.startswith("FoU Västernorrland lånade ut Madeleine Blusi till Institutionen för") for t in told)
