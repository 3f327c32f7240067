"""The coverage page: what is known of every county and theme, and what is missing, as ONE page from the answers of five questions.

A cell where nothing is known says whether somebody has looked; none is a zero. Each part says its day and its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from socialgraph.errors import ParameterInvalid
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.picture import Text
from socialgraph.model.sentences import capital
from socialgraph.model.table import Cell, Column, Ref, Table, show
from socialgraph.model.vocabulary import in_language
from socialgraph.model.words import date_words, month_words
from socialgraph.pages.sheet import sheet, static
from socialgraph.pages.texts import LANGUAGES, fill, fill_count
from socialgraph.pages.tilemap import STATES, about_words, column_look

QUESTIONS: Final = ("coverage", "stated-and-counted", "without-relations", "past-presumption", "work-list")
"""The questions whose answers the page shows, by name, in this order."""

TEXTS: Final[Mapping[str, Text]] = {
    "title": Text("Vad vet vi inte?", "What do we not know?"),
    "lead": Text(
        "Sidan visar vad grafen har belägg för om varje län, och vad som saknas. En ruta utan uppgift är ingen nolla: antingen har ingen sökt, eller så har "
        "någon sökt utan att finna.",
        "This page shows what the graph has evidence for in each county, and what is missing. A cell without a statement is no zero: either nobody has looked, "
        "or somebody has looked and found none.",
    ),
    "skip": Text("Hoppa till länen", "Skip to the counties"),
    "parts": Text("På sidan", "On this page"),
    "legend": Text("Så läses rutorna", "How to read the cells"),
    "matrix": Text("Län och teman", "Counties and themes"),
    "cells": Text("{n} av {all} rutor", "{n} of {all} cells"),
    "of_cells": Text("av {all} rutor", "of {all} cells"),
    "county": Text("Län", "County"),
    "summed": Text("Känt i", "Known in"),
    "of_counties": Text("{n} av {all} län", "{n} of {all} counties"),
    "known_one": Text("1 uppgift", "1 statement"),
    "known_many": Text("{n} uppgifter", "{n} statements"),
    "confirm_one": Text("1 punkt på arbetslistan", "1 item on the work list"),
    "confirm_many": Text("{n} punkter på arbetslistan", "{n} items on the work list"),
    "evidence": Text("belägg {v}", "evidence {v}"),
    "undated": Text("belägg utan säker dag ({v})", "evidence of uncertain date ({v})"),
    "later": Text("senare än dagen", "later than the day"),
    "searched": Text("sökt {v}", "searched {v}"),
    "years_one": Text("1 år gammalt", "1 year old"),
    "years_many": Text("{n} år gammalt", "{n} years old"),
    "months_one": Text("1 månad gammalt", "1 month old"),
    "months_many": Text("{n} månader gammalt", "{n} months old"),
    "months_none": Text("nytt", "new"),
    "sources": Text("{v} källor", "{v} sources"),
    "rows_one": Text("1 rad", "1 row"),
    "rows_many": Text("{n} rader", "{n} rows"),
    "empty": Text("Inga rader.", "No rows."),
    "not_counted": Text("inte känt", "not known"),
    "no_kind": Text("utan slag", "without a kind"),
    "equal": Text("stämmer", "agrees"),
    "oldest": Text("förmodades till {v}", "presumed until {v}"),
    "group_one": Text("1 rad", "1 row"),
    "group_many": Text("{n} rader", "{n} rows"),
    "about": Text("cirka {v}", "about {v}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of the matrix: its look, its mark, its state in words, and what is added below."""

    look: str
    symbol: str
    state: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind under a heading, with the day that matters most of them in words."""

    heading: str
    size: str
    note: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page after the matrix: heading, what it says, for when, its columns and its rows in groups."""

    id: str
    title: str
    about: str
    size: str
    headings: tuple[str, ...]
    looks: tuple[str, ...]
    groups: tuple[Group, ...]
    folded: bool


