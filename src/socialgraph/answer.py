"""One asking: the store that may answer a query, and the names to answer with.

The whole build answers from its store alone and reads only what the answer names. With known-by or a choice of sources
the bounds are computed anew from fewer claims, and a store of those answers. A row remembers its witnesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from socialgraph.built import Built
from socialgraph.looking import Look
from socialgraph.model.holdings import Holdings
from socialgraph.model.ids import PREFIXES, prefixed
from socialgraph.model.table import Column, Ref, Table
from socialgraph.model.vocabulary import Labels, Vocabulary
from socialgraph.rdf import codec, ontology, rules
from socialgraph.rdf.excerpts import Excerpts
from socialgraph.rdf.guard import refuse_reaching_out
from socialgraph.rdf.spelling import refuse_unknown, untyped
from socialgraph.rdf.store import EmbeddedStore, Store
from socialgraph.view import View

WITNESSES = "relations"
"""The column in which a row that gathers several relations lists them; it is no part of the table."""
_ATTESTED = ("sgr", "sgf", "sgp")


@dataclass(frozen=True)
class Asked:
    """A day, and the view that limits the claims, if any does; `held` is everything, where it has been read already: then nothing is looked up for names."""

    excerpts: Excerpts
    built: Built
    day: date
    scoped: View | None
    held: Holdings | None = None

    @property
    def store(self) -> Store:
        """The store of the whole build."""
        return self.excerpts.store

    @property
    def vocabulary(self) -> Vocabulary:
        """The kinds and concepts of the build."""
        return self.excerpts.vocabulary

    @cached_property
    def answering(self) -> Store:
        """The store that answers: the build's, or one of the claims that the view may use."""
        if self.scoped is None:
            return self.store
        store = EmbeddedStore.in_memory([*ontology.quads(self.built.ontology), *codec.quads(self.scoped.scoped)])
        store.extend(list(rules.derived(store, self.built.queries)))
        return store

    @cached_property
    def _answered(self) -> Excerpts:
        return self.excerpts if self.scoped is None else Excerpts(self.answering, self.vocabulary)

    def check(self, text: str) -> None:
        """Raise `QueryInvalid` or `QueryRefused` for a text of a user that does not parse, reaches out, or names what is not in the build."""
        refuse_reaching_out(text)
        refuse_unknown(text, self.store.has, lambda prefix: self.store.local_names(PREFIXES[prefix]))

    def written(self, text: str, *, lang: str) -> Table:
        """The answer to a query of a user; if it has no rows, a note says what slip may be the reason, where one is seen."""
        self.check(text)
        table = self.answer(text, lang=lang, labels={})
        sv, en = untyped(text, lambda name: bool(self.excerpts.called(name))) if not table.rows else ("", "")
        return replace(table, notes=({"sv": sv, "en": en},)) if sv else table

    def answer(self, text: str, *, lang: str, labels: Mapping[str, Labels]) -> Table:
        """The answer to a query as a Table, its things named as on the day. Raises `QueryInvalid`."""
        columns, rows = self.answering.table(text)
        listed = [""] * len(rows)
        if columns[-1:] == [WITNESSES]:
            columns, listed, rows = columns[:-1], [row[-1] or "" for row in rows], [row[:-1] for row in rows]
        things = {value for row in rows for value in row if isinstance(value, tuple)}
        view = self._naming(things)
        refs = {(prefix, id): self._ref(prefix, id, view, lang) for prefix, id in things}
        cells = tuple(tuple(refs[value] if isinstance(value, tuple) else value for value in row) for row in rows)
        witnesses = tuple(_witnesses(row, more) for row, more in zip(rows, listed, strict=True))
        return Table(tuple(Column(c, labels.get(c, {})) for c in columns), cells, self._about(witnesses), witnesses=witnesses, lang=lang)

    def with_evidence(self, table: Table, lang: str) -> Table:
        """The rows of an answer, each as often as it has witnesses, with source, date, place and documents of each."""
        claims = self._answered.witnesses(w for row in table.witnesses for w in row)
        heard = [("sgs", c.source) for found in claims.values() for c in found]
        sources = self._naming(heard)
        view = self._naming([*heard, *(("sgd", s.publisher) for s in sources.holdings.sources.values())])
        return Look(view, lang, {}).evidence(table, claims)

    def name(self, id: str, lang: str) -> str:
        """The name an entity bears on the day."""
        return self._naming([("sgd", id)]).name(id, lang)

    def _about(self, witnesses: Iterable[Iterable[str]]) -> dict[str, str]:
        known = self.scoped.known_by if self.scoped else None
        number = len(self.scoped.scoped.sources) if self.scoped else self.built.counts["sources"]
        things = {w for row in witnesses for w in row}
        behind = {"behind": str(len(self._answered.sources_behind(things)))} if things else {}
        return {"known_by": (known or self.built.last_day).isoformat(), "sources": str(number), **behind, "build": self.built.id}

    def _naming(self, things: Iterable[tuple[str, str]]) -> View:
        return self.scoped or View(self.held or self.excerpts.naming(things), self.day, build=self.built.id)

    def _ref(self, prefix: str, id: str, view: View, lang: str) -> Ref:
        held = view.holdings
        label = id[:8] if prefix in _ATTESTED else id
        if prefix == "sgd" and (id in held.entities or id in held.merged):
            label = view.name(id, lang)
        elif prefix == "sgs" and id in held.sources:
            label = held.sources[id].title
        elif prefix in ("sgc", "sg"):
            label = self.vocabulary.label(id, lang) or id
        return Ref(label, id, prefix)


def _witnesses(row: Iterable[Any], listed: str) -> tuple[str, ...]:
    """What a row rests on: its relations, facts and claims, and those it lists as IRIs in a text."""
    seen = [f"{value[0]}:{value[1]}" for value in row if isinstance(value, tuple) and value[0] in _ATTESTED]
    return tuple(dict.fromkeys([*seen, *sorted(prefixed(iri) for iri in listed.split())]))
