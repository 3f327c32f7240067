"""Relations as a networkx graph: the door to every network measure."""

from __future__ import annotations

from collections.abc import Iterable

import networkx

from socialgraph.model.relations import Relation


def network(nodes: Iterable[tuple[str, str, str]], relations: Iterable[tuple[Relation, str]]) -> networkx.MultiDiGraph[str]:
    """A `MultiDiGraph` of nodes (id, kind, name) and relations with their state; parallel relations stay apart.

    Edges are keyed by relation id and carry `kind`, `state`, `role`, `about`, `person` and `claims`, the number of witnesses.
    """
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for id, kind, name in nodes:
        graph.add_node(id, kind=kind, name=name)
    for relation, state in relations:
        graph.add_edge(
            relation.from_, relation.to, key=relation.id, kind=relation.kind, state=state, role=relation.role, about=relation.about,
            person=relation.person, claims=len(relation.claims),
        )  # fmt: skip
    return graph
