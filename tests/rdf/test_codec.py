"""The codec: what is written can be read back, the same bytes come out every time, and a query sees every graph."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from socialgraph import build
from socialgraph import project as projects
from socialgraph.graph import SocialGraph
from socialgraph.model.claims import Entity, Source
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.holdings import Holdings, assemble
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf import codec, ontology, rules, worklist
from socialgraph.rdf.store import EmbeddedStore

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="module")
def holdings(world: SocialGraph) -> Holdings:
    """What intake reads, before anything is written."""
    gathered, findings = build.gather_inputs(projects.find(world.project.inputs))
    assert not findings
    return gathered


def stored(entity: Entity) -> Entity:
    """An entity as far as the graph holds it: where it was read is the findings' business, and part_of is a column for people."""
    return replace(entity, file="", row=0, part_of="", alt_names=tuple(sorted(entity.alt_names)), source="|".join(sorted(entity.source.split("|"))))


def stored_source(source: Source) -> Source:
    """A source as far as the graph holds it: the totals of `expect` are checked at intake, authors have no order."""
    return replace(source, expect=(0, 1_000_000), authors=tuple(sorted(source.authors)))


# ── there and back


def test_what_is_written_is_read_back(holdings: Holdings) -> None:
    read = codec.read(EmbeddedStore.in_memory(codec.quads(holdings)), holdings.vocabulary)
    assert read.entities == {id: stored(e) for id, e in sorted(holdings.entities.items())}
    assert read.sources == {id: stored_source(s) for id, s in sorted(holdings.sources.items())}
    assert read.claims == tuple(sorted(holdings.claims, key=lambda c: (c.source, c.row)))
    assert read.relations == holdings.relations
    assert read.facts == holdings.facts
    assert read.merged == holdings.merged


def test_the_build_on_disk_holds_the_same(world: SocialGraph, holdings: Holdings) -> None:
    assert world.holdings.relations == holdings.relations
    assert world.holdings.facts == holdings.facts


@pytest.mark.parametrize("known_by", ["2017-05-31", "2018-04-30", "2019-06-30"])
def test_fewer_claims_are_written_and_read_back_with_their_own_bounds(world: SocialGraph, known_by: str) -> None:
    scoped = world.view(known_by=known_by).scoped
    read = codec.read(EmbeddedStore.in_memory(codec.quads(scoped)), scoped.vocabulary)
    assert (read.relations, read.facts) == (scoped.relations, scoped.facts)


def test_nothing_read_gives_nothing(holdings: Holdings) -> None:
    read = codec.read(EmbeddedStore.in_memory(), holdings.vocabulary)
    assert (read.entities, read.sources, read.claims, read.relations, read.facts) == ({}, {}, (), (), ())


# ── the same bytes


def test_quads_do_not_depend_on_the_order_of_what_is_handed_in(holdings: Holdings) -> None:
    turned = assemble(
        holdings.vocabulary, dict(reversed(holdings.entities.items())), dict(reversed(holdings.sources.items())), reversed(holdings.claims), holdings.merged
    )
    assert set(codec.quads(replace(turned, worklist=holdings.worklist))) == set(codec.quads(holdings))


def test_every_quad_is_written_once(holdings: Holdings) -> None:
    quads = list(codec.quads(holdings))
    assert len(quads) == len(set(quads))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(world: SocialGraph, tmp_path: Path, seed: str) -> None:
    copy = shutil.copytree(world.project.inputs, tmp_path / "copy", ignore=shutil.ignore_patterns("build"))
    script = f"from socialgraph.graph import SocialGraph; print(SocialGraph.build({str(copy)!r}).built.folder / 'graph.nq.gz')"
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(SRC)}
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, env=environment)
    digests = [hashlib.sha256(p.read_bytes()).hexdigest() for p in (Path(done.stdout.strip()), world.built.folder / build.GRAPH_FILE)]
    assert digests[0] == digests[1]


# ── the layout of the graph (model §6)


def test_a_query_without_graph_sees_the_union_of_all_graphs(world: SocialGraph) -> None:
    text = """ASK { ?relation a sg:StaffLoan ; sg:from ?lender ; sg:evidence ?claim .    # graph/relations
        ?claim dcterms:source ?source .                                              # the source's own graph
        ?source dcterms:title ?title . ?lender skos:prefLabel ?name .                # graph/sources, graph/entities
        sg:StaffLoan rdfs:label ?kind . ?lender sg:lendsStaffTo ?borrower }          # graph/ontology, graph/direct"""
    assert world.store.table(text) == (["answer"], [(True,)])
    assert bool(world.store.as_rdflib().query(text, initNs=PREFIXES)) is True


