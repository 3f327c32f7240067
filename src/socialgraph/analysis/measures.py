"""Measures of a network by networkx: what each is, in words, and what it says of each node, edge or group.

All are computed on the simple undirected graph of a network: two nodes are tied if any relation ties them, in either
direction. The same network gives the same numbers: nodes in order of id, seeded where chance is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx

from socialgraph.model.picture import Text

SEED = 1
EXACT = 3000
"""Up to so many nodes betweenness is exact; above, it is estimated from `SAMPLE` seeded nodes."""
SAMPLE = 500
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name in words, what it means, what missing data does to it, its columns, and how it is computed.

    `of` says what a row is about: `node`, `edge` (two nodes) or `whole`. Rows begin with the ids of what they are about.
    """

    name: Text
    means: Text
    beware: Text
    columns: Mapping[str, Text]
    compute: Callable[[networkx.Graph[str]], Rows]
    of: str = "node"


def simple(network: networkx.MultiDiGraph[str]) -> networkx.Graph[str]:
    """The simple undirected graph of a network, nodes in order of id, without loops; `weight` is how many relations tie two nodes."""
    graph: networkx.Graph[str] = networkx.Graph()
    for id in sorted(network):
        graph.add_node(id, **network.nodes[id])
    for one, other in sorted((min(e[:2]), max(e[:2])) for e in network.edges if e[0] != e[1]):
        weight = graph.edges[one, other]["weight"] + 1 if graph.has_edge(one, other) else 1
        graph.add_edge(one, other, weight=weight)
    return graph


def _per_node(values: Mapping[str, float], *, digits: int = 4) -> Rows:
    return [(id, round(value, digits)) for id, value in values.items()]


def _degree(graph: networkx.Graph[str]) -> Rows:
    weights = dict(graph.degree(weight="weight"))
    return [(id, n, weights[id]) for id, n in graph.degree()]


def _betweenness(graph: networkx.Graph[str]) -> Rows:
    return _per_node(networkx.betweenness_centrality(graph, k=None if len(graph) <= EXACT else SAMPLE, seed=SEED))


def _eigenvector(graph: networkx.Graph[str]) -> Rows:
    """Of the largest component; the others have none."""
    if not graph.number_of_edges():
        return []
    components = sorted((sorted(found) for found in networkx.connected_components(graph)), key=lambda c: (-len(c), c))
    largest = graph.subgraph(components[0])
    return _per_node(networkx.eigenvector_centrality(largest, max_iter=5000, tol=1e-8))


def _pagerank(graph: networkx.Graph[str]) -> Rows:
    return _per_node(networkx.pagerank(graph), digits=5) if len(graph) else []


def _communities(graph: networkx.Graph[str]) -> Rows:
    """Louvain; the largest group is the first, and groups of one are left out."""
    groups = sorted((sorted(group) for group in networkx.community.louvain_communities(graph, seed=SEED)), key=lambda g: (-len(g), g))
    return [(id, number, len(group)) for number, group in enumerate(groups, 1) if len(group) > 1 for id in group]


def _bridges(graph: networkx.Graph[str]) -> Rows:
    """Each bridge, and how many nodes are on its smaller side."""
    rows = []
    for one, other in sorted(tuple(sorted(edge)) for edge in networkx.bridges(graph)):
        without = networkx.restricted_view(graph, [], [(one, other)])
        rows.append((one, other, min(len(networkx.node_connected_component(without, id)) for id in (one, other))))
    return rows


def _articulation(graph: networkx.Graph[str]) -> Rows:
    """Each cut node, the number of pieces its component falls into, and how many nodes lose the largest piece."""
    rows = []
    for id in sorted(networkx.articulation_points(graph)):
        component = networkx.node_connected_component(graph, id)
        pieces = sorted((len(c) for c in networkx.connected_components(graph.subgraph(component - {id}))), reverse=True)
        rows.append((id, len(pieces), sum(pieces[1:])))
    return rows


