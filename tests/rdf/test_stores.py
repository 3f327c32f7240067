"""One contract for every store: in memory, on disk, an Oxigraph server, Jena, a Virtuoso server; the servers are real, on loopback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import servers

from socialgraph.errors import BuildMissing, QueryInvalid, StoreUnreachable
from socialgraph.graph import SocialGraph
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf.queries import Catalogue
from socialgraph.rdf.remote import RemoteStore
from socialgraph.rdf.store import Dataset, EmbeddedStore, Store

ROOT = Path(__file__).parents[2]
NAMES = sorted(Catalogue(ROOT / "queries").questions)


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph") / "db") as address:
        yield address or pytest.skip("no Oxigraph server: pip install oxigraph")


@pytest.fixture(scope="module")
def apart(tmp_path_factory) -> Iterator[str]:
    """A server whose default graph is not the union of its graphs, as the standard allows."""
    with servers.oxigraph(tmp_path_factory.mktemp("apart") / "db", union=False) as address:
        yield address or pytest.skip("no Oxigraph server: pip install oxigraph")


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory) -> Iterator[str]:
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address or pytest.skip("no Virtuoso: apt-get install virtuoso-opensource-7-bin")


@pytest.fixture(scope="module")
def jena(tmp_path_factory) -> Iterator[str]:
    with servers.jena(tmp_path_factory.mktemp("jena")) as address:
        yield address or pytest.skip("no Jena: apt-get install libapache-jena-java openjdk-17-jdk-headless")


@pytest.fixture(scope="module", params=["memory", "disk", "oxigraph", "apart", "jena", "virtuoso"])
def store(request, world) -> Store:
    """A store that holds the invented world."""
    if request.param == "memory":
        return EmbeddedStore.in_memory(world.store.quads())
    if request.param == "disk":
        return world.store
    address = request.getfixturevalue(request.param)
    put(world, address)
    return RemoteStore(address)


def put(world: SocialGraph, address: str) -> None:
    from socialgraph import elsewhere

    elsewhere.put(world.built, address)


SG, SGG, RDF = PREFIXES["sg"], PREFIXES["sgg"], PREFIXES["rdf"]


def test_it_answers_selects_asks_and_constructs(store, world) -> None:
    query = "SELECT ?s ?title WHERE { ?s a sg:Source ; dcterms:title ?title } ORDER BY ?s"
    assert store.table(query) == world.store.table(query)
    assert [bool(row[0]) for row in store.table("ASK { ?s a sg:Source }")[1]] == [True]
    made = "CONSTRUCT { ?s a sg:Source } WHERE { ?s a sg:Source }"
    assert set(store.construct(made)) == set(world.store.construct(made))
    for form, text in {"srcsv": query, "ntriples": made}.items():
        written = [io.BytesIO(), io.BytesIO()]
        for s, out in zip((store, world.store), written, strict=True):
            s.write_answer(text, form, out)
        assert sorted(written[0].getvalue().split(b"\n")) == sorted(written[1].getvalue().split(b"\n"))
    with pytest.raises(QueryInvalid):
        store.query("SELEC ?s {}")


def test_every_quad_that_was_put_is_there_and_only_those(store, world) -> None:
    graphs = {q.graph_name.value for q in world.store.quads()}
    for graph in sorted(graphs)[:6]:
        told = [sum(isinstance(t, ox.BlankNode) for q in s.quads(graph) for t in (q.subject, q.object)) for s in (store, world.store)]
        assert told[0] == told[1]
        plain = [
            {q for q in s.quads(graph) if not isinstance(q.subject, ox.BlankNode) and not isinstance(q.object, ox.BlankNode)} for s in (store, world.store)
        ]
        assert {(q.subject, q.predicate) for q in plain[0]} == {(q.subject, q.predicate) for q in plain[1]}, graph


def test_patterns_of_every_shape(store, world) -> None:
    relation = next(q.subject.value for q in world.store.quads(SGG + "relations"))
    for s in (store, world.store):
        assert s.has(relation)
        assert not s.has(PREFIXES["sgd"] + "no-such-thing")
    assert set(store.objects(relation, RDF + "type")) == set(world.store.objects(relation, RDF + "type"))
    assert set(store.subjects(RDF + "type", SG + "Source")) == set(world.store.subjects(RDF + "type", SG + "Source"))
    assert {q.predicate for q in store.about(relation, SGG + "relations")} == {q.predicate for q in world.store.about(relation, SGG + "relations")}
    assert {q.subject for q in store.having(SG + "kind", SGG + "entities")} == {q.subject for q in world.store.having(SG + "kind", SGG + "entities")}
    assert store.local_names(PREFIXES["sgs"]) == world.store.local_names(PREFIXES["sgs"])


def test_a_data_set_is_the_data_set(store) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    relations = Dataset(default=(SGG + "relations",))
    _, rows = store.select(count)
    whole = int(next(rows)[0].value)
    only = next(iter(store.query(count, relations)))[0]
    assert 0 < int(only.value) < whole


@pytest.mark.parametrize("name", NAMES)
def test_every_question_gives_the_same_on_a_server_as_here(world, name: str, served_there) -> None:
    example = dict(world.question(name).example)
    example = {k: v for k, v in example.items() if k in ("at", "mode") or not world.question(name).parameter(k).kind.startswith(("entity", "county", "source"))}
    try:
        here = world.query(name, **example)
    except Exception as error:  # noqa: BLE001  # an example of the real data means nothing in the world: then it means nothing there either
        with pytest.raises(type(error)):
            served_there.query(name, **example)
        return
    assert served_there.query(name, **example).rows == here.rows


def test_a_question_that_is_asked_again_is_one_request_to_the_server(served_there) -> None:
    first = served_there.query("staff-loans")
    sent = []
    served_there.store._client.event_hooks["request"].append(sent.append)
    assert served_there.query("staff-loans") == first
    assert len(sent) == 1


@pytest.fixture(scope="module", params=["oxigraph", "jena"])
def served_there(request, world) -> SocialGraph:
    """The world, asked at a server."""
    from socialgraph import elsewhere

    address = request.getfixturevalue(request.param)
    put(world, address)
    store = RemoteStore(address)
    return SocialGraph(world.project, elsewhere.read(store, world.project), store)


def test_views_pages_and_finding_work_there_too(served_there, world, tmp_path) -> None:
    assert served_there.built.id == world.built.id
    assert served_there.view(at="2018").counts().rows == world.view(at="2018").counts().rows
    some = next(iter(world.holdings.entities.values()))
    assert served_there.resolve(some.name_sv).id == world.resolve(some.name_sv).id
    pages = [g.explore(g.view(), into=tmp_path / f"{i}.html").read_bytes() for i, g in enumerate((served_there, world))]
    assert pages[0] == pages[1]


def test_from_the_shell_a_build_is_put_and_asked(oxigraph, world) -> None:
    run = [sys.executable, "-m", "socialgraph.cli"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    root = str(world.project.inputs)
    subprocess.run([*run, "build", "--root", root, "--into", oxigraph], check=True, capture_output=True, env=environment, cwd=root)
    asked = [
        subprocess.run([*run, "query", "staff-loans", "--root", at], check=True, capture_output=True, env=environment, cwd=root).stdout
        for at in (root, oxigraph)
    ]
    assert asked[0] == asked[1]


def test_a_half_put_build_is_not_read_and_putting_again_mends_it(oxigraph, world) -> None:
    from socialgraph import elsewhere

    store = RemoteStore(oxigraph)
    put(world, oxigraph)
    store.put(PREFIXES["sgs"] + "stale", [ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"))])
    store.put("urn:somebody-elses", [ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"))])
    store.drop(SGG + "build")
    with pytest.raises(BuildMissing, match="holds no whole build"):
        elsewhere.read(store, world.project)
    put(world, oxigraph)
    again = RemoteStore(oxigraph)
    assert elsewhere.read(again, world.project).id == world.built.id
    assert not again.has("urn:a") or next(again.matching("urn:a", None, None, None)).graph_name.value == "urn:somebody-elses"


def test_a_server_that_is_not_there_is_told(world) -> None:
    with pytest.raises(StoreUnreachable, match="is the server running"):
        SocialGraph.open(f"http://127.0.0.1:{servers.free()}/query")
