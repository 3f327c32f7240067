"""Stores: what every one does, and the embedded one, pyoxigraph. Every query sees the union of all graphs.

A store on disk is written once, by the build, and opened read-only ever after; one in memory serves a scoped view, or whoever asks many questions.
"""

from __future__ import annotations

import gzip
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from socialgraph.errors import QueryInvalid
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf.spelling import explain

if TYPE_CHECKING:
    import rdflib

ROW_FORMS = {
    "srj": ox.QueryResultsFormat.JSON, "srx": ox.QueryResultsFormat.XML, "srcsv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip
"""The W3C's forms of rows: SPARQL Query Results JSON, XML, CSV and TSV."""
GRAPH_FORMS = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
}  # fmt: skip
"""Forms of triples: Turtle, N-Triples, JSON-LD (expanded), RDF/XML."""
Found = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
"""What a query gives: solutions, a truth, or triples."""


_READERS: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat, "integer": int, "decimal": Decimal, "double": float, "boolean": lambda text: text in ("true", "1"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dataset:
    """The data set of one query (SPARQL 1.1, section 13): the graphs merged into the default graph, and the named ones; full IRIs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Store(ABC):
    """A set of quads that answers SPARQL 1.1, here or elsewhere."""

    @abstractmethod
    def query(self, text: str, dataset: Dataset | None = None) -> Found:
        """What a query gives, of every graph or of a data set; our prefixes need no declaration. Raises `QueryInvalid`."""

    @abstractmethod
    def matching(self, subject: str | None, predicate: str | None, value: str | None, graph: str | None) -> Iterator[ox.Quad]:
        """The quads that match full IRIs, where they are given, in any graph or one."""

    @abstractmethod
    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads to a store in memory."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def as_rdflib(self) -> rdflib.Dataset:
        """The same store seen through rdflib, for those who speak rdflib."""

    def select(self, text: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The variables of a SELECT and its solutions as tuples of RDF terms, unbound variables as None."""
        found = self.query(text)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryInvalid("a SELECT query is needed here")
        return [v.value for v in found.variables], (tuple(solution) for solution in found)

    def construct(self, text: str) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once. Raises `QueryInvalid`."""
        found = self.query(text)
        if isinstance(found, (ox.QuerySolutions, ox.QueryBoolean)):
            raise QueryInvalid("a CONSTRUCT or DESCRIBE query is needed here")
        return iter(dict.fromkeys(found))

    def has(self, iri: str) -> bool:
        """Whether a thing (full IRI) is in any graph, as subject, predicate or object."""
        places: tuple[tuple[str | None, str | None, str | None], ...] = ((iri, None, None), (None, iri, None), (None, None, iri))
        return any(next(self.matching(*place, None), None) is not None for place in places)

    def local_names(self, space: str) -> set[str]:
        """The names under a namespace that are a subject in any graph."""
        subjects = (q.subject for q in self.quads())
        return {s.value[len(space) :] for s in subjects if isinstance(s, ox.NamedNode) and s.value.startswith(space)}

    def stream(self, text: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The columns of an answer and its rows of plain values, one after the other: `table` that keeps nothing, in the engine's order."""
        found = self.query(text)
        if isinstance(found, ox.QueryBoolean):
            return ["answer"], iter([(bool(found),)])
        if not isinstance(found, ox.QuerySolutions):
            return ["subject", "predicate", "object"], (tuple(map(_plain, (t.subject, t.predicate, t.object))) for t in found)
        return [v.value for v in found.variables], (tuple(map(_plain, solution)) for solution in found)

    def write_answer(self, text: str, form: str | Callable[[bool], str], out: IO[bytes], dataset: Dataset | None = None) -> None:
        """Write an answer in one of `ROW_FORMS` or `GRAPH_FORMS`, row by row; `form` may choose, told whether there are triples.

        Raises `QueryInvalid` if the query gives no answer of that form.
        """
        found = self.query(text, dataset)
        triples = not isinstance(found, (ox.QuerySolutions, ox.QueryBoolean))
        form = form if isinstance(form, str) else form(triples)
        if triples != (form in GRAPH_FORMS):
            kind, fit = ("triples", GRAPH_FORMS) if triples else ("rows", ROW_FORMS)
            raise QueryInvalid(f"this query gives {kind}; forms for it are {', '.join(fit)}", sv=f"för detta svar finns formerna {', '.join(fit)}")
        if isinstance(found, (ox.QuerySolutions, ox.QueryBoolean)):
            found.serialize(out, format=ROW_FORMS[form])
        else:
            ox.serialize(found, out, format=GRAPH_FORMS[form], prefixes=PREFIXES)

    def write_graph(self, graph: str | None, form: str, out: IO[bytes]) -> bool:
        """Write the triples of one named graph (full IRI), or of all of them, ordered; false, and nothing written, if there are none."""
        found = self.quads(graph) if graph is None or _is_iri(graph) else iter(())
        triples = sorted({q.triple for q in found}, key=str)
        if triples:
            ox.serialize(triples, out, format=GRAPH_FORMS[form], prefixes=PREFIXES)
        return bool(triples)

    def table(self, text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The answer to any query as column names and rows of plain values; a thing of ours is `(prefix, id)`.

        An ASK gives one row with `answer`; a CONSTRUCT or DESCRIBE gives rows of `subject`, `predicate`, `object`, ordered.
        """
        found = self.query(text)
        if isinstance(found, ox.QueryBoolean):
            return ["answer"], [(bool(found),)]
        if not isinstance(found, ox.QuerySolutions):
            triples = sorted(found, key=str)
            return ["subject", "predicate", "object"], [tuple(map(_plain, (t.subject, t.predicate, t.object))) for t in triples]
        return [v.value for v in found.variables], [tuple(map(_plain, solution)) for solution in found]

    def objects(self, subject: str, predicate: str) -> list[Any]:
        """The objects of a subject and predicate (full IRIs), in any graph."""
        return [q.object for q in self.matching(subject, predicate, None, None)]

    def subjects(self, predicate: str, value: str, graph: str | None = None) -> list[Any]:
        """The subjects that have a thing (full IRIs) as the value of a predicate, in any graph or one."""
        return [q.subject for q in self.matching(None, predicate, value, graph)]

    def having(self, predicate: str, graph: str) -> Iterator[Any]:
        """The quads of one predicate in one graph (full IRIs)."""
        return self.matching(None, predicate, None, graph)

    def about(self, subject: str, graph: str) -> Iterator[Any]:
        """The quads of one subject in one graph (full IRIs)."""
        return self.matching(subject, None, None, graph)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Every quad, or those of one graph."""
        return self.matching(None, None, None, graph)


class EmbeddedStore(Store):
    """A store of pyoxigraph's. On disk it is written once, by the build, and opened read-only ever after; in memory it serves a scoped view."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def in_memory(cls, quads: Iterable[ox.Quad] = ()) -> EmbeddedStore:
        """A store of these quads, in memory."""
        store = ox.Store()
        store.bulk_extend(quads)
        return cls(store)

    @classmethod
    def parse(cls, nquads: str) -> EmbeddedStore:
        """A store of the quads in an N-Quads text, in memory."""
        store = ox.Store()
        store.bulk_load(input=nquads.encode(), format=ox.RdfFormat.N_QUADS)
        return cls(store)

    @classmethod
    def loaded(cls, zipped: Path) -> EmbeddedStore:
        """A store of a gzipped N-Quads file that this engine wrote, in memory."""
        store = ox.Store()
        with gzip.open(zipped) as nquads:
            store.bulk_load(input=cast("IO[bytes]", nquads), format=ox.RdfFormat.N_QUADS, lenient=True)
        return cls(store)

    @classmethod
    def from_turtle(cls, turtle: bytes) -> EmbeddedStore:
        """A store of the triples of a Turtle text, in memory."""
        store = ox.Store()
        store.bulk_load(input=turtle, format=ox.RdfFormat.TURTLE)
        return cls(store)

    @classmethod
    def read(cls, folder: Path) -> EmbeddedStore:
        """The store in a folder, read-only: many may read at once, none can write."""
        return cls(ox.Store.read_only(str(folder)))

    @staticmethod
    def write(folder: Path, nquads: Path) -> None:
        """Make a store on disk in a new folder from an N-Quads file that this engine wrote: no term in it is tested again."""
        store = ox.Store(str(folder))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS, lenient=True)
        store.optimize()
        store.flush()

    def query(self, text: str, dataset: Dataset | None = None) -> Found:
        """What a query gives, of every graph or of a data set; our prefixes need no declaration. Raises `QueryInvalid` with line and column."""
        chosen: dict[str, Any] = {"use_default_graph_as_union": True}
        if dataset:
            chosen = {"default_graph": [ox.NamedNode(g) for g in dataset.default], "named_graphs": [ox.NamedNode(g) for g in dataset.named]}
        try:
            return self._store.query(text, prefixes=PREFIXES, **chosen)
        except SyntaxError as error:
            raise explain(text, str(error), None) from error

    def matching(self, subject: str | None, predicate: str | None, value: str | None, graph: str | None) -> Iterator[ox.Quad]:
        """The quads that match full IRIs, where they are given, in any graph or one."""
        s, p, o, g = (ox.NamedNode(iri) if iri else None for iri in (subject, predicate, value, graph))
        return self._store.quads_for_pattern(s, p, o, g)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads to a store in memory."""
        self._store.bulk_extend(quads)

    def n_quads(self) -> bytes:
        """The quads as N-Quads, in order: the same quads give the same bytes."""
        lines = self._store.dump(format=ox.RdfFormat.N_QUADS).split(b"\n")  # type: ignore[union-attr]  # splitlines() would cut at U+2028 too
        return b"\n".join(sorted(filter(None, lines))) + b"\n"

    @property
    def engine(self) -> ox.Store:
        """The engine's own store, for what reads that and no other."""
        return self._store

    def __len__(self) -> int:
        return len(self._store)

    def as_rdflib(self) -> rdflib.Dataset:
        """The same store seen through rdflib (oxrdflib), for those who speak rdflib."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self._store), default_union=True)


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


_OURS = {space: prefix for prefix, space in PREFIXES.items() if prefix.startswith("sg")}


@lru_cache(maxsize=50_000)
def _plain(term: Any) -> Any:
    """A term as a plain value; kinds, days and sources come again and again."""
    if isinstance(term, ox.NamedNode):
        value = term.value
        cut = value.rfind("#") + 1 or value.rfind("/") + 1
        prefix = _OURS.get(value[:cut])
        return (prefix, value[cut:]) if prefix else value
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term)
    kind = term.datatype.value.removeprefix(PREFIXES["xsd"])
    try:
        reader = _READERS.get(kind)
        return reader(term.value) if reader else term.value
    except (ValueError, ArithmeticError):
        return term.value