def test_each_source_has_a_graph_of_its_claims_and_the_rest_lies_in_eight(world: SocialGraph) -> None:
    graphs = {q.graph_name.value for q in world.store.quads() if isinstance(q.graph_name, ox.NamedNode)}
    of_sources = {PREFIXES["sgs"] + id for id in world.holdings.sources}
    named = {codec.RELATIONS, codec.FACTS, codec.DIRECT, codec.ENTITIES, codec.SOURCES, ontology.GRAPH, worklist.GRAPH, rules.DERIVED}
    assert graphs == of_sources | named


def test_every_relation_and_fact_has_all_eleven_dates_so_that_a_filter_is_two_comparisons(world: SocialGraph) -> None:
    dates = [
        "startEarliest", "startLatest", "endEarliest", "endLatest", "firstSeen", "lastSeen",
        "certainFrom", "certainUntil", "presumedUntil", "possibleFrom", "possibleUntil",
    ]  # fmt: skip
    for graph in (codec.RELATIONS, codec.FACTS):
        nodes: dict[str, dict[str, ox.Literal]] = {}
        for quad in world.store.quads(graph):
            assert isinstance(quad.subject, ox.NamedNode)
            if isinstance(quad.object, ox.Literal):
                nodes.setdefault(quad.subject.value, {})[quad.predicate.value.removeprefix(PREFIXES["sg"])] = quad.object
        assert nodes
        for said in nodes.values():
            assert {said[name].datatype.value for name in dates} == {PREFIXES["xsd"] + "date"}
            assert all(MIN.isoformat() <= said[name].value <= MAX.isoformat() for name in dates)


def direct(world: SocialGraph) -> set[tuple[str, ...]]:
    def short(term: object) -> str:
        return codec.local(term) if isinstance(term, ox.NamedNode) else term.value if isinstance(term, ox.Literal) else str(term)

    return {tuple(map(short, (q.subject, q.predicate, q.object))) for q in world.store.quads(codec.DIRECT)}


def test_direct_triples_go_both_ways_and_close_what_is_symmetric_or_transitive(world: SocialGraph) -> None:
    triples = direct(world)
    assert {("sagokommun", "lendsStaffTo", "fou-exempel"), ("fou-exempel", "borrowsStaffFrom", "sagokommun")} <= triples
    assert {("exempelforbundet", "collaboratesWith", "fairyshire-council"), ("fairyshire-council", "collaboratesWith", "exempelforbundet")} <= triples
    assert {("fou-exempel", "partOf", "exempelforbundet"), ("exempelforbundet", "hasPart", "fou-exempel")} <= triples
    assert ("chefsnatverket", "count", "20") in triples


def test_what_is_only_planned_wished_or_denied_has_no_direct_triple(world: SocialGraph) -> None:
    triples = direct(world)
    assert ("rss-exempel", "memberOf", "styrgruppen") not in triples  # wished
    assert ("exempelforbundet", "provides", "handledarkursen") not in triples  # planned
    assert ("region-exempel", "hosts", "styrgruppen") not in triples  # denied
    assert ("kommunernas-forbund", "partyTo", "overenskommelsen-2020") in triples  # planned, later actual


def test_a_merged_id_leads_to_the_one_that_stands_and_says_nothing_itself(world: SocialGraph) -> None:
    merged = codec.iri("sgd:docent-saga-sagosson")
    about = [q for q in world.store.quads() if merged in (q.subject, q.object)]
    assert [(q.predicate, q.object) for q in about] == [(codec.iri("dcterms:isReplacedBy"), codec.iri("sgd:saga-sagosson"))]


def test_names_past_and_present_are_labels(world: SocialGraph) -> None:
    _, rows = world.store.select("SELECT ?label WHERE { sgd:kommunernas-forbund skos:prefLabel|skos:altLabel ?label } ORDER BY ?label")
    assert {row[0].value for row in rows} == {
        "Association of Invented Municipalities", "KF", "KLF", "Kommunernas förbund", "Kommunernas och landstingens förbund",
    }  # fmt: skip
