"""The codec: holdings to quads and back (model §6). The only place that knows how the graph is laid out.

`quads(h)` is deterministic, and `read(store)` gives back holdings equal to `h`: a test holds that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from socialgraph.model.claims import ACTUAL_STATUSES, Claim, Copy, Entity, Source
from socialgraph.model.holdings import Holdings, assemble
from socialgraph.model.ids import PREFIXES, prefixed
from socialgraph.model.relations import Fact, Relation, Times
from socialgraph.model.vocabulary import Vocabulary
from socialgraph.rdf import worklist
from socialgraph.rdf.store import Store

RELATIONS, FACTS, DIRECT, ENTITIES, SOURCES = (PREFIXES["sgg"] + g for g in ("relations", "facts", "direct", "entities", "sources"))


@lru_cache(maxsize=10_000)
def iri(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name, such as `sgd:skr`."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


_TYPE, _LABEL, _PREF, _ALT = iri("rdf:type"), iri("rdfs:label"), iri("skos:prefLabel"), iri("skos:altLabel")
_DATE, _DECIMAL, _INTEGER = iri("xsd:date"), iri("xsd:decimal"), iri("xsd:integer")
_BOUNDS = tuple((f.name, iri("sg:" + "".join(w.capitalize() if i else w for i, w in enumerate(f.name.split("_"))))) for f in fields(Times))
_ENTITY_TEXTS = {
    "organisation_number": "sg:organisationNumber", "code": "sg:code", "ror": "sg:ror", "wikidata": "sg:wikidata", "orcid": "sg:orcid",
    "website": "foaf:homepage", "note": "sg:note", "abbreviation": "sg:abbreviation",
}  # fmt: skip
_SOURCE_TEXTS = {
    "published": "sg:published", "published_basis": "sg:publishedBasis", "published_note": "sg:publishedNote", "retrieved": "sg:retrieved",
    "language": "dcterms:language", "licence": "dcterms:license", "kind": "sg:sourceKind", "url": "foaf:page",
}  # fmt: skip
_CLAIM_TEXTS = {
    "role": "sg:role", "role_note": "sg:roleNote", "currency": "sg:currency", "since": "sg:since", "until": "sg:until", "episode": "sg:episode",
    "locator": "sg:locator", "stated": "sg:stated", "note": "sg:note",
}  # fmt: skip
_CLAIM_LINKS = {"to": "sgd", "person": "sgd", "about": "sgd", "basis": "sgc", "status": "sgc"}


def day(value: date) -> ox.Literal:
    """A day as `xsd:date`, the only type dates are compared in."""
    return ox.Literal(value.isoformat(), datatype=_DATE)


def quads(holdings: Holdings) -> Iterator[ox.Quad]:
    """Every quad of the holdings, ontology excepted."""
    names: dict[str, set[tuple[str, str]]] = {}
    for fact in holdings.facts:
        if fact.kind in holdings.vocabulary.name_kinds:
            names.setdefault(fact.from_, set()).update((c.value, c.lang) for c in fact.claims)
    for entity in holdings.entities.values():
        yield from _entity(entity, names.get(entity.id, set()), holdings.vocabulary)
    for old, standing in holdings.merged.items():
        if old != standing:
            yield ox.Quad(iri(f"sgd:{old}"), iri("dcterms:isReplacedBy"), iri(f"sgd:{standing}"), ox.NamedNode(ENTITIES))
    for source in holdings.sources.values():
        yield from _source(source)
    asserted = {c.id: iri(f"sgr:{r.id}") for r in holdings.relations for c in r.claims}
    asserted |= {c.id: iri(f"sgf:{f.id}") for f in holdings.facts for c in f.claims}
    for claim in holdings.claims:
        yield from _claim(claim, asserted[claim.id])
    for relation in holdings.relations:
        yield from _relation(relation, holdings.vocabulary)
    for fact in holdings.facts:
        yield from _fact(fact)
    yield from direct(holdings.relations, holdings.facts, holdings.vocabulary)
    yield from worklist.quads(holdings.worklist, holdings.vocabulary)


def _entity(entity: Entity, dated: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    node, graph = iri(f"sgd:{entity.id}"), ox.NamedNode(ENTITIES)
    for kind in sorted(vocabulary.entity_kinds[entity.kind].ancestors):
        yield ox.Quad(node, _TYPE, iri(f"sg:{kind}"), graph)
    yield ox.Quad(node, iri("sg:kind"), iri(f"sg:{entity.kind}"), graph)
    yield ox.Quad(node, iri("dcterms:identifier"), ox.Literal(entity.id), graph)
    for name, lang in ((entity.name_sv, "sv"), (entity.name_en, "en")):
        if name:
            yield ox.Quad(node, _PREF, ox.Literal(name, language=lang), graph)
            yield ox.Quad(node, _LABEL, ox.Literal(name, language=lang), graph)
    for name in entity.alt_names:
        yield ox.Quad(node, iri("skos:hiddenLabel"), ox.Literal(name), graph)
    others = {(n, "sv") for n in (entity.abbreviation, *entity.alt_names) if n} | set(dated)
    for name, lang in sorted(others - {(entity.name_sv, "sv"), (entity.name_en, "en")}):
        yield ox.Quad(node, _ALT, ox.Literal(name, language=lang), graph)
    yield from _texts(node, entity, _ENTITY_TEXTS, graph)
    if entity.county:
        yield ox.Quad(node, iri("sg:county"), iri(f"sgd:{entity.county}"), graph)
    for source in entity.source.split("|"):
        yield ox.Quad(node, iri("dcterms:source"), iri(f"sgs:{source.strip()}"), graph)


def _source(source: Source) -> Iterator[ox.Quad]:
    node, graph = iri(f"sgs:{source.id}"), ox.NamedNode(SOURCES)
    yield ox.Quad(node, _TYPE, iri("sg:Source"), graph)
    yield ox.Quad(node, iri("dcterms:title"), ox.Literal(source.title, language=source.language or "sv"), graph)
    yield ox.Quad(node, _LABEL, ox.Literal(source.title, language=source.language or "sv"), graph)
    yield ox.Quad(node, iri("dcterms:publisher"), iri(f"sgd:{source.publisher}"), graph)
    for author in source.authors:
        yield ox.Quad(node, iri("dcterms:creator"), iri(f"sgd:{author}"), graph)
    yield ox.Quad(node, iri("sg:publishedDay"), day(source.published_day), graph)
    yield from _texts(node, source, _SOURCE_TEXTS, graph)
    for number, copy in enumerate(source.copies, 1):
        here = ox.NamedNode(f"{node.value}#copy{number}")
        yield ox.Quad(node, iri("sg:copy"), here, graph)
        for prop, value in (("sg:document", copy.document), ("foaf:page", copy.url), ("sg:note", copy.note)):
            if value:
                yield ox.Quad(here, iri(prop), ox.Literal(value), graph)


def _claim(claim: Claim, asserted: ox.NamedNode) -> Iterator[ox.Quad]:
    node, graph = iri(f"sgp:{claim.id}"), iri(f"sgs:{claim.source}")
    yield ox.Quad(node, _TYPE, iri("sg:Claim"), graph)
    yield ox.Quad(node, iri("dcterms:source"), graph, graph)
    yield ox.Quad(node, iri("sg:kind"), iri(f"sg:{claim.kind}"), graph)
    yield ox.Quad(node, iri("sg:from"), iri(f"sgd:{claim.from_}"), graph)
    yield ox.Quad(node, iri("sg:asserts"), asserted, graph)
    yield ox.Quad(node, iri("sg:row"), ox.Literal(str(claim.row), datatype=_INTEGER), graph)
    if claim.is_fact:
        yield ox.Quad(node, iri("sg:value"), _value(claim), graph)
    for field, prefix in _CLAIM_LINKS.items():
        if value := getattr(claim, field):
            yield ox.Quad(node, iri(f"sg:{field}"), iri(f"{prefix}:{value}"), graph)
    yield from _texts(node, claim, _CLAIM_TEXTS, graph)
    yield from _numbers(node, claim, graph)
    for topic in claim.topics:
        yield ox.Quad(node, iri("sg:topic"), iri(f"sgc:{topic}"), graph)
    for document in claim.documents:
        yield ox.Quad(node, iri("sg:document"), ox.Literal(document), graph)


def _texts(node: ox.NamedNode, item: Entity | Source | Claim, props: Mapping[str, str], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    for field, prop in props.items():
        if value := getattr(item, field):
            yield ox.Quad(node, iri(prop), ox.Literal(value), graph)


def _numbers(node: ox.NamedNode, item: Claim | Relation, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    for prop, number in (("sg:share", item.share), ("sg:amount", item.amount)):
        if number is not None:
            yield ox.Quad(node, iri(prop), ox.Literal(format(number, "f"), datatype=_DECIMAL), graph)
    if item.approximate:
        yield ox.Quad(node, iri("sg:approximate"), ox.Literal(True), graph)


def _value(item: Claim | Fact) -> ox.Literal:
    """Text has a language; without one it is a whole number, or a code where it is not only digits."""
    if item.lang:
        return ox.Literal(item.value, language=item.lang)
    return ox.Literal(item.value, datatype=_INTEGER) if item.value.isdecimal() else ox.Literal(item.value)


def _relation(relation: Relation, vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    node, graph = iri(f"sgr:{relation.id}"), ox.NamedNode(RELATIONS)
    yield ox.Quad(node, _TYPE, iri(f"sg:{relation.kind}"), graph)
    yield ox.Quad(node, _TYPE, iri("sg:Relation"), graph)
    links = {"from": relation.from_, "to": relation.to, "person": relation.person, "about": relation.about}
    for prop, id in links.items():
        if id:
            yield ox.Quad(node, iri(f"sg:{prop}"), iri(f"sgd:{id}"), graph)
    texts = {"role": (relation.role,), "roleNote": relation.role_notes, "currency": (relation.currency,), "episode": (relation.episode,)}
    for prop, values in texts.items():
        for value in filter(None, values):
            yield ox.Quad(node, iri(f"sg:{prop}"), ox.Literal(value), graph)
    concepts = {"roleConcept": vocabulary.role_concept(relation.role) if relation.role else "", "basis": relation.basis}
    for prop, concept in concepts.items():
        if concept:
            yield ox.Quad(node, iri(f"sg:{prop}"), iri(f"sgc:{concept}"), graph)
    yield from _numbers(node, relation, graph)
    yield from _gathered(node, relation, graph)


def _fact(fact: Fact) -> Iterator[ox.Quad]:
    node, graph = iri(f"sgf:{fact.id}"), ox.NamedNode(FACTS)
    yield ox.Quad(node, _TYPE, iri("sg:Fact"), graph)
    yield ox.Quad(node, iri("sg:kind"), iri(f"sg:{fact.kind}"), graph)
    yield ox.Quad(node, iri("sg:from"), iri(f"sgd:{fact.from_}"), graph)
    yield ox.Quad(node, iri("sg:value"), _value(fact), graph)
    if fact.about:
        yield ox.Quad(node, iri("sg:about"), iri(f"sgd:{fact.about}"), graph)
    if fact.approximate:
        yield ox.Quad(node, iri("sg:approximate"), ox.Literal(True), graph)
    yield from _gathered(node, fact, graph)


def _gathered(node: ox.NamedNode, item: Relation | Fact, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    yield ox.Quad(node, iri("sg:status"), iri(f"sgc:{item.status}"), graph)
    for topic in item.topics:
        yield ox.Quad(node, iri("sg:topic"), iri(f"sgc:{topic}"), graph)
    for name, prop in _BOUNDS:
        yield ox.Quad(node, prop, day(getattr(item.times, name)), graph)
    if item.disputed:
        yield ox.Quad(node, iri("sg:disputed"), ox.Literal(True), graph)
    for claim in item.claims:
        yield ox.Quad(node, iri("sg:evidence"), iri(f"sgp:{claim.id}"), graph)


def direct(relations: Iterable[Relation], facts: Iterable[Fact], vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """The direct triples of every relation and fact that is or was actual: both directions, symmetric and transitive closure.

    The ontology's property chains say the same; `rdf/reasoner.py` proves it.
    """
    graph = ox.NamedNode(DIRECT)
    pairs: dict[str, set[tuple[str, str]]] = {}
    for relation in relations:
        if relation.status in ACTUAL_STATUSES:
            pairs.setdefault(relation.kind, set()).add((relation.from_, relation.to))
    for name, found in pairs.items():
        kind = vocabulary.relation_kinds[name]
        closed = _closure(found) if kind.transitive else found
        if kind.symmetric:
            closed = closed | {(b, a) for a, b in closed}
        for a, b in sorted(closed):
            yield ox.Quad(iri(f"sgd:{a}"), iri(f"sg:{kind.direct}"), iri(f"sgd:{b}"), graph)
            if kind.inverse:
                yield ox.Quad(iri(f"sgd:{b}"), iri(f"sg:{kind.inverse}"), iri(f"sgd:{a}"), graph)
    for fact in facts:
        if fact.status in ACTUAL_STATUSES:
            yield ox.Quad(iri(f"sgd:{fact.from_}"), iri(f"sg:{fact.kind}"), _value(fact), graph)


def _closure(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    after: dict[str, set[str]] = {}
    for a, b in pairs:
        after.setdefault(a, set()).add(b)
    closed = set()
    for start, first in after.items():
        waiting, seen = list(first), set()
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += after.get(here, ())
        closed |= {(start, end) for end in seen}
    return closed


# ── and back ──────────────────────────────────────────────────────────────────────────────────────────


class Node:
    """The values of one subject in one graph, by prefixed property."""

    def __init__(self) -> None:
        self.values: dict[str, list[ox.NamedNode | ox.Literal]] = {}

    def texts(self, prop: str) -> list[str]:
        """The values of a property: ids of things, and texts."""
        return [local(v) if isinstance(v, ox.NamedNode) else v.value for v in self.values.get(prop, [])]

    def text(self, prop: str) -> str:
        """The first value of a property, or an empty text."""
        return next(iter(self.texts(prop)), "")

    def number(self, prop: str) -> Decimal | None:
        """The value of a property that is a number, or none."""
        return Decimal(self.text(prop)) if prop in self.values else None


def local(node: ox.NamedNode | str) -> str:
    """The id at the end of one of our IRIs."""
    value = node if isinstance(node, str) else node.value
    return value.rpartition("#")[2] if "#" in value else value.rpartition("/")[2]


_property = lru_cache(maxsize=1_000)(prefixed)
"""The prefixed name of a property: the same few hundred again and again."""


def _nodes(store: Store, graph: str) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for quad in store.quads(graph):
        found.setdefault(quad.subject.value, Node()).values.setdefault(_property(quad.predicate.value), []).append(quad.object)  # type: ignore[union-attr, arg-type]
    return found


def read(store: Store, vocabulary: Vocabulary) -> Holdings:
    """The holdings of a store, as they were written."""
    nodes = _nodes(store, ENTITIES)
    merged = {local(s): n.text("dcterms:isReplacedBy") for s, n in nodes.items() if "dcterms:isReplacedBy" in n.values}
    entities = {e.id: e for s, n in sorted(nodes.items()) if "sg:kind" in n.values for e in [read_entity(local(s), n)]}
    held = _nodes(store, SOURCES)
    sources = {local(s): read_source(local(s), n, held) for s, n in sorted(held.items()) if "dcterms:title" in n.values}
    claims = [read_claim(source, n) for source in sources for _, n in sorted(_nodes(store, PREFIXES["sgs"] + source).items())]
    claims.sort(key=lambda c: (c.source, c.row))
    return replace(assemble(vocabulary, entities, sources, claims, merged), worklist=worklist.read(store))


def describe(store: Store, subject: str, graph: str) -> Node:
    """What one graph says of a subject (full IRIs)."""
    node = Node()
    for quad in store.about(subject, graph):
        node.values.setdefault(_property(quad.predicate.value), []).append(quad.object)
    return node


def read_name(id: str, node: Node) -> Fact:
    """A fact that names an entity, without its claims."""
    value = node.values["sg:value"][0]
    times = Times(*(date.fromisoformat(node.text(_property(prop.value))) for _, prop in _BOUNDS))
    return Fact(
        id=id, kind=node.text("sg:kind"), from_=node.text("sg:from"), value=value.value,
        lang=(value.language or "") if isinstance(value, ox.Literal) else "", about="", topics=(), status=node.text("sg:status"),
        approximate=False, disputed=False, times=times, claims=(),
    )  # fmt: skip


def _read_texts(node: Node, props: Mapping[str, str]) -> dict[str, Any]:
    return {field: node.text(prop) for field, prop in props.items()}


def read_entity(id: str, node: Node) -> Entity:
    """An entity from what the graph of the entities says of it."""
    names = {v.language: v.value for v in node.values.get("skos:prefLabel", []) if isinstance(v, ox.Literal)}
    return Entity(
        id=id, kind=node.text("sg:kind"), name_sv=names["sv"], name_en=names.get("en", ""),
        alt_names=tuple(sorted(node.texts("skos:hiddenLabel"))), county=node.text("sg:county"),
        source="|".join(sorted(node.texts("dcterms:source"))), **_read_texts(node, _ENTITY_TEXTS),
    )  # fmt: skip


def read_source(id: str, node: Node, held: Mapping[str, Node]) -> Source:
    """A source from what the graph of the sources says of it; `held` has its copies."""
    copies = [held[v.value] for v in sorted(node.values.get("sg:copy", []), key=lambda v: (len(v.value), v.value)) if v.value in held]
    return Source(
        id=id, title=node.text("dcterms:title"), publisher=node.text("dcterms:publisher"), authors=tuple(sorted(node.texts("dcterms:creator"))),
        copies=tuple(Copy(c.text("sg:document"), c.text("foaf:page"), c.text("sg:note")) for c in copies),
        **_read_texts(node, _SOURCE_TEXTS),
    )  # fmt: skip


def read_claim(source: str, node: Node) -> Claim:
    """A claim from what the graph of its source says of it."""
    value = next((v for v in node.values.get("sg:value", []) if isinstance(v, ox.Literal)), None)
    return Claim(
        source=source, row=int(node.text("sg:row")), kind=node.text("sg:kind"), from_=node.text("sg:from"),
        value=value.value if value else "", lang=(value.language or "") if value else "",
        share=node.number("sg:share"), amount=node.number("sg:amount"), topics=tuple(sorted(node.texts("sg:topic"))),
        documents=tuple(sorted(node.texts("sg:document"))),
        **{f: node.text(f"sg:{f}") for f in _CLAIM_LINKS}, **_read_texts(node, _CLAIM_TEXTS),
    )  # fmt: skip
