"""The worklist: `data/todo.csv` and `data/searched.csv`, read strictly. Either file may be missing: then nothing is listed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from socialgraph.intake.tables import Row, read_csv
from socialgraph.model.claims import Entity
from socialgraph.model.findings import Finding
from socialgraph.model.vocabulary import Vocabulary, near
from socialgraph.model.worklist import COLUMNS, RESULTS, Search, Todo, Worklist

TODO_COLUMNS = ("what", "entity", "kind", "where", "note", "on")
SEARCHED_COLUMNS = ("county", "theme", "on", "by", "result", "note")
THEMES = "coverage-scheme"
_COUNTY_CODE = re.compile(r"[0-9]{2}")  # a municipality's has four digits


def read_worklist(folder: Path, name: str, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> tuple[Worklist, list[Finding]]:
    """The worklist of a data folder, and what was wrong; `name` is how findings call the folder."""
    todos, findings = _read_todos(folder / "todo.csv", f"{name}/todo.csv", entities, vocabulary)
    searches, found = _read_searches(folder / "searched.csv", f"{name}/searched.csv", entities, vocabulary)
    return Worklist.of(todos, searches), findings + found


def _read_todos(path: Path, name: str, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> tuple[list[Todo], list[Finding]]:
    if not path.exists():
        return [], []
    rows, findings = read_csv(path, name, columns=TODO_COLUMNS)
    kinds = [*COLUMNS, *vocabulary.relation_kinds, *vocabulary.fact_kinds, *vocabulary.entity_kinds, *vocabulary.in_scheme(THEMES)]
    seen: dict[str, int] = {}
    todos: list[Todo] = []
    for row in rows:
        found = _missing(row, "what", "on") + _wrong_day(row)
        if row["entity"] and row["entity"] not in entities:
            found.append(row.finding("unknown-entity", "entity", detail=", ".join(near(row["entity"], entities))))
        if row["kind"] and row["kind"] not in kinds:
            found.append(row.finding("unknown-kind", "kind", detail=", ".join(near(row["kind"], kinds))))
        if not found:
            todo = Todo(row["what"], date.fromisoformat(row["on"]), row["entity"], row["kind"], row["where"], row["note"])
            found = _once(row, "what", todo.id, seen)
            todos += [] if found else [todo]
        findings += found
    return todos, findings


def _read_searches(path: Path, name: str, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> tuple[list[Search], list[Finding]]:
    if not path.exists():
        return [], []
    rows, findings = read_csv(path, name, columns=SEARCHED_COLUMNS)
    themes = vocabulary.in_scheme(THEMES)
    counties = {e.id for e in entities.values() if _COUNTY_CODE.fullmatch(e.code)}
    seen: dict[str, int] = {}
    searches: list[Search] = []
    for row in rows:
        found = _missing(row, "county", "theme", "on", "by", "result") + _wrong_day(row)
        if row["county"] and row["county"] not in counties:
            found.append(row.finding("unknown-entity", "county", detail=", ".join(near(row["county"], counties))))
        if row["theme"] and row["theme"] not in themes:
            found.append(row.finding("unknown-concept", "theme", detail=", ".join(near(row["theme"], themes) or themes)))
        if row["result"] and row["result"] not in RESULTS:
            found.append(row.finding("wrong-field", "result", detail=" | ".join(RESULTS)))
        if not found:
            search = Search(row["county"], row["theme"], date.fromisoformat(row["on"]), row["by"], row["result"], row["note"])
            found = _once(row, "theme", search.id, seen)
            searches += [] if found else [search]
        findings += found
    return searches, findings


def _missing(row: Row, *columns: str) -> list[Finding]:
    return [row.finding("missing-value", c, detail=c) for c in columns if not row[c]]


def _wrong_day(row: Row) -> list[Finding]:
    """A worklist is written on a day: a month or year would not say whether a later source was there to be found."""
    if not row["on"]:
        return []
    try:
        date.fromisoformat(row["on"] if re.fullmatch(r"\d{4}-\d\d-\d\d", row["on"]) else "")
    except ValueError:
        return [row.finding("bad-date", "on", detail="2026-11-22")]
    return []


def _once(row: Row, column: str, id: str, seen: dict[str, int]) -> list[Finding]:
    before = seen.setdefault(id, row.number)
    return [] if before == row.number else [row.finding("duplicate-claim", column, detail=str(before))]
