"""SPARQL 1.1 Protocol and Graph Store HTTP Protocol, for reading: what is asked, in which form, of which graphs.

The store's default graph is the union of its named graphs; a data set named in the request replaces it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Final

from socialgraph.graph import SocialGraph
from socialgraph.model.ids import PREFIXES
from socialgraph.portal.accept import choose
from socialgraph.portal.reply import Problem, Reply
from socialgraph.rdf.guard import refuse_reaching_out
from socialgraph.rdf.store import Dataset, EmbeddedStore, Store

ROWS: Final = {
    "application/sparql-results+json": "srj",
    "application/sparql-results+xml": "srx",
    "text/csv": "srcsv",
    "text/tab-separated-values": "tsv",
    "application/json": "srj",
    "application/xml": "srx",
    "text/xml": "srx",
}
"""Media types of SELECT and ASK, and our names of their forms."""
GRAPHS: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
"""Media types of CONSTRUCT, DESCRIBE, the graph store and the service's own description."""
_TEXTS = ("text/turtle", "text/csv", "text/tab-separated-values")


def sparql(g: SocialGraph, text: str, *, accept: str, default: Sequence[str] = (), named: Sequence[str] = (), most: int) -> Reply:
    """The answer to a query in the form the client likes best, of at most so many bytes.

    Raises `QueryInvalid`, `QueryRefused`; `Problem` 406 if the client likes no form there is, 422 if the answer is too large.
    """
    refuse_reaching_out(text)
    out, media = Limited(most), ""

    def form(triples: bool) -> str:  # noqa: FBT001
        nonlocal media
        forms: Mapping[str, str] = GRAPHS if triples else ROWS
        media = _media(accept, forms)
        return forms[media]

    g.store.write_answer(text, form, out, Dataset(tuple(default), tuple(named)) if default or named else None)
    return Reply(out.getvalue(), _told(media))


def about(g: SocialGraph, id: str, *, accept: str, most: int) -> Reply:
    """The triples about an entity, and of what names it. Raises `Problem` 406, 422."""
    text = g.catalogue.text("views", "about").replace("$this", f"<{PREFIXES['sgd']}{id}>")
    return sparql(g, text, accept=accept, most=most)


def graph(store: Store, name: str | None, *, accept: str, most: int) -> Reply:
    """The triples of a named graph, or of the default one, which is the union of all. Raises `Problem` 404, 406, 422."""
    out, media = Limited(most), _media(accept, GRAPHS)
    if not store.write_graph(name, GRAPHS[media], out):
        raise Problem(404, f"Det finns ingen graf {name}.", f"There is no graph {name}.")
    return Reply(out.getvalue(), _told(media))


def description(turtle: bytes, *, accept: str) -> Reply:
    """The service's description (SPARQL 1.1 Service Description) in the form the client likes best. Raises `Problem` 406."""
    media, out = _media(accept, GRAPHS), io.BytesIO()
    EmbeddedStore.from_turtle(turtle).write_graph(None, GRAPHS[media], out)
    return Reply(out.getvalue(), _told(media))


class Limited(io.BytesIO):
    """Bytes that refuse to be more than so many: an answer that is cut off would be taken for a whole one."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: object) -> int:
        """Keep the bytes. Raises `Problem` 422."""
        if self.tell() + len(data) > self._most:  # type: ignore[arg-type]
            megabytes = self._most / 1_000_000
            raise Problem(
                422,
                f"Svaret är större än {megabytes:g} MB, som är gränsen. Begränsa frågan, eller använd LIMIT och OFFSET.",
                f"The answer is larger than {megabytes:g} MB, which is the limit. Narrow the query, or use LIMIT and OFFSET.",
            )
        return super().write(data)  # type: ignore[arg-type]


def _media(accept: str, forms: Mapping[str, str]) -> str:
    media = choose(accept, tuple(forms))
    if not media:
        raise Problem(406, f"Formerna är: {', '.join(forms)}.", f"The forms are: {', '.join(forms)}.")
    return media


def _told(media: str) -> str:
    return f"{media}; charset=utf-8" if media in _TEXTS else media
