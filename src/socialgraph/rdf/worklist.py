"""The worklist as quads of its own graph, and back. Nothing here is a claim: no other graph points at these nodes.

A todo has `dcterms:description`, `dcterms:subject` (the entity), `sg:wanted` (a kind, column or theme), `sg:lookIn`,
`dcterms:date`; a search has `dcterms:spatial` (the county), `dcterms:subject` (the theme), `dcterms:date`, `sg:searchedBy`,
`sg:result`. `sg:county`, `sg:about` and `sg:kind` are left to entities, claims and relations: a query that reads those must
not meet a todo.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from socialgraph.model.ids import PREFIXES
from socialgraph.model.vocabulary import Vocabulary
from socialgraph.model.worklist import Search, Todo, Worklist
from socialgraph.rdf.store import Store

GRAPH = PREFIXES["sgg"] + "worklist"
_COLUMNS = {"organisation_number": "organisationNumber", "code": "code", "ror": "ror", "wikidata": "wikidata", "orcid": "orcid", "county": "county"}
"""Columns of the register that have a property, and so a label, in the ontology; the others stay texts."""
_BACK = {prop: column for column, prop in _COLUMNS.items()}
_RESULTS = {"none": "coverage-none-found", "found": "coverage-known"}


def _iri(prefix: str, local: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + local)


_PROPS = {
    "type": _iri("rdf", "type"), "what": _iri("dcterms", "description"), "subject": _iri("dcterms", "subject"), "date": _iri("dcterms", "date"),
    "spatial": _iri("dcterms", "spatial"), "wanted": _iri("sg", "wanted"), "where": _iri("sg", "lookIn"), "by": _iri("sg", "searchedBy"),
    "result": _iri("sg", "result"), "note": _iri("sg", "note"),
}  # fmt: skip
Value = ox.NamedNode | ox.Literal


def quads(worklist: Worklist, vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """Every quad of the worklist, in its graph."""
    graph = ox.NamedNode(GRAPH)
    for todo in worklist.todos:
        node = ox.NamedNode(f"{GRAPH}#todo-{todo.id}")
        yield from (ox.Quad(node, _PROPS[name], value, graph) for name, value in _todo(todo, vocabulary))
    for search in worklist.searches:
        node = ox.NamedNode(f"{GRAPH}#search-{search.id}")
        yield from (ox.Quad(node, _PROPS[name], value, graph) for name, value in _search(search))


def _todo(todo: Todo, vocabulary: Vocabulary) -> Iterator[tuple[str, Value]]:
    yield "type", _iri("sg", "Todo")
    yield "what", ox.Literal(todo.what, language="sv")
    yield "date", _day(todo.on)
    if todo.entity:
        yield "subject", _iri("sgd", todo.entity)
    if todo.kind in vocabulary.concepts:
        yield "wanted", _iri("sgc", todo.kind)
    elif todo.kind in {*_COLUMNS, *vocabulary.relation_kinds, *vocabulary.fact_kinds, *vocabulary.entity_kinds}:
        yield "wanted", _iri("sg", _COLUMNS.get(todo.kind, todo.kind))
    elif todo.kind:
        yield "wanted", ox.Literal(todo.kind)
    yield from _texts(where=todo.where, note=todo.note)


def _search(search: Search) -> Iterator[tuple[str, Value]]:
    yield "type", _iri("sg", "Search")
    yield "spatial", _iri("sgd", search.county)
    yield "subject", _iri("sgc", search.theme)
    yield "date", _day(search.on)
    yield "result", _iri("sgc", _RESULTS[search.result])
    yield from _texts(by=search.by, note=search.note)


def _texts(**texts: str) -> Iterator[tuple[str, Value]]:
    yield from ((name, ox.Literal(text)) for name, text in texts.items() if text)


def _day(value: date) -> ox.Literal:
    return ox.Literal(value.isoformat(), datatype=_iri("xsd", "date"))


def read(store: Store) -> Worklist:
    """The worklist of a store, as it was written."""
    nodes: dict[str, dict[str, str]] = {}
    names = {prop.value: name for name, prop in _PROPS.items()}
    for quad in store.quads(GRAPH):
        nodes.setdefault(str(quad.subject), {})[names[quad.predicate.value]] = _plain(quad.object)
    todos, searches = [], []
    for node in nodes.values():
        on, note, subject = date.fromisoformat(node["date"]), node.get("note", ""), node.get("subject", "")
        if node["type"] == "Search":
            result = next(word for word, concept in _RESULTS.items() if concept == node["result"])
            searches.append(Search(node["spatial"], subject, on, node.get("by", ""), result, note))
        else:
            wanted = node.get("wanted", "")
            todos.append(Todo(node["what"], on, subject, _BACK.get(wanted, wanted), node.get("where", ""), note))
    return Worklist.of(todos, searches)


def _plain(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value[max(term.value.rfind("#"), term.value.rfind("/")) + 1 :]
    return term.value if isinstance(term, ox.Literal) else str(term)
