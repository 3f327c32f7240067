"""A build in a store elsewhere: put there graph by graph, and read from there with the ontology and questions of the project here.

The graph `sgg:build` says which build a store holds. It is taken away first and put back last: a reader who comes between
is told so, and gets no half of one build and half of another.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from itertools import groupby

import pyoxigraph as ox

from socialgraph.built import GRAPH_FILE, META_FILE, Built
from socialgraph.errors import BuildMissing
from socialgraph.model.ids import PREFIXES
from socialgraph.project import Project
from socialgraph.rdf.remote import RemoteStore

_BUILD = PREFIXES["sgg"] + "build"
_SAYS = PREFIXES["rdf"] + "value"
Progress = Callable[[str, int, int], object]


def put(built: Built, endpoint: str, *, progress: Progress = lambda _stage, _done, _of: None) -> None:
    """Replace what the store at an endpoint holds of ours by a build; other graphs in it stay. Putting again mends a half-put build.

    Raises `StoreUnreachable`.
    """
    store = RemoteStore(endpoint)
    with gzip.open(built.folder / GRAPH_FILE) as packed:
        quads = sorted(ox.parse(packed.read(), format=ox.RdfFormat.N_QUADS), key=lambda q: str(q.graph_name))
    graphs = {str(name.value): [q.triple for q in found] for name, found in groupby(quads, key=lambda q: q.graph_name) if isinstance(name, ox.NamedNode)}
    stale = [name for name in store.graphs if name not in graphs and name != _BUILD]
    store.drop(_BUILD)
    for number, (name, triples) in enumerate(graphs.items(), 1):
        progress("putting", number, len(graphs))
        store.put(name, triples)
    for name in stale:
        store.drop(name)
    meta = (built.folder / META_FILE).read_text(encoding="utf-8")
    store.put(_BUILD, [ox.Triple(ox.NamedNode(_BUILD), ox.NamedNode(_SAYS), ox.Literal(meta))])


def read(store: RemoteStore, project: Project) -> Built:
    """The build a store holds; its folder is the project's, whose ontology and questions are used. Raises `BuildMissing`, `StoreUnreachable`."""
    said = store.objects(_BUILD, _SAYS)
    if len(said) != 1:
        raise BuildMissing(
            f"{store.endpoint} holds no whole build; put one there with: socialgraph build --into {store.endpoint}",
            sv=f"{store.endpoint} har inget helt bygge; lägg dit ett med: socialgraph build --into {store.endpoint}",
        )
    meta = json.loads(said[0].value)
    return Built(meta["id"], project.inputs, meta["counts"], (), date.fromisoformat(meta["last_day"]), new=False)


def opened(endpoint: str, project: Project) -> tuple[Built, RemoteStore]:
    """The build at a SPARQL endpoint, and its store. Raises as `read` does."""
    store = RemoteStore(endpoint)
    return read(store, project), store