def _holes(graph: networkx.Graph[str]) -> Rows:
    """Burt: constraint (low is free) and effective size, of nodes with at least two neighbours."""
    several = [id for id in graph if graph.degree(id) > 1]
    constraint, size = networkx.constraint(graph, several), networkx.effective_size(graph, several)
    return [(id, round(constraint[id], 4), round(size[id], 2)) for id in several]


def _homophily(graph: networkx.Graph[str]) -> Rows:
    """For kind and county: ties within, ties in all, and the assortativity of nodes that have the attribute."""
    rows: Rows = []
    for attribute in ("kind", "county"):
        known = graph.subgraph([id for id, told in graph.nodes(data=True) if told.get(attribute)])
        edges = known.number_of_edges()
        within = sum(known.nodes[a][attribute] == known.nodes[b][attribute] for a, b in known.edges)
        values = {told[attribute] for _, told in known.nodes(data=True)}
        mixed = round(networkx.attribute_assortativity_coefficient(known, attribute), 4) if edges and len(values) > 1 else None
        rows.append((attribute, len(known), edges, within, None if mixed is None or mixed != mixed else mixed))  # noqa: PLR0124
    return rows


def reciprocity(network: networkx.MultiDiGraph[str]) -> Rows:
    """For each kind of relation: pairs of nodes it ties, how many of them in both directions, and the share."""
    rows = []
    for kind in sorted({told["kind"] for _, _, told in network.edges(data=True)}):
        pairs = {(a, b) for a, b, told in network.edges(data=True) if told["kind"] == kind and a != b}
        mutual = {frozenset(pair) for pair in pairs if pair[::-1] in pairs}
        both = {frozenset(pair) for pair in pairs}
        if both:
            rows.append((kind, len(both), len(mutual), round(len(mutual) / len(both), 4)))
    return rows


def parts(graph: networkx.Graph[str]) -> list[int]:
    """How many nodes each connected part has, the largest first."""
    return sorted((sum(1 for _ in found) for found in networkx.connected_components(graph)), reverse=True)


def way(graph: networkx.Graph[str], one: str, other: str) -> list[str]:
    """The nodes of the shortest way, of several the first by ids; empty if there is none."""
    try:
        return min(networkx.all_shortest_paths(graph, one, other))
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return []


