"""Relations as a networkx graph: the door to every network measure."""

from __future__ import annotations

from collections.abc import Iterable

import networkx

from socialgraph.model.relations import Relation


def network(nodes: Iterable[tuple[str, str, str, str]], relations: Iterable[tuple[Relation, str]], *, mode: str) -> networkx.MultiDiGraph[str]:
    """A `MultiDiGraph` of nodes (id, kind, name, county) and relations with their state; parallel relations stay apart.

    Edges are keyed by relation id and carry `kind`, `state`, `role`, `about`, `person`, `since` and `until`, the first and last
    day on which the relation holds in the mode (`date`), `claims` and `sources`, the numbers of its witnesses.
    """
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for id, kind, name, county in nodes:
        graph.add_node(id, kind=kind, name=name, county=county)
    for relation, state in relations:
        since, until = relation.times.spell(mode)
        graph.add_edge(
            relation.from_, relation.to, key=relation.id, kind=relation.kind, state=state, role=relation.role, about=relation.about,
            person=relation.person, since=since, until=until, claims=len(relation.claims), sources=len({c.source for c in relation.claims}),
        )  # fmt: skip
    return graph
