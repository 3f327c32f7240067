"""The lists of a view: entities, relations, facts, claims and sources as typed tables, one row each, for other programs.

Ids as they are in the graph, days as days, numbers as numbers; what is unknown is empty. Every date of a relation is there,
so that a reader can tell certain from presumed; its status says what is planned, wished, denied or ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.relations import Fact, Relation, Times
from socialgraph.model.table import Cell, Column, Table
from socialgraph.model.vocabulary import Labels
from socialgraph.view import View

LISTS = ("entities", "relations", "facts", "claims", "sources")
SEPARATOR = "|"
"""Between the values of a cell that holds several, as in data/."""
_OWN: dict[str, Labels] = {
    "id": {"sv": "id", "en": "id"}, "kind": {"sv": "slag", "en": "kind"}, "kind_label": {"sv": "slagets namn", "en": "name of the kind"},
    "name": {"sv": "dagens namn", "en": "name of the day"}, "name_sv": {"sv": "namn idag, på svenska", "en": "name today, in Swedish"},
    "name_en": {"sv": "namn idag, på engelska", "en": "name today, in English"}, "other_names": {"sv": "andra namn", "en": "other names"},
    "website": {"sv": "webbplats", "en": "website"}, "lang": {"sv": "språk", "en": "language"}, "url": {"sv": "adress", "en": "address"},
    "state": {"sv": "läge den dagen", "en": "state on the day"}, "claims": {"sv": "antal påståenden", "en": "number of claims"},
    "sources": {"sv": "källor", "en": "sources"}, "title": {"sv": "titel", "en": "title"}, "publisher": {"sv": "utgivare", "en": "publisher"},
    "source": {"sv": "källa", "en": "source"}, "entity": {"sv": "entitet", "en": "entity"}, "licence": {"sv": "licens", "en": "licence"},
    "language": {"sv": "språk", "en": "language"},
}  # fmt: skip
_NAMED = {"sv": ": namn", "en": ": name"}
_TIMES = tuple(Times.__dataclass_fields__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a view in a language; `only_held` leaves out what does not hold on the view's day in its mode."""

    view: View
    lang: str = "sv"
    only_held: bool = False

    @property
    def relations_kept(self) -> list[Relation]:
        """The relations listed, by kind, ends and id."""
        return sorted((r for r in self.view.scoped.relations if self._kept(r)), key=lambda r: (r.kind, r.from_, r.to, r.person, r.id))

    @property
    def facts_kept(self) -> list[Fact]:
        """The facts listed, by entity, kind and value."""
        return sorted((f for f in self.view.scoped.facts if self._kept(f)), key=lambda f: (f.from_, f.kind, f.value, f.id))

    def _kept(self, item: Relation | Fact) -> bool:
        return not self.only_held or self.view.holds(item)

    @property
    def _claims_kept(self) -> list[tuple[Claim, str]]:
        items: list[Relation | Fact] = [*self.relations_kept, *self.facts_kept]
        return [(claim, item.id) for item in items for claim in item.claims]

    @property
    def _entities_kept(self) -> list[Entity]:
        """Every entity; of what holds on a day, those that a relation or fact then names."""
        if not self.only_held:
            return sorted(self.view.scoped.entities.values(), key=lambda e: e.id)
        used = {id for r in self.relations_kept for id in (r.from_, r.to, r.person, r.about) if id}
        used |= {id for f in self.facts_kept for id in (f.from_, f.about) if id} | {s.publisher for s in self._sources_kept}
        used |= {county for id in used if (county := self.view.entity(id).county)}
        return [self.view.entity(id) for id in sorted(used)]

    @property
    def _sources_kept(self) -> list[Source]:
        heard = {claim.source for claim, _ in self._claims_kept}
        return [s for id, s in sorted(self.view.scoped.sources.items()) if not self.only_held or id in heard]

    def tables(self) -> dict[str, Table]:
        """Every list as a table by its name."""
        return {name: getattr(self, name)() for name in LISTS}

    def entities(self) -> Table:
        """A row for each entity: kind, names of the day and of today, county, numbers of registers."""
        view = self.view
        return self._table("entities", self._entities_kept, {
            "id": lambda e: e.id, "kind": lambda e: e.kind, "kind_label": lambda e: self._word(e.kind), "name": lambda e: view.name(e.id, self.lang),
            "name_sv": lambda e: e.name_sv, "name_en": lambda e: e.name_en, "abbreviation": lambda e: e.abbreviation,
            "other_names": lambda e: SEPARATOR.join(e.alt_names), "county": lambda e: e.county, "organisation_number": lambda e: e.organisation_number,
            "code": lambda e: e.code, "ror": lambda e: e.ror, "wikidata": lambda e: e.wikidata, "orcid": lambda e: e.orcid, "website": lambda e: e.website,
        })  # fmt: skip

    def relations(self) -> Table:
        """A row for each relation: kind, ends, qualifiers, status, state on the day, every date, claims and sources."""
        return self._table("relations", self.relations_kept, {
            "id": lambda r: r.id, "kind": lambda r: r.kind, "kind_label": lambda r: self._word(r.kind),
            "from": lambda r: r.from_, "from_name": lambda r: self._name(r.from_), "to": lambda r: r.to, "to_name": lambda r: self._name(r.to),
            "person": lambda r: r.person, "person_name": lambda r: self._name(r.person), "role": lambda r: self._role(r.role),
            "role_note": lambda r: SEPARATOR.join(r.role_notes), "about": lambda r: r.about, "about_name": lambda r: self._name(r.about),
            "topic": lambda r: SEPARATOR.join(r.topics), "share": lambda r: r.share, "amount": lambda r: r.amount, "currency": lambda r: r.currency,
            "basis": lambda r: r.basis, "approximate": lambda r: r.approximate, "episode": lambda r: r.episode, **self._standing(),
        })  # fmt: skip

    def facts(self) -> Table:
        """A row for each fact: kind, entity, value, status, state on the day, every date, claims and sources."""
        return self._table("facts", self.facts_kept, {
            "id": lambda f: f.id, "kind": lambda f: f.kind, "kind_label": lambda f: self._word(f.kind), "entity": lambda f: f.from_,
            "entity_name": lambda f: self._name(f.from_), "value": lambda f: f.value, "lang": lambda f: f.lang, "about": lambda f: f.about,
            "topic": lambda f: SEPARATOR.join(f.topics), "approximate": lambda f: f.approximate, **self._standing(),
        })  # fmt: skip

    def claims(self) -> Table:
        """A row for each claim: what it asserts, source, place, period as written, status, documents."""
        return self._table("claims", self._claims_kept, {
            "id": lambda c: c[0].id, "asserts": lambda c: c[1], "source": lambda c: c[0].source, "row": lambda c: c[0].row,
            "locator": lambda c: c[0].locator, "since": lambda c: c[0].since, "until": lambda c: c[0].until, "status": lambda c: c[0].status,
            "stated": lambda c: c[0].stated, "document": lambda c: SEPARATOR.join(self.view.documents(c[0])), "note": lambda c: c[0].note,
        })  # fmt: skip

    def sources(self) -> Table:
        """A row for each source: title, publisher, time of publication and how it is known, address."""
        return self._table("sources", self._sources_kept, {
            "id": lambda s: s.id, "title": lambda s: s.title, "source_kind": lambda s: s.kind, "publisher": lambda s: s.publisher,
            "publisher_name": lambda s: self._name(s.publisher), "published": lambda s: s.published, "published_basis": lambda s: s.published_basis,
            "published_note": lambda s: s.published_note, "url": lambda s: s.url, "retrieved": lambda s: s.retrieved,
            "language": lambda s: s.language, "licence": lambda s: s.licence,
        })  # fmt: skip

    def _standing(self) -> dict[str, Callable[[Relation | Fact], Cell]]:
        """What relations and facts have in common: status, state, dates, evidence."""
        return {
            "status": lambda i: i.status, "state": self.view.state, "disputed": lambda i: i.disputed,
            **{name: partial(_time, name) for name in _TIMES},
            "claims": lambda i: len(i.claims), "sources": lambda i: SEPARATOR.join(sorted({c.source for c in i.claims})),
        }  # fmt: skip

    def _table(self, name: str, things: Iterable[T], columns: dict[str, Callable[[T], Cell]]) -> Table:
        rows = tuple(tuple(value(thing) for value in columns.values()) for thing in things)
        return Table(tuple(Column(c, self._label(c)) for c in columns), rows, title={"en": name}, lang=self.lang)

    def _label(self, column: str) -> Labels:
        """The ontology's label of a column that is a property, else our own."""
        if found := _OWN.get(column) or self.view.holdings.vocabulary.properties.get(_camel(column)):
            return found
        base = self._label(column.removesuffix("_name"))
        return {lang: base[lang] + word for lang, word in _NAMED.items()}

    def _name(self, id: str) -> str:
        return self.view.name(id, self.lang) if id else ""

    def _word(self, id: str) -> str:
        return self.view.holdings.vocabulary.label(id, self.lang)

    def _role(self, role: str) -> str:
        return self._word(role) if role in self.view.holdings.vocabulary.concepts else role


def _time(name: str, item: Relation | Fact) -> date:
    return getattr(item.times, name)  # type: ignore[no-any-return]


def _camel(column: str) -> str:
    """A column's name as the ontology spells the property: `certain_from` is `certainFrom`."""
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)
