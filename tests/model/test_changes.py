"""Changes: what differs is told once and by its right name; what does not differ is not told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.build import gather_inputs
from socialgraph.model.change_report import FOLDED, as_markdown, as_table
from socialgraph.model.changes import WHATS, changes
from socialgraph.model.claims import Claim, Copy, Entity, Source
from socialgraph.model.holdings import assemble, merge_entities
from socialgraph.model.sentences import Wording
from socialgraph.model.vocabulary import Concept, EntityKind, FactKind, RelationKind, Vocabulary
from socialgraph.project import Project
from socialgraph.rdf import codec
from socialgraph.rdf.store import EmbeddedStore

ROOT = Path(__file__).parents[2]
NOTHING = frozenset[str]()
WORDS = Vocabulary(
    {"Organisation": EntityKind("Organisation", {"sv": "organisation", "en": "organisation"}, NOTHING, "", "")},
    {
        "Loan": RelationKind(
            "Loan", {"sv": "lån", "en": "loan"}, {"sv": "lånar ut till", "en": "lends to"}, {}, NOTHING, NOTHING, NOTHING, "P1Y", "", "",
            symmetric=False, transitive=False,
        )
    },
    {"alias": FactKind("alias", {"sv": "annat namn", "en": "alias"}, NOTHING, "P1Y")},
    {s: Concept(s, "status-scheme", {"sv": sv, "en": s}, NOTHING) for s, sv in {"actual": "verklig", "ended": "avslutad", "planned": "planerad"}.items()},
    {"amount": {"sv": "belopp", "en": "amount"}, "topic": {"sv": "ämne", "en": "topic"}},
)  # fmt: skip
ENTITIES = {id: Entity(id, "Organisation", id.upper(), source="reg") for id in "abcde"}
SOURCES = {id: Source(id, id.capitalize(), "report", "a", day, "stated") for id, day in {"spring": "2018-04", "summer": "2018-07-01"}.items()}


def claim(source="spring", **cells):
    return Claim(**{"source": source, "row": 2, "kind": "Loan", "from_": "a", "to": "b", "locator": "p1.s1", **cells})


def held(*claims, entities=None, sources=None, merged=None):
    merged = merged or {}
    return assemble(WORDS, merge_entities(entities or ENTITIES, merged), sources or SOURCES, claims, merged)


def told(before, after):
    return [c.text("en") for c in changes(before, after)]


def whats(before, after):
    return [c.what for c in changes(before, after)]


BASE = claim()
NO_END = "start unknown, end unknown, last attested April 2018"

ONE_RELATION = {
    "nothing": ([BASE], [BASE], []),
    "another row, note, printed form and place": ([BASE], [claim(row=9, note="x", stated="B", locator="p1.s2")], []),
    "a new relation": ([], [BASE], [f"new: A lends to B: {NO_END}"]),
    "a relation gone": ([BASE], [], [f"gone: A lends to B: {NO_END}"]),
    "a new fact": ([], [claim(to="", kind="alias", value="Aa", lang="sv")], [f"new: A: alias “Aa”: {NO_END}"]),
    "an end that was not stated": ([BASE], [claim(until="2018-03")], [f"ended: A lends to B: {NO_END} → start unknown, until March 2018"]),
    "ended, without a day": ([BASE], [claim(status="ended")], [f"ended: A lends to B: {NO_END} → start unknown, over by April 2018"]),
    "a stated end that moves is a period that changes": (
        [claim(until="2018-03")], [claim(until="2018-02")],
        ["period changed: A lends to B: start unknown, until March 2018 → start unknown, until February 2018"],
    ),
    "a start that becomes known": (
        [BASE], [claim(since="2017")],
        [f"period changed: A lends to B: {NO_END} → from 2017, end unknown, last attested April 2018"],
    ),
    "a plan that has come true": (
        [claim(status="planned", until="2018")], [claim(until="2018")], ["status changed: A lends to B: planned → actual"],
    ),
    "new evidence is no new relation": (
        [BASE], [BASE, claim("summer")],
        ["more evidence: A lends to B: claims: 1, sources: 1, last April 2018 → claims: 2, sources: 2, last July 2018"],
    ),
    "less evidence is no relation gone": (
        [BASE, claim("summer")], [BASE],
        ["less evidence: A lends to B: claims: 2, sources: 2, last July 2018 → claims: 1, sources: 1, last April 2018"],
    ),
    "a later source that says it is over": (
        [BASE], [BASE, claim("summer", status="ended")],
        [
            f"ended: A lends to B: {NO_END} → start unknown, over by July 2018",
            "more evidence: A lends to B: claims: 1, sources: 1, last April 2018 → claims: 2, sources: 2, last July 2018",
        ],
    ),
    "a disagreement": (
        [claim(since="2015"), claim("summer", since="2015")], [claim(since="2015"), claim("summer", since="2016")],
        [
            "period changed: A lends to B: from 2015, end unknown, last attested July 2018 → from 2015 / 2016, end unknown, last attested July 2018",
            "disputed now: A lends to B",
        ],
    ),
    "an amount": ([BASE], [claim(topics=("t",))], ["details changed: A lends to B: topic t"]),
    "another role is another relation": ([claim(role="x")], [claim(role="y")], [f"new: A lends to B (y): {NO_END}", f"gone: A lends to B (x): {NO_END}"]),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_RELATION)
def test_a_change_of_one_relation_is_told_by_its_right_name(case):
    before, after, expected = ONE_RELATION[case]
    assert told(held(*before), held(*after)) == expected


def test_a_disagreement_that_is_settled_is_told():
    apart, agreed = held(claim(since="2015"), claim("summer", since="2016")), held(claim(since="2016"), claim("summer", since="2016"))
    assert whats(apart, agreed) == ["period", "settled"]


def test_entities_are_new_gone_renamed_or_changed():
    after = {**{id: e for id, e in ENTITIES.items() if id != "c"}, "f": Entity("f", "Organisation", "Effe"), "d": replace(ENTITIES["d"], name_sv="Dee")}
    after["e"] = replace(ENTITIES["e"], ror="r")
    assert told(held(BASE), held(BASE, entities=after)) == [
        "new entity: Effe (f): organisation", "entity gone: C (c): organisation", "renamed: d: D → Dee", "entity changed: E (e): ror – → ror r",
    ]  # fmt: skip


def test_a_rename_says_nothing_of_the_relations_of_the_renamed():
    renamed = held(BASE, entities={**ENTITIES, "a": replace(ENTITIES["a"], name_sv="Aa")})
    assert told(held(BASE), renamed) == ["renamed: a: A → Aa"]


def test_register_notes_rows_and_sources_are_no_changes():
    same = held(BASE, entities={**ENTITIES, "a": replace(ENTITIES["a"], note="x", row=7, file="f", source="other", part_of="b")})
    assert told(held(BASE), same) == []


def test_a_merger_is_a_merger_and_no_end_of_relations():
    claims = (claim(), claim("summer", from_="d", to="e"))
    assert told(held(*claims), held(*claims, merged={"e": "b"})) == ["merged: e: E (e) → B (b)"]
    both = changes(held(*claims), held(*claims, merged={"d": "a", "e": "b"}))
    assert [c.what for c in both] == ["merged", "merged"], "not that A–B has more evidence, nor that D–E is gone"


def test_a_merger_undone_is_told_as_such():
    claims = (claim(), claim("summer", from_="d"))
    assert told(held(*claims, merged={"d": "a"}), held(*claims)) == ["parted: d: A (a) → D (d)"]


def test_what_is_new_beside_a_merger_is_still_told():
    after = held(claim(), claim(to="c"), merged={"d": "a"})
    assert whats(held(claim(from_="d")), after) == ["merged", "new"]


def test_sources_are_new_gone_or_changed():
    more = {**SOURCES, "autumn": Source("autumn", "Autumn", "page", "b", "2018-10", "stated")}
    assert told(held(BASE), held(BASE, sources=more)) == ["new source: Autumn (autumn): B, October 2018, claims: 0"]
    assert told(held(BASE, sources=more), held(BASE)) == ["source gone: Autumn (autumn): B, October 2018, claims: 0"]
    copied = {**SOURCES, "spring": replace(SOURCES["spring"], copies=(Copy("001", "u"),), expect=(1, 1))}
    assert told(held(BASE), held(BASE, sources=copied)) == ["source changed: Spring (spring): copies – → copies 001 u"]


def test_a_source_dated_otherwise_moves_the_days_of_what_it_attests():
    later = {**SOURCES, "spring": replace(SOURCES["spring"], published="2018-05")}
    found = changes(held(BASE), held(BASE, sources=later))
    assert [c.what for c in found] == ["source-changed", "period"]
    assert "2018-04-30" in found[1].before.sv
    assert "2018-05-31" in found[1].after.sv


def test_a_change_names_whom_it_concerns_and_its_id():
    (change,) = changes(held(), held(claim(person="c", about="d")))
    assert change.entities == ("a", "b", "c", "d")
    assert change.id == held(claim(person="c", about="d")).relations[0].id
    assert change.kind == "Loan"
    assert change.text("sv").startswith("ny uppgift: A lånar ut till B (C) (gäller D): ")


# ── laws

CLAIMS = st.lists(
    st.builds(
        claim, st.sampled_from(sorted(SOURCES)), to=st.sampled_from("bcd"), since=st.sampled_from(["", "2016", "2017"]),
        until=st.sampled_from(["", "2018"]), status=st.sampled_from(["actual", "ended", "planned"]),
    ),
    max_size=6, unique_by=lambda c: c.id,
)  # fmt: skip
BACK = {"new": "gone", "more-evidence": "less-evidence", "disputed": "settled", "period": "period", "status": "status"}


@settings(max_examples=80, deadline=None)
@given(CLAIMS, CLAIMS)
def test_the_way_back_undoes_the_way_there(before, after):
    there, back = changes(held(*before), held(*after)), changes(held(*after), held(*before))
    for what, opposite in list(BACK.items())[:3]:
        assert {c.id for c in there if c.what == what} == {c.id for c in back if c.what == opposite}
        assert {c.id for c in there if c.what == opposite} == {c.id for c in back if c.what == what}


@settings(max_examples=80, deadline=None)
@given(CLAIMS, CLAIMS, st.randoms())
def test_the_order_of_rows_changes_nothing_and_the_answer_is_ordered(before, after, random):
    shuffled = random.sample(after, len(after))
    found = changes(held(*before), held(*after))
    assert [(c.what, c.id) for c in changes(held(*before), held(*shuffled))] == [(c.what, c.id) for c in found]
    assert [list(WHATS).index(c.what) for c in found] == sorted(list(WHATS).index(c.what) for c in found)


@settings(max_examples=40, deadline=None)
@given(CLAIMS, st.dictionaries(st.sampled_from("cde"), st.sampled_from("ab"), max_size=2))
def test_a_merger_alone_never_makes_anything_new_or_gone(claims, merged):
    assert not {"new", "gone"} & set(whats(held(*claims), held(*claims, merged=merged)))


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests" / "world"], ids=["real", "world"])
def test_what_a_build_holds_is_what_was_read(root, tmp_path):
    """`changes --since-build` compares folders with a store: nothing may get lost on the way into it."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name, where in {"data": root, "ontology": ROOT, "queries": ROOT}.items():
        (folder / name).symlink_to(where / name)
    read, _ = gather_inputs(Project(folder, folder / "build"))
    built = codec.read(EmbeddedStore.in_memory(codec.quads(read)), read.vocabulary)
    assert len(read.claims) > 100
    assert changes(built, read) == ()


