"""One asking: the store that may answer a query, and the names to answer with.

The whole build answers from its store alone and reads only what the answer names. With known-by or a choice of sources
the bounds are computed anew from fewer claims, and a store of those answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from socialgraph.build import Built
from socialgraph.model.table import Cell, Column, Ref, Table
from socialgraph.model.vocabulary import Labels, Vocabulary
from socialgraph.rdf import codec, ontology
from socialgraph.rdf.store import Store
from socialgraph.view import View


@dataclass(frozen=True, slots=True)
class Asked:
    """A day, and the view that limits the claims, if any does."""

    store: Store
    vocabulary: Vocabulary
    ontology: Path
    built: Built
    day: date
    scoped: View | None

    def answer(self, text: str, *, lang: str, labels: Mapping[str, Labels]) -> Table:
        """The answer to a query as a Table, its things named as on the day. Raises `QueryInvalid`."""
        columns, rows = self._answering().table(text)
        things = (value for row in rows for value in row if isinstance(value, tuple))
        view = self.scoped or View(codec.excerpt(self.store, self.vocabulary, things), self.day, build=self.built.id)
        cells = tuple(tuple(self._cell(value, view, lang) for value in row) for row in rows)
        known = {"known_by": view.known_by.isoformat()} if view.known_by else {}
        number = len(self.scoped.scoped.sources) if self.scoped else self.built.counts["sources"]
        about = {**known, "sources": str(number), "build": self.built.id}
        return Table(tuple(Column(c, labels.get(c, {})) for c in columns), cells, about)

    def _answering(self) -> Store:
        return Store.in_memory([*ontology.quads(self.ontology), *codec.quads(self.scoped.scoped)]) if self.scoped else self.store

    def _cell(self, value: Any, view: View, lang: str) -> Cell:
        if not isinstance(value, tuple):
            return value  # type: ignore[no-any-return]
        prefix, id = value
        held = view.holdings
        label = id[:8] if prefix in ("sgr", "sgf", "sgp") else id
        if prefix == "sgd" and (id in held.entities or id in held.merged):
            label = view.name(id, lang)
        elif prefix == "sgs" and id in held.sources:
            label = held.sources[id].title
        elif prefix in ("sgc", "sg"):
            label = self.vocabulary.label(id, lang) or id
        return Ref(label, id)
