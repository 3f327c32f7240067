"""The graph as RDF for others: every graph as it is, or said in the words of a standard by the CONSTRUCTs of `queries/exports/`.

The same store gives the same bytes: statements are in order, and prefixes are declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from socialgraph.model.ids import BASE, PREFIXES
from socialgraph.rdf.queries import Catalogue, Question
from socialgraph.rdf.store import Store

ENDPOINT = BASE + "sparql"
_OTHERS = {
    "cv": "http://data.europa.eu/m8g/", "adms": "http://www.w3.org/ns/adms#", "time": "http://www.w3.org/2006/time#", "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#", "sd": "http://www.w3.org/ns/sparql-service-description#", "sh": "http://www.w3.org/ns/shacl#",
    "schema": "https://schema.org/",
}  # fmt: skip
"""Prefixes of the vocabularies that only exports use."""
_DETAILS = ("time", "evidence")
"""Constructs whose statements are wanted of what another construct speaks of, and of nothing else."""
_PREFIX_NODE = BASE + "question/prefixes"


def whole(store: Store, form: str) -> bytes:
    """Everything in a store: `trig` and `jsonld` with every named graph, `turtle` as one graph."""
    quads = sorted(store.quads(), key=_in_order)
    if form == "turtle":
        return _turtle(q.triple for q in quads)
    formats = {"trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    return _ended(ox.serialize(sorted(quads, key=lambda q: str(q.graph_name)), format=formats[form], prefixes=PREFIXES))


def standard(store: Store, catalogue: Catalogue, name: str, values: Mapping[str, str], *, details: bool) -> bytes:
    """What a construct of `queries/exports/` says, as Turtle; with `details`, the time and evidence of the relations it speaks of."""
    said = list(store.construct(catalogue.export(name).render(values)))
    spoken_of = {_of(term) for triple in said for term in (triple.subject, triple.object)}
    for detail in _DETAILS if details else ():
        spoken = [(triple, _of(triple.subject)) for triple in store.construct(catalogue.export(detail).render({}))]
        reached, waiting = set(spoken_of), True
        while waiting:  # a claim is reached from its relation, a source from its claim
            new = {_of(t.object) for t, subject in spoken if subject in reached} - reached
            reached, waiting = reached | new, bool(new)
        said += [triple for triple, subject in spoken if subject in reached]
    return _turtle(said)


def description(store: Store, catalogue: Catalogue, values: Mapping[str, str], examples: Iterable[tuple[Question, str]]) -> bytes:
    """VoID, the SPARQL service, and an example for each question that a SPARQL editor can offer, as Turtle."""
    said = list(store.construct(catalogue.export("void").render(values)))
    return _turtle([*said, *_prefixes(), *(t for question, text in examples for t in _example(question, text, values["endpoint"]))])


def _prefixes() -> Iterator[ox.Triple]:
    for prefix, space in PREFIXES.items():
        declared = ox.NamedNode(f"{_PREFIX_NODE}-{prefix}")
        yield ox.Triple(ox.NamedNode(_PREFIX_NODE), _sh("declare"), declared)
        yield ox.Triple(declared, _sh("prefix"), ox.Literal(prefix))
        yield ox.Triple(declared, _sh("namespace"), ox.Literal(space, datatype=ox.NamedNode(PREFIXES["xsd"] + "anyURI")))


def _example(question: Question, text: str, endpoint: str) -> Iterator[ox.Triple]:
    """A question as `sh:SPARQLExecutable`, in the form that editors and SIB's collection of examples know."""
    node, a = ox.NamedNode(f"{BASE}question/{question.name}"), ox.NamedNode(PREFIXES["rdf"] + "type")
    yield ox.Triple(node, a, _sh("SPARQLExecutable"))
    yield ox.Triple(node, a, _sh("SPARQLSelectExecutable"))
    yield ox.Triple(node, _sh("prefixes"), ox.NamedNode(_PREFIX_NODE))
    yield ox.Triple(node, _sh("select"), ox.Literal(text))
    yield ox.Triple(node, ox.NamedNode(_OTHERS["schema"] + "target"), ox.NamedNode(endpoint))
    yield ox.Triple(node, ox.NamedNode(_OTHERS["schema"] + "keywords"), ox.Literal(question.theme))
    for lang in ("sv", "en"):
        yield ox.Triple(node, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal(question.title[lang], language=lang))
        yield ox.Triple(node, ox.NamedNode(PREFIXES["rdfs"] + "comment"), ox.Literal(question.description[lang], language=lang))


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_OTHERS["sh"] + name)


def _of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """The thing that a term names: a time or an end of a relation is the relation's."""
    return term.value.partition("#")[0] if isinstance(term, ox.NamedNode) and term.value.startswith(PREFIXES["sgr"]) else str(term)


def _in_order(statement: ox.Triple | ox.Quad) -> tuple[str, ...]:
    return str(statement.subject), str(statement.predicate), str(statement.object)


def _turtle(triples: Iterable[ox.Triple]) -> bytes:
    ordered = sorted(set(triples), key=_in_order)
    used = {term.value for t in ordered for term in (t.subject, t.predicate, t.object) if isinstance(term, ox.NamedNode)}
    used |= {t.object.datatype.value for t in ordered if isinstance(t.object, ox.Literal)}
    prefixes = {prefix: space for prefix, space in {**PREFIXES, **_OTHERS}.items() if any(iri.startswith(space) for iri in used)}
    return _ended(ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=prefixes))


def _ended(text: bytes | None) -> bytes:
    return (text or b"").rstrip(b"\n") + b"\n"
