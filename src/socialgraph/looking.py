"""Looking: what is held of entities, and who attests it, as tables for people. Values in, tables out; nothing here opens a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from socialgraph.errors import UnknownName
from socialgraph.model.claims import Claim, Entity, identifiers
from socialgraph.model.relations import Fact, Relation
from socialgraph.model.table import Cell, Column, Ref, Table
from socialgraph.model.vocabulary import Vocabulary
from socialgraph.model.words import date_words, period_words, place_words
from socialgraph.telling import dated
from socialgraph.view import View

_HEADINGS = {
    "entity": ("Entitet", "Entity"), "kind": ("Slag", "Kind"), "names": ("Namn", "Names"), "id": ("Id", "Id"), "what": ("Vad", "What"),
    "value": ("Värde", "Value"), "details": ("Bestämningar", "Details"), "period": ("Period", "Period"), "state": ("Läge", "State"),
    "sources": ("Källor", "Sources"), "relation": ("Relation", "Relation"), "source": ("Källa", "Source"), "publisher": ("Utgivare", "Publisher"),
    "published": ("Publicerad", "Published"), "place": ("Ställe", "Place"), "status": ("Status", "Status"), "stated": ("Som tryckt", "As printed"),
    "documents": ("Dokument", "Documents"), "note": ("Anmärkning", "Note"), "question": ("Fråga", "Question"), "title": ("Titel", "Title"),
    "parameters": ("Parametrar", "Parameters"), "theme": ("Tema", "Theme"), "answer": ("Svar", "Answer"), "row": ("Rad", "Row"),
    "parameter": ("Parameter", "Parameter"), "meaning": ("Betyder", "Means"), "needed": ("Krav", "Needed"), "choices": ("Val", "Choices"),
}  # fmt: skip
_WITNESS = ("source", "publisher", "published", "place", "status", "period", "stated", "documents", "note")
"""The columns that tell of a witness."""


@dataclass(frozen=True, slots=True)
class Look:
    """A view, looked at in a language; `named` holds every name of every entity, past and present."""

    view: View
    lang: str
    named: Mapping[str, Sequence[str]]

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.view.holdings.vocabulary

    def entities(self, found: Iterable[Entity]) -> Table:
        """Entities with their kind and every name; one that is no longer borne on the view's day is marked as a name of then."""
        view, lang = self.view, self.lang
        rows = [(Ref(view.name(e.id, lang), e.id, "sgd"), self._vocabulary.label(e.kind, lang), " | ".join(self._told_names(e.id)), e.id) for e in found]
        return Table(columns("entity", "kind", "names", "id"), tuple(rows), self._about(), lang=self.lang)

    def _told_names(self, id: str) -> list[str]:
        then = {"sv": "då: ", "en": "then: "}[self.lang]
        return [then + name if self.view.is_former(id, name) else name for name in self.named[id]]

    def show(self, entity: Entity, *, today: View) -> Table:
        """Everything held of an entity: its numbers, facts and relations of every state, dated, with the number of sources."""
        view, lang, vocabulary = self.view, self.lang, self._vocabulary
        facts = sorted(view.scoped.told.get(entity.id, ()), key=lambda f: (f.kind, f.times.start_earliest, f.value))
        rows: list[tuple[Cell, ...]] = [
            (vocabulary.label(prop, lang), value, link, "", "", len(set(entity.source.split("|"))), "") for prop, value, link in identifiers(entity)
        ]
        rows += [(vocabulary.label(f.kind, lang), f.value, "", *self._when(f)) for f in facts]
        touching = view.scoped.touching.get(entity.id, ())
        for relation in sorted(touching, key=lambda r: (r.kind, r.times.start_earliest, r.from_, r.to, r.id)):
            details = "; ".join(f"{_in(k, lang)}: {_in(v, lang)}" for k, v in view.details(relation))
            rows.append((vocabulary.label(relation.kind, lang), _in(view.sentence(relation), lang), details, *self._when(relation)))
        then, now = (v.name(entity.id, lang) for v in (view, today))
        also = {"sv": f", idag {now}", "en": f", today {now}"}[lang] if now != then else ""
        title = f"{then}{also} ({vocabulary.label(entity.kind, lang)})"
        about = {"at": view.at.isoformat(), **self._about()}
        heads = columns("what", "value", "details", "period", "state", "sources", "relation")
        return Table(heads, tuple(rows), about, {"sv": title, "en": title}, lang=lang)

    def _when(self, item: Relation | Fact) -> tuple[Cell, ...]:
        period = _in(period_words(item.claims, item.times, item.status), self.lang)
        return period, self._vocabulary.state(self.view.state(item), self.lang), len({c.source for c in item.claims}), Ref(item.id[:8], item.id, _space(item))

    def why(self, items: Iterable[Relation | Fact]) -> Table:
        """The witnesses of relations and facts, one row per claim: source, publisher, date and how it is known, place, status, period, documents."""
        view, lang, rows = self.view, self.lang, []
        for item in items:
            said = _in(view.sentence(item), lang) if isinstance(item, Relation) else f"{view.name(item.from_, lang)}: {item.value}"
            rows += [(Ref(said, item.id, _space(item)), *self._witness(claim)) for claim in item.claims]
        return Table(columns("relation", *_WITNESS), tuple(rows), self._about(), lang=self.lang)

    def evidence(self, table: Table, claims: Mapping[str, Sequence[Claim]]) -> Table:
        """The rows of an answer, each as often as it has witnesses and numbered, with source, date, place and documents of each.

        `claims` are the witnesses of every relation, fact and claim that the rows rest on.
        """
        rows: list[tuple[Cell, ...]] = []
        for number, (row, things) in enumerate(zip(table.rows, table.witnesses, strict=True), 1):
            told = [self._witness(claim) for claim in dict.fromkeys(c for thing in things for c in claims[thing])]
            rows += [(number, *row, *cells) for cells in told or [(None,) * len(_WITNESS)]]
        heads = (*columns("row"), *table.columns, *(replace(c, name=f"evidence_{c.name}") for c in columns(*_WITNESS)))
        return replace(table, columns=heads, rows=tuple(rows), witnesses=(), repeated=1 + len(table.columns))

    def _witness(self, claim: Claim) -> tuple[Cell, ...]:
        """The cells of `_WITNESS` for a claim."""
        view, lang = self.view, self.lang
        source = view.holdings.sources[claim.source]
        return (
            Ref(source.title, source.id, "sgs"), view.name(source.publisher, lang), dated(source, lang),
            place_words(claim.locator, lang), self._vocabulary.state(claim.status, lang), _span(claim.since, claim.until, lang), claim.stated,
            ", ".join(view.documents(claim)), claim.note,
        )  # fmt: skip

    def _about(self) -> dict[str, str]:
        known = {"known_by": self.view.known_by.isoformat()} if self.view.known_by else {}
        return {**known, "sources": str(len(self.view.scoped.sources)), "build": self.view.build}