_MISSING = Text(
    "Relationer som ingen källa nämner finns inte i talet: den som det skrivs mycket om ser mer central ut än den är.",
    "Relations that no source names are not in the figure: who is much written about looks more central than it is.",
)
_PIECES = Text(
    "En enda relation som saknas kan ge ett snitt som inte finns, och en relation som slutat utan att någon sagt det kan dölja ett.",
    "One missing relation can make a cut that is not there, and one that ended without anybody saying so can hide a cut.",
)
_GROUPS = Text(
    "Grupperna följer vad som är beskrivet: ett län med många källor blir gärna en grupp för sig.",
    "The groups follow what is described: a county with many sources easily becomes a group of its own.",
)
MEASURES: Mapping[str, Measure] = {
    "degree": Measure(
        Text("Antal grannar", "Degree"),
        Text(
            "Hur många andra en nod har minst en relation med, och hur många relationer det är.",
            "With how many others a node has at least one relation, and how many relations that is.",
        ),
        _MISSING,
        {"neighbours": Text("Grannar", "Neighbours"), "relations": Text("Relationer", "Relations")},
        _degree,
    ),
    "betweenness": Measure(
        Text("Mellanläge", "Betweenness"),
        Text(
            "Hur stor del av de kortaste vägarna mellan andra som går genom noden (0 till 1).",
            "Which share of the shortest paths between others runs through the node (0 to 1).",
        ),
        _MISSING,
        {"betweenness": Text("Mellanläge", "Betweenness")},
        _betweenness,
    ),
    "closeness": Measure(
        Text("Närhet", "Closeness"),
        Text(
            "Hur få steg det är till dem noden når, vägt med hur många den når (Wasserman och Faust).",
            "How few steps there are to those the node reaches, weighted by how many it reaches (Wasserman and Faust).",
        ),
        _MISSING,
        {"closeness": Text("Närhet", "Closeness")},
        lambda graph: _per_node(networkx.closeness_centrality(graph)),
    ),
    "eigenvector": Measure(
        Text("Egenvektor", "Eigenvector"),
        Text(
            "Hög om grannarna är högt rankade; bara den största sammanhängande delen.", "High if the neighbours rank high; of the largest connected part only."
        ),
        _MISSING,
        {"eigenvector": Text("Egenvektor", "Eigenvector")},
        _eigenvector,
    ),
    "pagerank": Measure(
        Text("PageRank", "PageRank"),
        Text(
            "Hur ofta en vandrare som följer relationer slumpvis är hos noden (dämpning 0,85).",
            "How often a walker who follows relations at random is at the node (damping 0.85).",
        ),
        _MISSING,
        {"pagerank": Text("PageRank", "PageRank")},
        _pagerank,
    ),
    "core": Measure(
        Text("Kärna", "Core number"),
        Text(
            "Det största k för vilket noden hör till en del där alla har minst k grannar inom delen.",
            "The largest k for which the node is in a part where everybody has at least k neighbours within.",
        ),
        _MISSING,
        {"core": Text("Kärna", "Core")},
        lambda graph: list(networkx.core_number(graph).items()),
    ),
    "communities": Measure(
        Text("Grupper", "Communities"),
        Text("Grupper med fler relationer inom än mellan (Louvain, frö 1).", "Groups with more relations within than between (Louvain, seed 1)."),
        _GROUPS,
        {"group": Text("Grupp", "Group"), "size": Text("Storlek", "Size")},
        _communities,
    ),
    "articulation": Measure(
        Text("Vad faller isär om noden försvinner", "What falls apart if the node goes"),
        Text(
            "Noder vars del av nätverket faller i bitar utan dem: antal bitar, och hur många som tappar den största.",
            "Nodes whose part of the network falls into pieces without them: pieces, and how many lose the largest.",
        ),
        _PIECES,
        {"pieces": Text("Bitar", "Pieces"), "cut_off": Text("Avskurna", "Cut off")},
        _articulation,
    ),
    "bridges": Measure(
        Text("Broar", "Bridges"),
        Text(
            "Par vars relation är den enda vägen mellan två delar: så många på den mindre sidan.",
            "Pairs whose relation is the only way between two parts: so many on the smaller side.",
        ),
        _PIECES,
        {"cut_off": Text("På den mindre sidan", "On the smaller side")},
        _bridges,
        "edge",
    ),
    "holes": Measure(
        Text("Strukturella hål", "Structural holes"),
        Text(
            "Burts begränsning: låg om grannarna inte känner varandra; och effektiv storlek, grannar utan överflöd.",
            "Burt's constraint: low if the neighbours do not know each other; and effective size, neighbours that are not redundant.",
        ),
        _MISSING,
        {"constraint": Text("Begränsning", "Constraint"), "effective_size": Text("Effektiv storlek", "Effective size")},
        _holes,
    ),
    "homophily": Measure(
        Text("Lika söker lika", "Homophily"),
        Text(
            "Hur många relationer som stannar inom samma slag eller län; assortativitet 1 är alla, 0 som slumpen, under 0 färre.",
            "How many relations stay within the same kind or county; assortativity 1 is all, 0 as chance, below 0 fewer.",
        ),
        _GROUPS,
        {
            "nodes": Text("Noder", "Nodes"),
            "ties": Text("Par", "Ties"),
            "within": Text("Inom", "Within"),
            "assortativity": Text("Assortativitet", "Assortativity"),
        },
        _homophily,
        "whole",
    ),
}
"""Every measure of the simple graph by name; `reciprocity` is of the directed one."""
_RECIPROCITY = Measure(
    Text("Ömsesidighet", "Reciprocity"),
    Text("Hur många par som har relationen åt båda hållen, för varje slag.", "How many pairs have the relation in both directions, for each kind."),
    _MISSING,
    {"pairs": Text("Par", "Pairs"), "mutual": Text("Ömsesidiga", "Mutual"), "share": Text("Andel", "Share")},
    lambda _: [],
    "whole",
)
ALL: Mapping[str, Measure] = {**MEASURES, "reciprocity": _RECIPROCITY}
"""Every measure there is."""
