"""The composer: an outline, a view and what it is about become a `Report`.

It asks questions of the catalogue as anybody would, so a figure in a report is the question's answer for the same day; what
it adds is order, words and footnotes. It opens no store and writes no file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

from socialgraph.errors import OutlineInvalid
from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.events import MEANS, WHATS, as_table
from socialgraph.model.outline import Chapter, Outline, Part
from socialgraph.model.relations import Fact, Relation
from socialgraph.model.report import Block, Figures, Footnote, Prose, Report, Rows, Section, Sentence
from socialgraph.model.sentences import capital
from socialgraph.model.table import Cell, Column, Ref, Table, show
from socialgraph.model.vocabulary import in_language
from socialgraph.model.words import date_words
from socialgraph.reporting import pictures
from socialgraph.telling import about_source, unknown, witness
from socialgraph.view import View

_FOOTED = ("relation", "source", "place", "dated")
"""Columns that the footnotes tell."""
_SAY = {
    "sv": {
        "silent": "Ingen källa säger något om detta den dagen.", "event": "Inget som en källa daterar hände mellan dagarna.",
        "at": "Dag", "since": "Jämfört med", "mode": "Läge", "known_by": "Känt till", "sources": "Källor", "build": "Bygge",
        "behind": "varav bakom rapporten", "source": "Källan", "what": "Vad",
    },
    "en": {
        "silent": "No source says anything about this on that day.", "event": "Nothing that a source dates happened between the days.",
        "at": "Day", "since": "Compared with", "mode": "Mode", "known_by": "Known by", "sources": "Sources", "build": "Build",
        "behind": "of these behind the report", "source": "The source", "what": "What",
    },
}  # fmt: skip


class Asks(Protocol):
    """What answers questions: the graph."""

    def query(
        self, name: str, *, at: str = "", mode: str = "", known_by: str = "", sources: Collection[str] = (), lang: str = "sv", evidence: bool = False,
        **parameters: str,
    ) -> Table:  # fmt: skip
        """The answer to a question."""


@dataclass
class Composer:
    """An outline filled in: `view` is the day, `earlier` the day it is compared with; it is about an entity, a source, or the whole."""

    asks: Asks
    outline: Outline
    view: View
    lang: str
    entity: Entity | None = None
    source: Source | None = None
    earlier: View | None = None
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _footnotes: list[Footnote] = field(default_factory=list)
    _answers: dict[tuple[object, ...], Table] = field(default_factory=dict)

    def report(self) -> Report:
        """The report. Raises `OutlineInvalid`, and as questions do."""
        sections = tuple(self._section(chapter) for chapter in self.outline.chapters)
        about = self.view.name(self.entity.id, self.lang) if self.entity else self.source.title if self.source else ""
        title, lead = (in_language(text, self.lang).replace("{name}", about) for text in (self.outline.title, self.outline.lead))
        return Report(self.outline.name, title, lead, self.lang, self._about(), sections, tuple(self._footnotes))

    def _about(self) -> dict[str, str]:
        say, view = _SAY[self.lang], self.view
        told = {"at": date_words(view.at.isoformat(), self.lang)}
        if self.earlier:
            told["since"] = date_words(self.earlier.at.isoformat(), self.lang)
        told["mode"] = view.holdings.vocabulary.label(view.mode, self.lang)
        told["known_by"] = date_words((view.known_by or view.holdings.last_day).isoformat(), self.lang)
        behind = len({source for source, _ in self._numbers})
        told["sources"] = f"{len(view.scoped.sources)}, {say['behind']} {behind}"
        told["build"] = view.build
        return {say[key]: value for key, value in told.items()}

    def _section(self, chapter: Chapter) -> Section:
        return Section(in_language(chapter.heading, self.lang), tuple(block for part in chapter.parts for block in self._made(part)))

    def _made(self, part: Part) -> list[Block]:
        makers: Mapping[str, Callable[[Part], list[Block]]] = {
            "figures": self._figures, "table": self._table, "prose": self._prose, "text": self._text, "gaps": self._gaps, "events": self._events,
            "chart": self._chart, "source": self._source,
        }  # fmt: skip
        return makers[part.make](part)

    # ── what is asked

    def _answer(self, part: Part) -> Table:
        """The rows of a part's question that it wants. Raises `OutlineInvalid` for a column there is not."""
        given: dict[str, Any] = {name: self._filled(value) for name, value in part.given.items()}
        known = self.view.known_by.isoformat() if self.view.known_by else ""
        mode = given.pop("mode", self.view.mode)
        asked = (part.question, mode, *sorted(given.items()))
        if asked not in self._answers:
            self._answers[asked] = self.asks.query(part.question, at=self.view.at.isoformat(), mode=mode, known_by=known, lang=self.lang, **given)
        table = self._answers[asked]
        names = [c.name for c in table.columns]
        for column in (*part.where, *part.columns, *filter(None, (part.value, part.count if part.count != "rows" else ""))):
            if column not in names:
                raise OutlineInvalid(f"report '{self.outline.name}': question '{part.question}' has no column '{column}'; it has {', '.join(names)}")
        wanted = {names.index(column): tuple(map(self._filled, values)) for column, values in part.where.items()}
        kept = [n for n, row in enumerate(table.rows) if all(_key(row[i]) in values for i, values in wanted.items())]
        return replace(table, rows=tuple(table.rows[n] for n in kept), witnesses=tuple(table.witnesses[n] for n in kept) if table.witnesses else ())

    def _filled(self, value: str) -> str:
        """A value of an outline, `$about` and `$since` filled in."""
        about = self.entity.id if self.entity else self.source.id if self.source else ""
        since = (self.earlier or self.view).at.isoformat()
        return {"$about": about, "$since": since}.get(value, value)

    @property
    def _things(self) -> Mapping[str, Relation | Fact]:
        return self.view.scoped.things

    def _behind(self, table: Table) -> list[Relation | Fact]:
        """The relations and facts that an answer rests on, in its order, each once."""
        return [self._things[id] for id in dict.fromkeys(id for row in table.witnesses for id in row) if id in self._things]

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {f"sgp:{c.id}": c for c in self.view.scoped.claims}

    def _notes(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the footnotes of relations, facts and claims (prefixed ids)."""
        claims: list[Claim] = []
        for id in ids:
            claims += self._things[id].claims if id in self._things else [self._claims[id]] if id in self._claims else []
        return self._cited(claims)

    def _cited(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """The numbers of the footnotes of claims, made where they are new."""
        numbers = set()
        for claim in claims:
            key = (claim.source, claim.locator)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                self._footnotes.append(Footnote(self._numbers[key], witness(self.view, claim, self.lang), self.view.holdings.sources[claim.source].url))
            numbers.add(self._numbers[key])
        return tuple(sorted(numbers))

    # ── blocks

    def _figures(self, part: Part) -> list[Block]:
        return [Figures(tuple(self._figure(each) for each in part.parts))]

    def _figure(self, part: Part) -> tuple[str, str, str]:
        table = self._answer(part)
        if part.count:
            number = len(table.rows) if part.count == "rows" else len({_key(cell) for cell in table.column(part.count) if cell is not None})
            value: Cell = number or None  # what no source names is not known to be none
        else:
            value = next(iter(table.column(part.value)), None)
        told = {"sv": "inget känt", "en": "none known"}[self.lang] if value is None else show(value, self.lang)
        return told, in_language(part.label, self.lang), table.about.get("link", "")

    def _table(self, part: Part) -> list[Block]:
        table = self._answer(part)
        if not table.rows:
            return [self._silent(table)]
        return [self._rows(part, table)]

    def _rows(self, part: Part, table: Table) -> Rows:
        names = [c.name for c in table.columns]
        chosen = [names.index(c) for c in part.columns] or [i for i, name in enumerate(names) if name not in _FOOTED and not self._same(table, i)]
        notes = tuple(self._notes(ids) for ids in table.witnesses)
        shown = replace(table, columns=tuple(table.columns[i] for i in chosen), rows=tuple(tuple(row[i] for i in chosen) for row in table.rows))
        caption = in_language(part.label, self.lang) or in_language(table.title, self.lang)
        return Rows(part.question or part.chart, caption, shown, notes)

    def _same(self, table: Table, column: int) -> bool:
        """Whether a column says nothing: empty everywhere, or what the report is about in every row."""
        values = {_key(row[column]) for row in table.rows}
        return values <= {""} or (self.entity is not None and values == {self.entity.id})

    def _silent(self, table: Table) -> Prose:
        said = [_SAY[self.lang]["silent"], *(in_language(note, self.lang) for note in table.notes)]
        return Prose(tuple(map(Sentence, said)), query=table.about.get("link", ""))

    def _prose(self, part: Part) -> list[Block]:
        table = self._answer(part)
        behind = self._behind(table)
        if not behind:
            return [self._silent(table)]
        said = tuple(Sentence(getattr(self.view.prose(item), self.lang), self._cited(item.claims)) for item in behind)
        return [Prose(said, listed=True, query=table.about.get("link", ""))]

    def _misplaced(self, make: str, needs: str) -> OutlineInvalid:
        return OutlineInvalid(f"report '{self.outline.name}': a part '{make}' needs '{needs}' in the outline; see queries/reports")

    def _text(self, part: Part) -> list[Block]:
        return [Prose((Sentence(in_language(part.label, self.lang)),))]

    def _gaps(self, _: Part) -> list[Block]:
        if self.entity is None:
            raise self._misplaced("gaps", "of")
        todo = self.asks.query("work-list", entity=self.entity.id, lang=self.lang)
        return [Prose(tuple(Sentence(said) for said in unknown(self.view, self.entity, todo, self.lang)), listed=True)]

    def _source(self, _: Part) -> list[Block]:
        if self.source is None:
            raise self._misplaced("source", "of: source")
        say, told = _SAY[self.lang], about_source(self.view, self.source, self.lang)
        heads = (Column("what", {self.lang: say["what"]}), Column("value", {self.lang: say["source"]}))
        return [Rows("source", say["source"], Table(heads, tuple(told), lang=self.lang))]

    def _events(self, part: Part) -> list[Block]:
        if self.earlier is None:
            raise self._misplaced("events", "since: true")
        events = self.earlier.events(self.view)
        if self.entity:
            events = tuple(e for e in events if self.entity.id in e.entities)
        if not events:
            return [Prose((Sentence(_SAY[self.lang]["event"]),))]
        table = as_table(events, self.earlier, self.view, self.lang)
        rows = Rows("events", in_language(table.title, self.lang), table, tuple(self._notes(e.items) for e in events))
        if part.chart == "table":
            return [rows]
        if part.chart == "network":
            return pictures.changed(self.view, events, self.lang, rows)
        made: list[Block] = []
        for what in (w for w in WHATS if any(e.what == w for e in events)):
            head = f"{capital(getattr(WHATS[what], self.lang))}: {getattr(MEANS[what], self.lang)}"
            told = tuple(Sentence(getattr(e.told, self.lang), self._notes(e.items)) for e in events if e.what == what)
            made.append(Prose(told, listed=True, lead=head))
        return made

    def _chart(self, part: Part) -> list[Block]:
        table = self._answer(part) if part.question else None
        if table is not None and not table.rows:
            return [self._silent(table)]
        title = in_language(part.label, self.lang) or (in_language(table.title, self.lang) if table else "")
        if part.chart in ("map", "money", "matrix") and table is not None:
            rows = self._rows(replace(part, columns=()), table)
            return pictures.of_table(part, title, table, rows, self.lang)
        relations = self._relations(table)
        chart = pictures.timeline if part.chart == "timeline" else pictures.network
        if not relations:
            return [Prose((Sentence(_SAY[self.lang]["silent"]),))]
        return chart(self.view, relations, title, self.lang, self.entity.id if self.entity else "", self._notes)

    def _relations(self, table: Table | None) -> Sequence[Relation]:
        """Those an answer rests on, or those of what the report is about, that hold, have held, or are planned."""
        if table is not None:
            found: Sequence[Relation | Fact] = self._behind(table)
        else:
            found = self.view.scoped.touching.get(self.entity.id, ()) if self.entity else ()
        return [r for r in found if isinstance(r, Relation) and r.status != "denied"]


def _key(cell: Cell) -> str:
    return cell.id if isinstance(cell, Ref) else "" if cell is None else str(cell)


def listed(outlines: Sequence[Outline], lang: str) -> Table:
    """The reports there are, as a table."""
    heads = {"report": ("Rapport", "Report"), "title": ("Titel", "Title"), "of": ("Handlar om", "About"), "lead": ("Innehåll", "Contents")}
    rows = []
    for outline in outlines:
        of = ", ".join(outline.of) or ("source" if outline.source else "--since" if outline.since else "")
        rows.append((outline.name, in_language(outline.title, lang).replace("{name}", "…"), of, in_language(outline.lead, lang)))
    return Table(tuple(Column(name, dict(zip(("sv", "en"), told, strict=True))) for name, told in heads.items()), tuple(rows), lang=lang)