def render(tables: Mapping[str, Table], *, lang: str = "sv") -> str:
    """The whole page as one text, from the answers of `QUESTIONS` by name.

    Raises `ParameterInvalid` for another language or a missing answer.
    """
    if lang not in LANGUAGES:
        raise ParameterInvalid(f"language of the page: found {lang!r}, expected one of {', '.join(LANGUAGES)}")
    if missing := [name for name in QUESTIONS if name not in tables]:
        raise ParameterInvalid(f"the coverage page needs the answers of {', '.join(QUESTIONS)}; missing: {', '.join(missing)}")
    held = tables["coverage"]
    themes = list(dict.fromkeys(held.column("theme")))
    fields = {(row["county"], row["theme"]): row for row in held.to_dicts()}
    counties = list(dict.fromkeys(held.column("county")))
    matrix = [(county, [_field(fields[county, theme], lang) for theme in themes]) for county in counties]
    states = _states(held, lang)
    return sheet(
        "coverage.html.j2", [static("sheet.css"), static("coverage.css")], [], lang,
        words={k: getattr(v, lang) for k, v in TEXTS.items()}, about=about_words(held, lang), title=text("title", lang),
        matrix_title=in_language(held.title, lang) or text("matrix", lang),
        themes=themes, matrix=matrix, states=states, of_cells=text("of_cells", lang, all=len(held)), bars=_bars(states, len(held)),
        feet=[_known_in(held, theme, lang) for theme in themes],
        parts=[_stated(tables, lang), _alone(tables, lang), _past(tables, lang), _todo(tables, lang)],
    )  # fmt: skip


# ── the matrix


def _field(row: Mapping[str, Cell], lang: str) -> Field:
    look, symbol = _look(row["state"])
    known, to_confirm = (_whole(row[name]) for name in ("known", "to_confirm"))
    details = [counted("known", known, lang)] if known else []
    details += _evidence(row, lang)
    details += [counted("confirm", to_confirm, lang)] if to_confirm else []
    if isinstance(row["searched"], date):
        details.append(text("searched", lang, v=row["searched"].isoformat()))
    return Field(look, symbol, show(row["state"], lang), tuple(details))


def _look(state: Cell) -> tuple[str, str]:
    if not isinstance(state, Ref) or state.id not in STATES:
        raise ParameterInvalid(f"the answer of coverage has the state {state!r}; expected a concept: {', '.join(STATES)}")
    return STATES[state.id]


def _whole(cell: Cell) -> int:
    return int(cell) if isinstance(cell, (int, Decimal)) else 0


