"""A store elsewhere: any server that speaks SPARQL 1.1 Query and the Graph Store HTTP Protocol, through httpx.

What is asked is asked again when a server or the net is busy: queries and the putting of a whole graph are idempotent.
A server whose default graph is not the union of its graphs is told the data set with each query (SPARQL 1.1 Protocol, 2.1.4).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from socialgraph.errors import QueryInvalid, StoreUnreachable
from socialgraph.model.ids import BASE, PREFIXES
from socialgraph.rdf.store import Dataset, EmbeddedStore, Found, Store

if TYPE_CHECKING:
    import httpx
    import rdflib

ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples, text/turtle;q=0.5"
BUSY: Final = (429, 502, 503, 504)
PAUSES: Final = (0.2, 1.0, 3.0)
"""Seconds before each further attempt."""
LOOKUPS: Final = 30
"""After so many lookups of single things, names and witnesses as a rule, a store is copied once and looked up in here …"""
COPIED: Final = 2_000_000
"""… unless it has more quads than this. Questions are always answered there."""
_GRAPH_STORES: Final = (
    (r"/repositories/([^/]+)/?$", r"/repositories/\1/rdf-graphs/service"),  # GraphDB, RDF4J
    (r"/sparql/?$", "/sparql-graph-crud-auth"),  # Virtuoso
    (r"/query/?$", "/store"),  # Oxigraph
)
_PREFIX_LINES: Final = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
_PATTERN: Final = "SELECT * WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}"
_NAMES: Final = 'SELECT DISTINCT ?s WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?s), "{space}")) }}'
_COUNT: Final = f'SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}")) }}'
_GRAPHS: Final = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_ANY: Final = "ASK { ?s ?p ?o }"


class RemoteStore(Store):
    """The graph at a SPARQL endpoint. `graph_store` is where whole graphs are put; without it, the usual place beside the endpoint.

    The environment names who asks: `SOCIALGRAPH_TOKEN` (Bearer), or `SOCIALGRAPH_USER` and `SOCIALGRAPH_PASSWORD` with
    `SOCIALGRAPH_AUTH` `basic` or `digest`; `SOCIALGRAPH_GRAPH_STORE` where graphs are put.
    """

    def __init__(self, endpoint: str, *, graph_store: str = "", seconds: float = 120.0) -> None:
        import httpx

        self.endpoint = endpoint
        self.graph_store = graph_store or os.environ.get("SOCIALGRAPH_GRAPH_STORE", "") or _beside(endpoint)
        token, user, password = (os.environ.get(f"SOCIALGRAPH_{name}", "") for name in ("TOKEN", "USER", "PASSWORD"))
        digest = os.environ.get("SOCIALGRAPH_AUTH") == "digest"
        auth = (httpx.DigestAuth if digest else httpx.BasicAuth)(user, password) if user else None
        headers = {"User-Agent": "socialgraph", **({"Authorization": f"Bearer {token}"} if token else {})}
        self._client: httpx.Client = httpx.Client(timeout=httpx.Timeout(seconds, connect=10), auth=auth, headers=headers, follow_redirects=True)
        self._dataset: list[tuple[str, str]] | None = None
        self._copy: EmbeddedStore | None = None
        self._looked = 0

    # ── what the base builds on

    def query(self, text: str, dataset: Dataset | None = None) -> Found:
        """What a query gives. Raises `QueryInvalid` with what the server says, `StoreUnreachable`."""
        chosen = self._whole if dataset is None else _named(dataset)
        form = EmbeddedStore.in_memory().query(text)  # an empty store tells what form of answer to ask for, and what does not parse
        accept = ROWS if isinstance(form, (ox.QuerySolutions, ox.QueryBoolean)) else TRIPLES
        reply = self._send("POST", self.endpoint, form=[("query", _PREFIX_LINES + text), *chosen], headers={"Accept": accept})
        return _read(reply)

    def matching(self, subject: str | None, predicate: str | None, value: str | None, graph: str | None) -> Iterator[ox.Quad]:
        """The quads that match full IRIs, where they are given."""
        self._looked += 1
        if self._looked == LOOKUPS and (count := len(self)) <= COPIED:
            self._copy = self._copied(count)
        found = self._copy.matching if self._copy is not None else self._fetched
        return found(subject, predicate, value, graph)

    def _copied(self, count: int) -> EmbeddedStore | None:
        """Our graphs, as the graph store gives them; none if the server gives fewer triples than it counts."""
        quads = []
        for name in self.graphs:
            reply = self._send("GET", self.graph_store, query={"graph": name}, headers={"Accept": "application/n-triples, text/turtle;q=0.9"})
            form = ox.RdfFormat.from_media_type(reply.headers.get("content-type", "").partition(";")[0].strip()) or ox.RdfFormat.TURTLE
            quads += [ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name)) for quad in ox.parse(reply.content, format=form)]
        copy = EmbeddedStore.in_memory(quads)
        return copy if len(copy) == count else None

    def _fetched(self, subject: str | None, predicate: str | None, value: str | None, graph: str | None) -> Iterator[ox.Quad]:
        given = {"s": subject, "p": predicate, "o": value, "g": graph}
        terms = {name: ox.NamedNode(iri) for name, iri in given.items() if iri}
        found = self.query(_PATTERN.format(**{name: str(terms.get(name, f"?{name}")) for name in given}), self._only(graph))
        names = [v.value for v in found.variables]  # type: ignore[union-attr]
        for row in found:  # type: ignore[union-attr]
            bound = {**terms, **dict(zip(names, row, strict=True))}
            yield ox.Quad(bound["s"], bound["p"], bound["o"], bound["g"])

    def _only(self, graph: str | None) -> Dataset | None:
        """The one graph a pattern is about, where graphs have to be named at all."""
        return Dataset(named=(graph,)) if graph and self._whole else None

    def local_names(self, space: str) -> set[str]:
        """The names under a namespace that are a subject in any graph."""
        _, rows = self.select(_NAMES.format(space=space))
        return {str(row[0].value)[len(space) :] for row in rows}

    def extend(self, quads: Iterable[ox.Quad]) -> None:  # noqa: ARG002
        """A store elsewhere is written whole, by `put`."""
        raise StoreUnreachable("a store elsewhere is written as a whole: socialgraph build --into ADDRESS")

    def __len__(self) -> int:
        _, rows = self.select(_COUNT)
        return int(next(rows)[0].value)

    def as_rdflib(self) -> rdflib.Dataset:
        """The same store through rdflib's own SPARQL client."""
        import rdflib
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        return rdflib.Dataset(SPARQLStore(self.endpoint, returnFormat="json"), default_union=True)

    @property
    def graphs(self) -> list[str]:
        """The names of the graphs, in order."""
        reply = self._send("POST", self.endpoint, form=[("query", _GRAPHS)], headers={"Accept": ROWS})
        found = [row[0].value for row in _read(reply)]  # type: ignore[union-attr]
        return sorted(name for name in found if name.startswith(BASE))

    @property
    def _whole(self) -> list[tuple[str, str]]:
        """The data set of every query: nothing where the default graph is the union of all, else every graph by name."""
        if self._dataset is None:
            union = _read(self._send("POST", self.endpoint, form=[("query", _ANY)], headers={"Accept": ROWS}))
            names = [] if bool(union) else self.graphs
            self._dataset = [("default-graph-uri", name) for name in names] + [("named-graph-uri", name) for name in names]
        return self._dataset

    # ── writing

    def put(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Replace one graph by these triples (Graph Store Protocol, 5.3). Raises `StoreUnreachable`."""
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        self._send("PUT", self.graph_store, query={"graph": graph}, body=body or b"", headers={"Content-Type": "text/turtle"})
        self._dataset = self._copy = None

    def drop(self, graph: str) -> None:
        """Remove one graph; nothing if it is not there."""
        self._send("DELETE", self.graph_store, query={"graph": graph}, missing_ok=True)
        self._dataset = self._copy = None

    def _send(
        self, method: str, url: str, *, form: list[tuple[str, str]] | None = None, query: dict[str, str] | None = None, body: bytes | None = None,
        headers: dict[str, str] | None = None, missing_ok: bool = False,
    ) -> httpx.Response:  # fmt: skip
        import httpx

        content = urlencode(form).encode() if form is not None else body
        headers = {**(headers or {}), **({"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {})}
        why = ""
        for pause in (*PAUSES, None):
            try:
                reply = self._client.request(method, url, params=query, content=content, headers=headers)
            except httpx.TransportError as error:
                why = f"{type(error).__name__}: {error}"
            else:
                if reply.is_success or (missing_ok and reply.status_code == 404):
                    return reply
                why = f"{reply.status_code} {' '.join(reply.text.split())[:300]}"
                if reply.status_code == 400 and form is not None:
                    raise QueryInvalid(f"the server at {url} refuses the query: {why}")
                if reply.status_code not in BUSY:
                    break
            if pause is not None:
                time.sleep(pause)
        raise StoreUnreachable(
            f"{method} {url}: {why}; is the server running, the address its SPARQL endpoint, and who asks named in SOCIALGRAPH_USER or SOCIALGRAPH_TOKEN?",
            sv=f"{method} {url}: {why}; är servern igång, är adressen dess SPARQL-adress, och står vem som frågar i SOCIALGRAPH_USER eller SOCIALGRAPH_TOKEN?",
        )


def _named(dataset: Dataset) -> list[tuple[str, str]]:
    return [("default-graph-uri", g) for g in dataset.default] + [("named-graph-uri", g) for g in dataset.named]


def _read(reply: Any) -> Found:
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if "json" in kind:
        # Virtuoso writes blank nodes as nodeID://b1, which is no label of a blank node
        return ox.parse_query_results(reply.content.replace(b'"nodeID://', b'"'), format=ox.QueryResultsFormat.JSON)
    form = ox.RdfFormat.from_media_type(kind) or ox.RdfFormat.TURTLE
    return [quad.triple for quad in ox.parse(reply.content, format=form)]


def _beside(endpoint: str) -> str:
    for pattern, place in _GRAPH_STORES:
        if re.search(pattern, endpoint):
            return re.sub(pattern, place, endpoint)
    return endpoint.rstrip("/") + "/data"  # Fuseki's own name, when the endpoint is the data set
