"""The worklist: what is still to be confirmed (`Todo`) and where somebody has looked (`Search`).

Neither is a claim: no relation, fact or count is ever made of it. It tells "nobody has looked" from "nothing was found".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from socialgraph.model import ids

COLUMNS = ("organisation_number", "code", "ror", "wikidata", "orcid", "website", "name_en", "county", "part_of")
"""Columns of the register that a todo may ask for, besides kinds and themes."""
RESULTS = ("none", "found")
"""What a search gave: nothing, or what is now in the data."""


@dataclass(frozen=True, slots=True)
class Todo:
    """A statement nobody has confirmed yet: what, of which entity, of which kind, column or theme, and where to look."""

    what: str
    on: date
    entity: str = ""
    kind: str = ""
    where: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """A hash of what is asked: the same todo has the same id in every build."""
        return ids.digest("todo", self.what, self.entity, self.kind)


@dataclass(frozen=True, slots=True)
class Search:
    """Somebody looked for a theme of one county, on a day, with a result (`RESULTS`)."""

    county: str
    theme: str
    on: date
    by: str
    result: str
    note: str = ""

    @property
    def id(self) -> str:
        """A hash of who looked for what, where and when."""
        return ids.digest("search", self.county, self.theme, self.on.isoformat(), self.by)


@dataclass(frozen=True, slots=True)
class Worklist:
    """Every todo and every search, each in order of its id.

    >>> Worklist.of([Todo("Vem bär stödet?", date(2026, 11, 22))]).known_by(date(2020, 1, 1))
    Worklist(todos=(), searches=())
    """

    todos: tuple[Todo, ...] = ()
    searches: tuple[Search, ...] = ()

    @classmethod
    def of(cls, todos: list[Todo] | None = None, searches: list[Search] | None = None) -> Worklist:
        """The worklist of these, in the order every build has."""
        return cls(tuple(sorted(todos or (), key=lambda t: t.id)), tuple(sorted(searches or (), key=lambda s: s.id)))

    def known_by(self, day: date | None) -> Worklist:
        """What had been written down by a day; all of it without one."""
        if day is None:
            return self
        return Worklist(tuple(t for t in self.todos if t.on <= day), tuple(s for s in self.searches if s.on <= day))

    def standing(self, merged: Mapping[str, str]) -> Worklist:
        """The same about the ids that stand after identity was judged."""
        return Worklist.of(
            [replace(t, entity=merged.get(t.entity, t.entity)) for t in self.todos], [replace(s, county=merged.get(s.county, s.county)) for s in self.searches]
        )
