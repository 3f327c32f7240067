"""A query on both engines: the store of the build, and rdflib over the build's graph file with nothing of ours in between."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from typing import Any

import pytest
import rdflib

from socialgraph import build
from socialgraph.graph import SocialGraph
from socialgraph.model.ids import PREFIXES

Rows = list[tuple[Any, ...]]


Ask = Callable[[str], tuple[Rows, Rows, float]]


@pytest.fixture(scope="module")
def on_both(world: SocialGraph) -> Ask:
    """Rows of the store, rows of rdflib, both as values, and the seconds of computing that rdflib took: on the invented world."""
    return asking_both(world)


@pytest.fixture(scope="module")
def on_both_real(real: SocialGraph) -> Ask:
    """The same on the real data."""
    return asking_both(real)


def asking_both(g: SocialGraph) -> Ask:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=gzip.decompress((g.built.folder / build.GRAPH_FILE).read_bytes()), format="nquads")

    def ask(text: str) -> tuple[Rows, Rows, float]:
        names, rows = g.store.select(text)
        begun = time.process_time()
        found = [tuple(map(of_rdflib, row)) for row in dataset.query(text, initNs=PREFIXES)]
        taken = time.process_time() - begun
        return witnessed(names, [tuple(map(of_oxigraph, row)) for row in rows]), witnessed(names, found), taken

    return ask


def witnessed(names: list[str], rows: Rows) -> Rows:
    """Rows whose witnesses, a set written as a text in the engine's own order, are in order."""
    if names[-1:] != ["relations"]:
        return rows
    return [(*row[:-1], (" ".join(sorted(row[-1][0].split())),) if row[-1] else None) for row in rows]


def of_oxigraph(term: Any) -> tuple[str, ...] | None:
    if term is None:
        return None
    return (term.value,) if not hasattr(term, "datatype") else (term.value, term.datatype.value, term.language or "")


def of_rdflib(term: Any) -> tuple[str, ...] | None:
    if not isinstance(term, rdflib.Literal):
        return None if term is None else (str(term),)
    kind = term.datatype or (rdflib.RDF.langString if term.language else rdflib.XSD.string)
    return str(term), str(kind), term.language or ""