# ── laid out for people


def test_the_table_has_a_row_for_each_change_in_the_language_asked_for():
    found = changes(held(BASE), held(claim(until="2018-03")))
    table = as_table(found, Wording(ENTITIES, WORDS), lang="sv", since="abc")
    assert table.to_csv("sv").splitlines() == [
        "Ändring,Slag,Vad,subject_id,Före,Efter",
        f'avslutad,lån,A lånar ut till B,{found[0].id},"början okänd, slut okänt, senast belagt april 2018","början okänd, till mars 2018"',
    ]
    assert "bygge abc" in table.to_text("sv")
    assert as_table(found, Wording(ENTITIES, WORDS), lang="en").rows[0][:2] == ("ended", "loan")


def test_markdown_begins_with_a_summary_and_groups_what_belongs_together():
    text = as_markdown(changes(held(BASE), held(claim(until="2018-03"), claim(to="c"))), lang="sv", since="abc")
    assert text.splitlines() == [
        "## Vad som ändras i grafen", "", "Jämfört med bygge abc. 1 ny uppgift, 1 avslutad.", "",
        "### Ny uppgift (1)", "", "- A lånar ut till C: början okänd, slut okänt, senast belagt april 2018", "",
        "### Avslutad (1)", "", "- A lånar ut till B: början okänd, slut okänt, senast belagt april 2018 → början okänd, till mars 2018",
    ]  # fmt: skip


def test_no_change_is_said_to_be_none():
    assert as_markdown((), lang="en").splitlines()[-1] == "Nothing changes in the graph."


def test_a_long_group_is_folded():
    many = {f"x{n}": Entity(f"x{n}", "Organisation", f"X{n}") for n in range(FOLDED + 1)}
    text = as_markdown(changes(held(BASE), held(BASE, entities={**ENTITIES, **many})), lang="en")
    assert f"<details><summary>show all {FOLDED + 1}</summary>\n\n- X0" in text
    assert "<details>" not in as_markdown(changes(held(BASE), held(BASE, entities={**ENTITIES, "x": many["x0"]})), lang="en")


def test_names_are_no_markup():
    sly = {**ENTITIES, "f": Entity("f", "Organisation", "</details>*[x](y)*|\n# H")}
    assert r"- \</details\>\*\[x\](y)\*\| # H (f)" in as_markdown(changes(held(BASE), held(BASE, entities=sly)))
