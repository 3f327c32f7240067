"""Asking a question of the catalogue: what was given becomes ids and days, and the answer says what it is an answer to.

Every answer states day, mode, known-by, sources and build, and the link under which it can be asked again; where a zero
could be mistaken for absence it states the coverage, and where there are no rows it says why, if that can be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from socialgraph.answer import Asked
from socialgraph.errors import UnknownName
from socialgraph.listing import words
from socialgraph.model import coverage, emptiness
from socialgraph.model.claims import Entity
from socialgraph.model.holdings import Holdings
from socialgraph.model.links import Link
from socialgraph.model.picture import Text
from socialgraph.model.relations import MODES
from socialgraph.model.table import Table
from socialgraph.model.vocabulary import Vocabulary, in_language, near
from socialgraph.rdf import codec
from socialgraph.rdf.queries import Parameter, Question

COVERAGE = "coverage"
"""The question that says, for each county and theme, whether anything is known."""
_NAMED = re.compile(r"\bsg:(\w+)")
_ALL_DAYS = {"sv": "alla", "en": "all"}


@dataclass(frozen=True)
class Asking:
    """A question, what is given for its parameters, and the asking that will answer it.

    `resolve` finds the entity a name means, among kinds if any are named; `held` gives everything, for the reasons of an empty answer;
    `covered` answers the coverage question from all claims.
    """

    question: Question
    given: Mapping[str, str]
    mode: str
    sources: tuple[str, ...]
    asked: Asked
    resolve: Callable[..., Entity]
    held: Callable[[], Holdings]
    covered: Callable[[str], tuple[list[str], list[tuple[Any, ...]]]]
    coverage: Question | None = None

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.asked.vocabulary

    @cached_property
    def values(self) -> dict[str, str]:
        """What the parameters are rendered with: ids for names, the day for days, the mode. Raises on unknown words."""
        kinds = {p.name: p.kind for p in self.question.parameters}
        for name in self.given:
            self.question.parameter(name)
        values = {p.name: self._meaning(p, value) for p in self.question.parameters if (value := self.given.get(p.name))}
        values |= {name: self.asked.day.isoformat() for name in self.question.days if not values.get(name)}
        return values | {name: self.mode for name, kind in kinds.items() if kind == "mode"}

    @property
    def link(self) -> Link:
        """The link under which exactly this answer can be asked again."""
        scope = {p.name for p in self.question.parameters if p.kind == "mode" or p.name == "at"}
        scoped = self.asked.scoped
        known = scoped.known_by.isoformat() if scoped and scoped.known_by else ""
        return Link(
            self.question.name, {k: v for k, v in self.values.items() if k not in scope}, at=self.asked.day.isoformat(),
            mode=self.mode if self._modal else "", known_by=known, sources=self.sources, build=self.asked.built.id,
        )  # fmt: skip

    @property
    def _modal(self) -> bool:
        return any(p.kind == "mode" for p in self.question.parameters)

    def answer(self, lang: str) -> Table:
        """The answer as a Table. Raises `ParameterInvalid`, `UnknownEntity`, `DateNotUnderstood`."""
        table = self.asked.answer(self.question.render(self.values, lang), lang=lang, labels=self.question.columns)
        notes = [*self._coverage(), *([] if table.rows else self._why_empty())]
        about = self._about(lang) | dict(table.about) | {"link": str(self.link)}
        return replace(table, about=about, title=self.question.title, notes=tuple({"sv": n.sv, "en": n.en} for n in notes))

    def with_evidence(self, table: Table, lang: str) -> Table:
        """The answer with the witnesses of every row; a question whose rows have none says why in a note."""
        if self.question.without_evidence:
            return replace(table, notes=(*table.notes, self.question.without_evidence))
        return self.asked.with_evidence(table, lang)

    def _about(self, lang: str) -> dict[str, str]:
        about = {"at": self.asked.day.isoformat() if self.question.days else _ALL_DAYS[lang]}
        if self._modal:
            about["mode"] = in_language(self._vocabulary.concepts[self.mode].label, lang)
        told = {p.name: p for p in self.question.parameters if p.kind != "mode" and p.name != "at"}
        return about | {in_language(p.label, lang): self.values[name] for name, p in told.items() if self.given.get(name)}

    def _meaning(self, parameter: Parameter, value: str) -> str:
        """The id that a value of a parameter means. Raises `UnknownEntity`, or `UnknownName` with near words."""
        if parameter.kind in ("entity", "county"):
            return self.resolve(value, kinds=parameter.of).id
        known = words(parameter, self._vocabulary) if parameter.kind != "source" else self._sources
        if parameter.kind in ("kind", "concept", "source") and value not in known:
            close = ", ".join(near(value, known))
            raise UnknownName(
                f"no {parameter.kind} '{value}'; near: {close or 'none'}",
                sv=f"'{value}' finns inte ({in_language(parameter.label, 'sv')}); nära: {close or 'inget'}",
            )
        return value

    @property
    def _sources(self) -> list[str]:
        return [codec.local(s) for s in self.asked.store.subjects(codec.iri("rdf:type").value, codec.iri("sg:Source").value)]

    # ── what an answer says of itself

    def _coverage(self) -> list[Text]:
        """How many counties anything is known of, for each theme in which a zero could be mistaken for absence."""
        if not (self.question.coverage and self.coverage):
            return []
        values = {p.name: self.mode if p.kind == "mode" else self.asked.day.isoformat() for p in self.coverage.parameters if p.kind in ("day", "mode")}
        values |= {p.name: self.values[mine] for p in self.coverage.parameters if p.kind == "county" for mine in self._counties}
        names, rows = (self.covered if self.asked.scoped is None else self.asked.answering.table)(self.coverage.render(values))
        theme, state = names.index("theme"), names.index("state")
        return [coverage.sentence(each, (row[state][1] for row in rows if row[theme][1] == each), self._vocabulary) for each in self.question.coverage]

    @property
    def _counties(self) -> list[str]:
        """The parameter that names the one county asked about, if one does."""
        given = [p.name for p in self.question.parameters if p.kind == "county" and p.name in self.values]
        return given if len(given) == 1 else []

    def _why_empty(self) -> list[Text]:
        scoped = self.asked.scoped
        if scoped and scoped.known_by:
            every = self.held().sources.values()
            if nothing := emptiness.nothing_published((s.published_day for s in every), scoped.known_by):
                return nothing
        for mode in MODES[MODES.index(self.mode) + 1 :] if self._modal else ():
            if rows := len(replace(self, mode=mode)._rows()):
                return [emptiness.weaker(mode, rows, self._vocabulary)]
        kinds = {name for name in _NAMED.findall(self.question.sparql) if name in self._vocabulary.relation_kinds}
        if not kinds or not self.question.days:
            return [emptiness.silent()]
        ids = [self.values[p.name] for p in self.question.parameters if p.kind == "entity" and p.name in self.values]
        names = {id: Text(self.asked.name(id, "sv"), self.asked.name(id, "en")) for id in ids}
        return emptiness.reasons(scoped.scoped if scoped else self.held(), kinds=kinds, entities=names, day=self.asked.day) or [emptiness.silent()]

    def _rows(self) -> list[tuple[object, ...]]:
        return self.asked.answering.table(self.question.render(self.values))[1]
