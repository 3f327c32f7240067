"""Projections: who is bound to whom by what both belong to, counted only where the times really overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import networkx


@dataclass(frozen=True, slots=True)
class Tie:
    """That a body belongs with a binder (a person, a network) between two days, by a relation."""

    binder: str
    body: str
    first: date
    last: date
    relation: str


def project(ties: Iterable[Tie], bodies: Mapping[str, tuple[str, str, str]], *, since: date, until: date) -> networkx.Graph[str]:
    """The bodies (id to kind, name, county), with an edge between two that have a binder in common on some day from `since` to `until`.

    Edges carry `through` (binder to first and last common day within the two), `relations` and `weight`. Two ties of one
    binder that never overlap bind nothing.
    """
    graph: networkx.Graph[str] = networkx.Graph()
    for id, (kind, name, county) in sorted(bodies.items()):
        graph.add_node(id, kind=kind, name=name, county=county)
    by_binder: dict[str, list[Tie]] = {}
    for tie in ties:
        by_binder.setdefault(tie.binder, []).append(tie)
    for binder, found in sorted(by_binder.items()):
        for one, other in combinations(sorted(found, key=lambda t: (t.body, t.first, t.relation)), 2):
            first, last = max(one.first, other.first, since), min(one.last, other.last, until)
            if one.body == other.body or first > last:
                continue
            if not graph.has_edge(one.body, other.body):
                graph.add_edge(one.body, other.body, through={}, relations=(), weight=0)
            edge = graph.edges[one.body, other.body]
            before = edge["through"].get(binder, (first, last))
            edge["through"][binder] = (min(before[0], first), max(before[1], last))
            edge["relations"] = tuple(sorted({*edge["relations"], one.relation, other.relation}))
            edge["weight"] = len(edge["through"])
    return graph
