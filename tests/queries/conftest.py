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


@pytest.fixture(scope="module")
def on_both(world: SocialGraph) -> Callable[[str], tuple[Rows, Rows, float]]:
    """Rows of the store, rows of rdflib, both as values, and the seconds that rdflib took."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=gzip.decompress((world.built.folder / build.GRAPH_FILE).read_bytes()), format="nquads")

    def ask(text: str) -> tuple[Rows, Rows, float]:
        _, rows = world.store.select(text)
        begun = time.monotonic()
        found = [tuple(map(of_rdflib, row)) for row in dataset.query(text, initNs=PREFIXES)]
        return [tuple(map(of_oxigraph, row)) for row in rows], found, time.monotonic() - begun

    return ask


def of_oxigraph(term: Any) -> tuple[str, ...] | None:
    if term is None:
        return None
    return (term.value,) if not hasattr(term, "datatype") else (term.value, term.datatype.value, term.language or "")


def of_rdflib(term: Any) -> tuple[str, ...] | None:
    if not isinstance(term, rdflib.Literal):
        return None if term is None else (str(term),)
    kind = term.datatype or (rdflib.RDF.langString if term.language else rdflib.XSD.string)
    return str(term), str(kind), term.language or ""