def _evidence(row: Mapping[str, Cell], lang: str) -> list[str]:
    """The newest evidence and its age; of a source that is dated within a span only the span is said."""
    newest, dated, months = row["newest"], str(row["dated"] or ""), row["months"]
    if not isinstance(newest, date):
        return []
    if "/" in dated:
        return [text("undated", lang, v=_span(dated, lang))]
    if not isinstance(months, int):
        return [text("evidence", lang, v=month_words(newest, lang)), text("later", lang)]
    age = counted("years", months // 12, lang) if months >= 24 else counted("months", months, lang)
    return [text("evidence", lang, v=month_words(newest, lang)), age]


def _span(dated: str, lang: str) -> str:
    """When a source was published, as it dates itself: a span by its years."""
    first, _, last = dated.partition("/")
    return f"{first[:4]}–{last[:4]}" if last and first not in ("", "..") else date_words(dated, lang)


def _states(table: Table, lang: str) -> list[dict[str, Any]]:
    held = [s.id for s in table.column("state") if isinstance(s, Ref)]
    named = {s.id: show(s, lang) for s in table.column("state") if isinstance(s, Ref)}
    return [
        {"look": look, "symbol": symbol, "words": named.get(id) or getattr(STATE_WORDS[id], lang), "means": getattr(MEANINGS[id], lang), "n": held.count(id)}
        for id, (look, symbol) in STATES.items()
    ]


STATE_WORDS: Final[Mapping[str, Text]] = {
    "coverage-known": Text("känt", "known"),
    "coverage-uncertain": Text("osäkert", "uncertain"),
    "coverage-to-confirm": Text("att bekräfta", "to confirm"),
    "coverage-none-found": Text("sökt, inget funnet", "searched, none found"),
    "coverage-not-searched": Text("inte sökt", "not searched"),
}
text = partial(fill, TEXTS)
counted = partial(fill_count, TEXTS)
"""For states that no row of the answer has: the legend shows all five."""
MEANINGS: Final[Mapping[str, Text]] = {
    "coverage-known": Text("Minst en uppgift med källa gäller dagen.", "At least one sourced statement holds on the day."),
    "coverage-uncertain": Text(
        "Det finns belägg, men inget som räcker för dagen: för gammalt, odaterat, avslutat eller senare.",
        "There is evidence, but none that suffices for the day: too old, undated, over, or later.",
    ),
    "coverage-to-confirm": Text(
        "Ingen källa är läst än; arbetslistan säger vad som ska bekräftas.", "No source has been read yet; the work list says what is to be confirmed."
    ),
    "coverage-none-found": Text("Någon har sökt och inte funnit något.", "Somebody has looked and found nothing."),
    "coverage-not-searched": Text("Ingen har sökt. Det säger inget om hur det är.", "Nobody has looked. It says nothing of how things are."),
}  # fmt: skip


def _bars(states: Sequence[Mapping[str, Any]], cells: int) -> list[dict[str, Any]]:
    """The states as parts of a bar 1,000 wide."""
    bars, sofar = [], 0
    for state in states:
        if state["n"]:
            bars.append({"look": state["look"], "x": round(1000 * sofar / cells, 1), "width": round(1000 * state["n"] / cells, 1)})
        sofar += state["n"]
    return bars


def _known_in(table: Table, theme: Cell, lang: str) -> str:
    states = [state for state, of in zip(table.column("state"), table.column("theme"), strict=True) if of == theme]
    return text("of_counties", lang, n=sum(isinstance(s, Ref) and s.id == "coverage-known" for s in states), all=len(states))


# ── the parts below


def _stated(tables: Mapping[str, Table], lang: str) -> Part:
    columns = ("entity", "stated", "counted", "difference", "among", "counties", "source", "dated")

    def row(r: Mapping[str, Cell]) -> tuple[str, ...]:
        said = {c: show(r[c], lang) for c in columns}
        if r["approximate"]:
            said["stated"] = text("about", lang, v=said["stated"])
        if r["counted"] is None:
            said |= {"counted": text("not_counted", lang), "counties": "–"}
        return tuple((said | {"difference": _difference(r["difference"], lang), "dated": _span(said["dated"], lang)}).values())

    return _part(tables, "stated-and-counted", "what", columns, row, lang, folded=False)


def _difference(cell: Cell, lang: str) -> str:
    if cell is None:
        return "–"
    number = _whole(cell)
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else text("equal", lang)


def _alone(tables: Mapping[str, Table], lang: str) -> Part:
    columns = ("entity", "county", "facts", "publishes", "to_confirm", "source")
    return _part(tables, "without-relations", "kind", columns, lambda r: tuple(show(r[c], lang) or "–" for c in columns), lang)


def _past(tables: Mapping[str, Table], lang: str) -> Part:
    columns = ("from", "to", "person", "source", "dated", "presumed_until", "months")

    def note(rows: Sequence[Mapping[str, Cell]]) -> str:
        days = sorted(d for r in rows if isinstance(d := r["presumed_until"], date) and d not in (MIN, MAX))
        ends = dict.fromkeys(str(d.year) for d in (days[:1] + days[-1:]))
        return text("oldest", lang, v="–".join(ends)) if days else ""

    def row(r: Mapping[str, Cell]) -> tuple[str, ...]:
        return tuple(_span(show(r[c], lang), lang) if c == "dated" else show(r[c], lang) or "–" for c in columns)

    return _part(tables, "past-presumption", "kind", columns, row, lang, note=note)


def _todo(tables: Mapping[str, Table], lang: str) -> Part:
    columns = ("what", "concerns", "where", "note", "on")
    return _part(tables, "work-list", "wanted", columns, lambda r: tuple(show(r[c], lang) or "–" for c in columns), lang)


def _part(tables: Mapping[str, Table], name: str, by: str, columns: Sequence[str], row: Any, lang: str, *, note: Any = None, folded: bool = True) -> Part:
    """A part whose rows are grouped by one column, the largest group first in parts that are folded."""
    table = tables[name]
    heads: dict[str, Column] = {c.name: c for c in table.columns}
    groups: dict[Cell, list[Mapping[str, Cell]]] = {}
    for held in table.to_dicts():
        groups.setdefault(held[by], []).append(held)
    order: Iterable[Cell] = sorted(groups, key=lambda g: (-len(groups[g]), show(g, lang))) if folded else list(groups)
    made = tuple(
        Group(
            capital(show(g, lang) or text("no_kind", lang)),
            counted("group", len(groups[g]), lang),
            note(groups[g]) if note else "",
            tuple(row(r) for r in groups[g]),
        )
        for g in order
    )
    looks = tuple(column_look(table.column(n)) if n != "dated" else "day" for n in columns)
    return Part(
        name, in_language(table.title, lang) or name, about_words(table, lang), counted("rows", len(table), lang),
        tuple(heads[c].heading(lang) for c in columns), looks, made, folded,
    )  # fmt: skip
