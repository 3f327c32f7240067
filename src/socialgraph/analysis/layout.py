"""Where the nodes of a picture stand: pixels for a renderer whose physics is off. Nothing here draws.

Invariant: the same nodes and edges give the same coordinates, whatever order they come in; parallel edges count once.
Force-directed only inside groups of at most 300, since networkx' layouts cost the square of the nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

Place = dict[str, tuple[float, float]]

LARGEST_GROUP = 300
"""Above this a component is first cut into communities: forceatlas2 takes 0.3 s per 50 rounds for 300 nodes, 8 s for 2,000."""

CELL = (112.0, 78.0)
"""Room of one node in pixels: a glyph with two label lines of some 14 characters below it, at font 14."""

ROOMY = 45
"""Up to so many nodes a group is given wider cells."""

GAP = 60.0
"""Clear space between two components."""

SPARSE = 2.2
"""How much room a group gets before it is pushed apart, against what its cells need: more shows clusters, less shows labels."""

WIDE = 1.5
"""Wished width to height of the whole: a picture beside a panel on a screen or a slide."""


def layout(nodes: Sequence[str], edges: Sequence[tuple[str, str]], *, seed: int = 1) -> Place:
    """Coordinates in pixels for every node, the middle of the picture near (0, 0).

    Each connected component is laid out by itself; the largest stands in the middle, the others in rows beneath and above it,
    nodes without edges in a grid at the bottom. Edges whose ends are not both in `nodes` are left out of account.

    >>> sorted(layout(["a", "b", "c"], [("a", "b"), ("b", "a")]))
    ['a', 'b', 'c']
    """
    graph = _graph(nodes, edges)
    components = sorted((sorted(found) for found in nx.connected_components(graph)), key=lambda found: (-len(found), found))
    blocks = [_component(graph.subgraph(found), found, seed) for found in components if len(found) > 1]
    alone = [found[0] for found in components if len(found) == 1]
    if alone:
        width = max((_size(block)[0] for block in blocks), default=0.0)
        blocks.append(_grid(alone, width))
    placed = _pack(blocks, last_below=bool(alone))
    return {node: (round(x, 1) + 0.0, round(y, 1) + 0.0) for node, (x, y) in sorted(placed.items())}


def _graph(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(set(nodes)))
    known = set(graph)
    graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1] and known.issuperset(pair)}))
    return graph


def _component(graph: nx.Graph[str], members: list[str], seed: int) -> Place:
    if len(members) > LARGEST_GROUP:
        return _communities(graph, members, seed)
    return _forces(graph, members, seed)


def _communities(graph: nx.Graph[str], members: list[str], seed: int) -> Place:
    """A component too large for forces: communities laid out one by one, then set out by the forces between them."""
    found = nx.community.louvain_communities(_ordered(graph, members), seed=seed)
    groups = [part for group in sorted(sorted(group) for group in found) for part in _halves(group)]
    home = {node: number for number, group in enumerate(groups) for node in group}
    between = {(str(min(home[a], home[b])), str(max(home[a], home[b]))) for a, b in graph.edges if home[a] != home[b]}
    inner = [_forces(graph.subgraph(group), group, seed) for group in groups]
    outer = _forces(_graph(map(str, range(len(groups))), between), sorted(map(str, range(len(groups)))), seed)
    stretch = max(max(_size(block)) for block in inner) / CELL[0] / 2 if len(groups) <= LARGEST_GROUP else 1.0
    centres = _array([outer[str(number)] for number in range(len(groups))]) * stretch
    sizes = _array([tuple(side + GAP for side in _size(block)) for block in inner])
    centres = _apart(centres, sizes)
    return {
        node: (x + float(centre[0]), y + float(centre[1]))
        for centre, block in zip(centres, inner, strict=True)
        for node, (x, y) in _centred(block).items()
    }


def _halves(group: list[str]) -> list[list[str]]:
    parts = ceil(len(group) / LARGEST_GROUP)
    step = ceil(len(group) / parts)
    return [group[start : start + step] for start in range(0, len(group), step)]


def _forces(graph: nx.Graph[str], members: list[str], seed: int) -> Place:
    """One group: forceatlas2, turned so that its long side lies flat, scaled to the cell, then pushed apart."""
    import numpy as np

    if len(members) == 1:
        return {members[0]: (0.0, 0.0)}
    if len(members) == 2:
        return {members[0]: (-CELL[0] * 0.8, 0.0), members[1]: (CELL[0] * 0.8, 0.0)}
    ordered = _ordered(graph, members)
    start = nx.circular_layout(ordered)
    rounds = 250 if len(members) <= 120 else 130
    with np.errstate(divide="ignore", invalid="ignore"):  # networkx divides by the distance of a node to itself, then discards it
        found = nx.forceatlas2_layout(ordered, pos=start, max_iter=rounds, scaling_ratio=4.0, gravity=0.4, linlog=True, seed=seed)
    points = _flat(np.nan_to_num(np.array([found[node] for node in members])))
    spread = points.std(axis=0)
    cell = _cell(len(members))
    room = len(members) * cell[0] * cell[1] * SPARSE
    points = points * sqrt(room / max(float(16 * spread[0] * max(spread[1], spread[0] / 4)), 1e-9))
    points = points * np.array([sqrt(WIDE), 1 / sqrt(WIDE)]) if spread[0] < WIDE * spread[1] else points
    points = _apart(points, np.tile(np.array(cell), (len(members), 1)))
    return {node: (float(x), float(y)) for node, (x, y) in zip(members, points, strict=True)}


def _cell(members: int) -> tuple[float, float]:
    """A small group fills a screen with room to spare: there every node gets the width of its whole name."""
    return (CELL[0] * 1.35, CELL[1] * 1.25) if members <= ROOMY else CELL


def _ordered(graph: nx.Graph[str], members: list[str]) -> nx.Graph[str]:
    """A copy whose nodes and edges come in sorted order: a subgraph view keeps the order of a set, which varies between runs."""
    copy: nx.Graph[str] = nx.Graph()
    copy.add_nodes_from(members)
    copy.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in graph.edges))
    return copy


def _flat(points: Points) -> Points:
    """Turned around its middle so that the direction of most spread is horizontal; the sign is fixed by the first point."""
    import numpy as np

    centred = points - points.mean(axis=0)
    (xx, xy), (_, yy) = (centred.T @ centred).tolist()
    angle = 0.5 * float(np.arctan2(2 * xy, xx - yy))
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    turned: Points = np.column_stack((centred[:, 0] * cos + centred[:, 1] * sin, centred[:, 1] * cos - centred[:, 0] * sin))
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _apart(points: Points, sizes: Points, rounds: int = 320) -> Points:
    """Boxes of the given sizes moved as little as they need until none covers another, or the rounds are used up."""
    import numpy as np

    xs, ys = points[:, 0].copy(), points[:, 1].copy()
    wide = (sizes[:, None, 0] + sizes[None, :, 0]) / 2
    high = (sizes[:, None, 1] + sizes[None, :, 1]) / 2
    side = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :]).astype(np.float64)
    for turn in range(rounds):
        dx, dy = xs[:, None] - xs[None, :], ys[:, None] - ys[None, :]
        over_x, over_y = wide - np.abs(dx), high - np.abs(dy)
        hit = (over_x > 0.5) & (over_y > 0.5)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        sideways = hit & (over_x <= over_y * (1.0 if turn % 3 else 1.6))
        upright = hit & ~sideways
        pace = (0.55 if turn < rounds // 2 else 0.4) / np.sqrt(np.maximum(hit.sum(axis=1), 1))
        xs = xs + (over_x * np.where(dx == 0, side, np.sign(dx)) * sideways).sum(axis=1) * pace
        ys = ys + (over_y * np.where(dy == 0, side, np.sign(dy)) * upright).sum(axis=1) * pace
    return np.column_stack((xs, ys))


def _array(rows: Sequence[tuple[float, ...]]) -> Points:
    import numpy as np

    return np.array(rows, dtype=np.float64)


def _grid(members: list[str], width: float) -> Place:
    columns = max(1, min(len(members), int(max(width, sqrt(len(members) * WIDE) * CELL[0]) // CELL[0])))
    return {node: ((number % columns) * CELL[0], (number // columns) * CELL[1] * 1.15) for number, node in enumerate(members)}


def _size(block: Place) -> tuple[float, float]:
    xs, ys = zip(*block.values(), strict=True)
    return max(xs) - min(xs) + CELL[0], max(ys) - min(ys) + CELL[1]


def _centred(block: Place) -> Place:
    xs, ys = zip(*block.values(), strict=True)
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return {node: (x - middle[0], y - middle[1]) for node, (x, y) in block.items()}


def _pack(blocks: list[Place], *, last_below: bool) -> Place:
    """The first block in the middle, the rest in rows by turns beneath and above it; the last one beneath everything if so told."""
    if not blocks:
        return {}
    tail = [blocks[-1]] if last_below and len(blocks) > 1 else []
    first, *rest = blocks[: len(blocks) - len(tail)]
    area = sum(width * height for width, height in map(_size, blocks))
    limit = max(_size(first)[0], sqrt(area * WIDE))
    placed = _centred(first)
    top, bottom = -_size(first)[1] / 2, _size(first)[1] / 2
    for number, row in enumerate([*_rows(rest, limit), *([block] for block in tail)]):
        height = max(_size(block)[1] for block in row)
        above = number % 2 == 1 and row not in [[block] for block in tail]
        middle = top - GAP - height / 2 if above else bottom + GAP + height / 2
        top, bottom = (top - GAP - height, bottom) if above else (top, bottom + GAP + height)
        left = -(sum(_size(block)[0] for block in row) + GAP * (len(row) - 1)) / 2
        for block in row:
            width = _size(block)[0]
            placed |= {node: (x + left + width / 2, y + middle) for node, (x, y) in _centred(block).items()}
            left += width + GAP
    return placed


def _rows(blocks: list[Place], limit: float) -> list[list[Place]]:
    rows: list[list[Place]] = []
    used = 0.0
    for block in blocks:
        width = _size(block)[0]
        if rows and used + GAP + width <= limit:
            rows[-1].append(block)
            used += GAP + width
        else:
            rows.append([block])
            used = width
    return rows