def meant(about: Sequence[str], ids: Sequence[str], view: View) -> list[Relation | Fact]:
    """The relations and facts meant by an id (eight digits suffice) or by the entities that all of them touch.

    Raises `UnknownName` if no relation or fact has an id that begins so.
    """
    items: list[Relation | Fact] = [*view.scoped.relations, *view.scoped.facts]
    if is_digest(about):
        found = [i for i in items if i.id.startswith(about[0])]
        if not found:
            raise UnknownName(
                f"no relation or fact has an id that begins with '{about[0]}'; ids stand in the answers of query and show",
                sv=f"ingen relation och inget faktum har ett id som börjar på '{about[0]}'; id:n står i svaren från query och show",
            )
        return found
    return [i for i in items if all(id in ((i.from_, i.to, i.person, i.about) if isinstance(i, Relation) else (i.from_,)) for id in ids)]


def is_digest(about: Sequence[str]) -> bool:
    """Whether what is asked about is the id of one relation or fact, or its beginning."""
    return len(about) == 1 and len(about[0]) >= 6 and set(about[0]) <= set("0123456789abcdef")


def columns(*names: str) -> tuple[Column, ...]:
    """Columns by name, with the headings of tables that answer no question of the catalogue."""
    return tuple(Column(n, dict(zip(("sv", "en"), _HEADINGS[n], strict=True))) for n in names)


def _space(item: Relation | Fact) -> str:
    return "sgr" if isinstance(item, Relation) else "sgf"


def _in(text: Any, lang: str) -> str:
    return str(getattr(text, lang))


def _span(since: str, until: str, lang: str) -> str:
    return " – ".join(date_words(t, lang) if t else "?" for t in (since, until)) if since or until else ""
