"""The ontology as a vocabulary: kinds, labels, ends, qualifiers and concepts out of `ontology/**/*.ttl`.

Allowed ends are read from the `owl:allValuesFrom` restrictions on `sg:from` and `sg:to`, so that a reasoner and the row
gate check the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from socialgraph.errors import OntologyError
from socialgraph.model.ids import PREFIXES
from socialgraph.model.vocabulary import Concept, EntityKind, FactKind, Labels, RelationKind, Vocabulary

Term = Any
GRAPH = PREFIXES["sgg"] + "ontology"


def files(folder: Path) -> list[Path]:
    """The Turtle files of the ontology and its concept schemes, in order; shapes are no part of it."""
    return [folder / "socialgraph.ttl", *sorted((folder / "concepts").glob("*.ttl"))]


def quads(folder: Path) -> Iterator[ox.Quad]:
    """The ontology as quads of its graph; blank nodes are named by file and order, so that builds are the same."""
    graph = ox.NamedNode(GRAPH)
    for path in files(folder):
        blank: dict[ox.BlankNode, ox.BlankNode] = {}

        def stable(term: Term, path: Path = path, blank: dict[ox.BlankNode, ox.BlankNode] = blank) -> Term:
            if not isinstance(term, ox.BlankNode):
                return term
            return blank.setdefault(term, ox.BlankNode(f"{path.stem}{len(blank)}"))

        try:
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                yield ox.Quad(stable(triple.subject), triple.predicate, stable(triple.object), graph)
        except SyntaxError as error:
            raise OntologyError(f"{path.name} is not readable Turtle: {error}") from error


def read(folder: Path) -> Vocabulary:
    """The vocabulary of the ontology in a folder. Raises `OntologyError` where a kind lacks what the program needs."""
    return _Reader(quads(folder)).vocabulary()


class _Reader:
    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._objects: dict[tuple[str, str], list[Term]] = {}
        self._typed: dict[str, list[str]] = {}
        for quad in quads:
            subject = _key(quad.subject)
            self._objects.setdefault((subject, quad.predicate.value), []).append(quad.object)
            if quad.predicate.value == PREFIXES["rdf"] + "type" and isinstance(quad.subject, ox.NamedNode):
                self._typed.setdefault(_key(quad.object), []).append(subject)

    def vocabulary(self) -> Vocabulary:
        classes = [c for c in self._typed.get(_iri("owl:Class"), []) if c.startswith(PREFIXES["sg"])]
        above = {c: self._ancestors(c) for c in classes}
        entity, relation = _iri("sg:Entity"), _iri("sg:Relation")
        properties = [p for t in ("owl:ObjectProperty", "owl:DatatypeProperty") for p in self._typed.get(_iri(t), [])]
        return Vocabulary(
            {_local(c): self._entity_kind(c, above[c]) for c in sorted(classes) if entity in above[c]},
            {_local(c): self._relation_kind(c) for c in sorted(classes) if relation in above[c] and c != relation},
            {_local(p): self._fact_kind(p) for p in sorted(self._typed.get(_iri("sg:FactKind"), []))},
            {_local(c): self._concept(c) for c in sorted(self._typed.get(_iri("skos:Concept"), []))},
            {_local(p): self._labels(p, "rdfs:label") for p in sorted(properties) if p.startswith(PREFIXES["sg"])},
        )

    def _get(self, subject: str, name: str) -> list[Term]:
        return self._objects.get((subject, _iri(name)), [])

    def _ancestors(self, cls: str) -> tuple[str, ...]:
        """Superclasses of ours nearest first, the class itself included."""
        found, waiting = [], [cls]
        while waiting:
            here = waiting.pop(0)
            if here not in found and here.startswith(PREFIXES["sg"]):
                found.append(here)
                waiting += [_key(o) for o in self._get(here, "rdfs:subClassOf") if isinstance(o, ox.NamedNode)]
        return tuple(found)

    def _labels(self, subject: str, name: str) -> Labels:
        return {o.language: o.value for o in sorted(self._get(subject, name), key=str) if isinstance(o, ox.Literal) and o.language}

    def _needed(self, subject: str, name: str) -> Labels:
        labels = self._labels(subject, name)
        if not {"sv", "en"} <= set(labels):
            raise OntologyError(f"{_local(subject)} in ontology/socialgraph.ttl needs {name} in Swedish (@sv) and English (@en)")
        return labels

    def _value(self, subject: str, name: str, *, needed: bool = True) -> str:
        values = sorted(_key(o) for o in self._get(subject, name))
        if needed and not values:
            raise OntologyError(f"{_local(subject)} in ontology/socialgraph.ttl needs {name}")
        return values[0] if values else ""

    def _entity_kind(self, cls: str, above: tuple[str, ...]) -> EntityKind:
        colour, glyph = (next((v for c in above if (v := self._value(c, name, needed=False))), "") for name in ("sg:colour", "sg:glyph"))
        aligned = {_key(o) for c in above for o in self._get(c, "rdfs:subClassOf")}
        alike = [_iri(name) in aligned for name in ("foaf:Person", "org:OrganizationalCollaboration", "foaf:Agent")]
        return EntityKind(_local(cls), self._needed(cls, "rdfs:label"), frozenset(map(_local, above)), colour, glyph, *alike)

    def _relation_kind(self, cls: str) -> RelationKind:
        direct = self._value(cls, "sg:directProperty")
        types = {_key(o) for o in self._get(direct, "rdf:type")}
        inverse = next((s for (s, p), os in self._objects.items() if p == _iri("owl:inverseOf") and direct in map(_key, os)), "")
        return RelationKind(
            id=_local(cls), label=self._needed(cls, "rdfs:label"), forward=self._needed(cls, "sg:forwardLabel"),
            backward=self._needed(cls, "sg:backwardLabel"), from_kinds=self._end(cls, "sg:from"), to_kinds=self._end(cls, "sg:to"),
            qualifiers=frozenset(_local(_key(o)) for o in self._get(cls, "sg:qualifier")), presumed_for=self._value(cls, "sg:presumedFor"),
            direct=_local(direct), inverse=_local(inverse), symmetric=_iri("owl:SymmetricProperty") in types,
            transitive=_iri("owl:TransitiveProperty") in types, by_person=self._labels(cls, "sg:personLabel"),
            past=self._needed(cls, "sg:pastLabel"), infinitive=self._needed(cls, "sg:infinitiveLabel"),
            by_person_past=self._labels(cls, "sg:personPastLabel"), by_person_infinitive=self._labels(cls, "sg:personInfinitiveLabel"),
            one_at_a_time=self._value(cls, "sg:oneAtATime", needed=False) == "true", binds=self._value(cls, "sg:binds", needed=False) == "true",
        )  # fmt: skip

    def _end(self, cls: str, side: str) -> frozenset[str]:
        for restriction in map(_key, self._get(cls, "rdfs:subClassOf")):
            if self._value(restriction, "owl:onProperty", needed=False) == _iri(side):
                for filler in self._get(restriction, "owl:allValuesFrom"):
                    union = self._get(_key(filler), "owl:unionOf")
                    return frozenset(map(_local, self._list(union[0]) if union else [_key(filler)]))
        raise OntologyError(f"{_local(cls)} in ontology/socialgraph.ttl needs a restriction owl:allValuesFrom on {side}")

    def _list(self, node: Term) -> list[str]:
        items = []
        while firsts := self._get(_key(node), "rdf:first"):
            items.append(_key(firsts[0]))
            node = self._get(_key(node), "rdf:rest")[0]
        return items

    def _fact_kind(self, prop: str) -> FactKind:
        qualifiers = frozenset(_local(_key(o)) for o in self._get(prop, "sg:qualifier"))
        range, pattern = _local(self._value(prop, "rdfs:range")), self._value(prop, "sg:pattern", needed=False)
        return FactKind(
            _local(prop), self._needed(prop, "rdfs:label"), qualifiers, self._value(prop, "sg:presumedFor"), range, pattern,
            is_name=self._value(prop, "sg:isName", needed=False) == "true",
        )  # fmt: skip

    def _concept(self, concept: str) -> Concept:
        label = self._needed(concept, "skos:prefLabel")
        titles = {label["sv"].casefold(), *(_key(o).casefold() for o in self._get(concept, "skos:altLabel"))}
        return Concept(_local(concept), _local(self._value(concept, "skos:inScheme")), label, frozenset(titles))


def _key(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)


def _iri(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


def _local(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
