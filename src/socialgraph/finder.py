"""Finding entities: by any name past or present, abbreviation, id or number; and the one that a text means, or near ones.

An id or a name is looked up in the store, whose cost follows the answer; everything held is read only where that does not do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from socialgraph.errors import UnknownEntity
from socialgraph.model.claims import Entity
from socialgraph.model.holdings import Holdings
from socialgraph.model.ids import is_slug
from socialgraph.model.search import Names, fold, nearest, number
from socialgraph.rdf.excerpts import Excerpts


class Finder:
    """The entities of a store; `held` gives everything, when it is needed."""

    def __init__(self, excerpts: Excerpts, held: Callable[[], Holdings]) -> None:
        self._excerpts = excerpts
        self._vocabulary = excerpts.vocabulary
        self._held = held

    @cached_property
    def _holdings(self) -> Holdings:
        return self._held()

    def find(self, text: str) -> list[Entity]:
        """The entities with a name or number like a text, best first; people never without their dots."""
        return [self._holdings.entities[id] for id in self._index.matches(text)]

    @cached_property
    def _index(self) -> Names:
        persons = {e.id for e in self._holdings.entities.values() if self._vocabulary.entity_kinds[e.kind].is_person}
        return Names(self.named, self._numbered, strict=persons)

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """Every name of every entity, past and present."""
        named = {id: list(e.names) for id, e in self._holdings.entities.items()}
        for fact in self._holdings.facts:
            if fact.kind in self._vocabulary.name_kinds:
                named[fact.from_].append(fact.value)
        return {id: list(dict.fromkeys(names)) for id, names in named.items()}

    @cached_property
    def _numbered(self) -> dict[str, list[str]]:
        """The id and every identifier of every entity."""
        numbers = {e.id: [e.id, e.organisation_number, e.code, e.ror, e.wikidata, e.orcid] for e in self._holdings.entities.values()}
        for fact in self._holdings.facts:
            if self._vocabulary.fact_kinds[fact.kind].range == "string":
                numbers[fact.from_].append(fact.value)
        return numbers

    def resolve(self, text: str, *, kinds: Collection[str] = ()) -> Entity:
        """The one entity an id, number or exact name means, among those of some kinds if any are named.

        Raises `UnknownEntity` with near ones, also when several bear it.
        """
        if is_slug(text) and (entity := self._excerpts.naming([("sgd", text)]).entities.get(text)):
            return self._of_kind(entity, kinds)
        if not any(c.isdigit() for c in text):  # the store knows every name; numbers are compared with more care below
            named = self._excerpts.naming(("sgd", id) for id in self._excerpts.called(text)).entities.values()
            bearing = [e for e in named if self._is(e, kinds)]
            own = [e for e in bearing if fold(text) == fold(e.name_sv)] or bearing
            if len(own) == 1:
                return own[0]
        if text in self._holdings.merged:
            return self._of_kind(self._holdings.entities[self._holdings.merged[text]], kinds)
        found = [e for e in self.find(text) if self._is(e, kinds)][:6]
        exact = [e for e in found if fold(text) in {fold(n) for n in self.named[e.id]} or number(text) in map(number, filter(None, self._numbered[e.id]))]
        exact = [e for e in exact if fold(text) == fold(e.name_sv)] or exact  # the register's own name before others' former ones
        if len(exact) == 1:
            return exact[0]
        if exact:
            listed = _told(exact)
            raise UnknownEntity(f"several entities are called '{text}'; use an id: {listed}", sv=f"flera entiteter heter '{text}'; ange ett id: {listed}")
        kin = {id: names for id, names in self.named.items() if self._is(self._holdings.entities[id], kinds)}
        close = found or [self._holdings.entities[id] for id in nearest(text, kin)]
        listed = _told(close)
        raise UnknownEntity(
            f"no entity '{text}'; near: {listed or 'none; try: socialgraph find'}",
            sv=f"ingen entitet '{text}'; nära: {listed or 'ingen; pröva: socialgraph find'}",
        )

    def _is(self, entity: Entity, kinds: Collection[str]) -> bool:
        return not kinds or not self._vocabulary.entity_kinds[entity.kind].ancestors.isdisjoint(kinds)

    def _of_kind(self, entity: Entity, kinds: Collection[str]) -> Entity:
        if not self._is(entity, kinds):
            said, wanted = self._vocabulary.label, sorted(kinds)
            raise UnknownEntity(
                f"'{entity.id}' ({entity.name_sv}) is a {said(entity.kind, 'en')}; expected a {' or '.join(said(kind, 'en') for kind in wanted)}",
                sv=f"'{entity.id}' ({entity.name_sv}) är: {said(entity.kind, 'sv')}; här väntas: {' eller '.join(said(kind, 'sv') for kind in wanted)}",
            )
        return entity


def _told(entities: Iterable[Entity]) -> str:
    return ", ".join(f"{e.id} ({e.name_sv})" for e in entities)
