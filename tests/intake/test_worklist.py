"""The worklist is read strictly, stands in its own graph, and comes back as it was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from socialgraph.graph import SocialGraph
from socialgraph.intake.worklist import read_worklist
from socialgraph.model.claims import Entity
from socialgraph.model.findings import Finding
from socialgraph.model.worklist import Search, Todo, Worklist
from socialgraph.rdf import codec, worklist
from socialgraph.rdf import ontology as ontologies
from socialgraph.rdf.store import EmbeddedStore

ROOT = Path(__file__).parents[2]
WORDS = ontologies.read(ROOT / "ontology")
ENTITIES = {
    "ellan": Entity("ellan", "County", "Ellän", code="99"),
    "rss-ellan": Entity("rss-ellan", "SupportStructure", "RSS Ellän", county="ellan"),
    "elkommun": Entity("elkommun", "Municipality", "Elkommun", code="9901"),
}
TODO, SEARCHED = "what,entity,kind,where,note,on\n", "county,theme,on,by,result,note\n"


def read(folder: Path, todo: str = "", searched: str = "") -> tuple[Worklist, list[Finding]]:
    for name, text in (("todo.csv", todo), ("searched.csv", searched)):
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return read_worklist(folder, "data", ENTITIES, WORDS)


def test_without_the_files_nothing_is_listed(tmp_path: Path) -> None:
    assert read(tmp_path) == (Worklist(), [])


def test_rows_become_values(tmp_path: Path) -> None:
    todo = TODO + "Vem bär stödet?,rss-ellan,Hosting,länets sida,bara hågkomst,2026-11-22\nEn enhet till finns,,,,,2026-11-21\n"
    held, findings = read(tmp_path, todo, SEARCHED + "ellan,coverage-loans,2026-11-22,samordnaren,none,\n")
    assert not findings
    assert set(held.todos) == {
        Todo("Vem bär stödet?", date(2026, 11, 22), "rss-ellan", "Hosting", "länets sida", "bara hågkomst"),
        Todo("En enhet till finns", date(2026, 11, 21)),
    }
    assert held.searches == (Search("ellan", "coverage-loans", date(2026, 11, 22), "samordnaren", "none"),)


@pytest.mark.parametrize("kind", ["Hosting", "name", "RnDUnit", "organisation_number", "name_en", "coverage-university", ""])
def test_a_todo_asks_for_a_kind_a_column_or_a_theme(tmp_path: Path, kind: str) -> None:
    held, findings = read(tmp_path, TODO + f"Något,rss-ellan,{kind},,,2026-11-22\n")
    assert not findings
    assert [t.kind for t in held.todos] == [kind]


WRONG = {
    "no statement": (TODO + ",rss-ellan,,,,2026-11-22\n", "", "missing-value", "what"),
    "no day": (TODO + "Något,,,,,\n", "", "missing-value", "on"),
    "a month for a day": (TODO + "Något,,,,,2026-11\n", "", "bad-date", "on"),
    "no such day": (TODO + "Något,,,,,2026-02-30\n", "", "bad-date", "on"),
    "an unknown entity": (TODO + "Något,rss-elan,,,,2026-11-22\n", "", "unknown-entity", "entity"),
    "an unknown kind": (TODO + "Något,,Hostin,,,2026-11-22\n", "", "unknown-kind", "kind"),
    "a todo twice": (TODO + "Något,,,,,2026-11-22\nNågot,,,här,,2026-11-22\n", "", "duplicate-claim", "what"),
    "an e-mail address": (TODO + "Något,,,namn@example.org,,2026-11-22\n", "", "contact-data", "where"),
    "a column nobody knows": ("what,entity,kind,where,note,on,by\nNågot,,,,,2026-11-22,x\n", "", "unknown-column", "by"),
    "a county that is none": ("", SEARCHED + "elkommun,coverage-loans,2026-11-22,x,none,\n", "unknown-entity", "county"),
    "a theme that is none": ("", SEARCHED + "ellan,coverage-known,2026-11-22,x,none,\n", "unknown-concept", "theme"),
    "a result that is none": ("", SEARCHED + "ellan,coverage-loans,2026-11-22,x,kanske,\n", "wrong-field", "result"),
    "nobody who searched": ("", SEARCHED + "ellan,coverage-loans,2026-11-22,,none,\n", "missing-value", "by"),
    "a search twice": ("", SEARCHED + "ellan,coverage-loans,2026-11-22,x,none,\nellan,coverage-loans,2026-11-22,x,found,\n", "duplicate-claim", "theme"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_row_is_a_finding_and_no_value(tmp_path: Path, case: str) -> None:
    todo, searched, rule, column = WRONG[case]
    held, findings = read(tmp_path, todo, searched)
    assert [(f.rule, f.column, f.severity) for f in findings] == [(rule, column, "error")]
    assert findings[0].file == f"data/{'todo' if todo else 'searched'}.csv"
    assert findings[0].row == (1 if rule == "unknown-column" else 3 if case.endswith("twice") else 2)
    assert len(held.todos) + len(held.searches) == (1 if case.endswith("twice") else 0)
    for lang in ("sv", "en"):
        assert findings[0].text(lang)


LISTED = Worklist.of(
    [
        Todo("Vem?", date(2026, 11, 22), "rss-ellan", "Hosting", "där", "så"),
        Todo("Nummer", date(2026, 11, 22), "elkommun", "organisation_number"),
        Todo("Engelskt namn", date(2026, 11, 22), "elkommun", "name_en"),
        Todo("Kod", date(2026, 11, 22), "elkommun", "code"),
        Todo("Band", date(2026, 11, 22), "ellan", "coverage-university"),
        Todo("Namn", date(2026, 11, 22), "ellan", "name"),
        Todo("Något", date(2026, 11, 21)),
    ],
    [
        Search("ellan", "coverage-loans", date(2026, 11, 22), "samordnaren", "none", "läst årsredovisningen"),
        Search("ellan", "coverage-fou", date(2026, 1, 2), "samordnaren", "found"),
    ],
)


def test_quads_and_back() -> None:
    assert worklist.read(EmbeddedStore.in_memory(worklist.quads(LISTED, WORDS))) == LISTED


def test_the_graph_of_the_worklist_touches_no_property_that_claims_and_entities_are_asked_by() -> None:
    quads = list(worklist.quads(LISTED, WORDS))
    assert {q.graph_name.value for q in quads} == {worklist.GRAPH}
    used = {codec.local(q.predicate) for q in quads}
    assert not used & {"kind", "from", "to", "person", "about", "county", "status", "evidence", "asserts"}


def test_the_build_keeps_the_worklist_and_a_view_knows_only_what_was_written_by_its_day(world: SocialGraph) -> None:
    held = world.holdings.worklist
    assert (len(held.todos), len(held.searches)) == (5, 4)
    assert {t.on for t in held.todos} == {date(2020, 2, 10), date(2020, 2, 12)}
    then = world.view(known_by="2020-02-11").scoped.worklist
    assert (len(then.todos), len(then.searches)) == (3, 4)
    assert world.view(known_by="2020-02-09").scoped.worklist.searches == tuple(s for s in held.searches if s.on.year == 2012)


def test_a_todo_about_an_id_that_gave_way_is_about_the_one_that_stands() -> None:
    moved = LISTED.standing({"elkommun": "nya-elkommun"})
    assert {t.entity for t in moved.todos} == {"rss-ellan", "nya-elkommun", "ellan", ""}
    assert moved.searches == LISTED.searches
    assert Worklist.of([replace(t) for t in reversed(LISTED.todos)], list(LISTED.searches)) == LISTED


def test_a_wrong_worklist_stops_the_build(world_project: Path) -> None:
    (world_project / "data" / "searched.csv").write_text(SEARCHED + "exempellan,coverage-loans,2020,x,none,\n", encoding="utf-8")
    assert [(f.rule, f.file, f.row) for f in SocialGraph.check(world_project) if f.severity == "error"] == [("bad-date", "data/searched.csv", 2)]
