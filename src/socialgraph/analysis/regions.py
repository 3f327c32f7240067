"""The national picture laid out by place: every county where it lies on the tile map, what belongs to no county beside it.

People learn where things are: an area stands where it stands whatever is in it, and inside it things keep their order. Only
what belongs to no county is placed by forces. The same nodes and edges give the same coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from socialgraph.analysis.layout import CELL, GAP, Place, layout

SMALL = (CELL[0] * 0.5, CELL[1] * 0.5)
"""Room of a node that only belongs to its area and is drawn when the area is opened."""
MARGIN = 46.0
"""Space inside an area, above it for its name."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area: its tile (row, column), its members in order, and those of them that have no relation but to it."""

    row: int
    column: int
    members: Sequence[str]
    leaves: Sequence[str] = ()


Box = tuple[float, float, float, float]
"""Left, top, width, height."""


def regions(areas: Mapping[str, Area], others: Sequence[str], edges: Iterable[tuple[str, str]]) -> tuple[Place, dict[str, Box]]:
    """Coordinates of every node, and the box of every area, in pixels; the areas form a map to the right of the others.

    >>> places, boxes = regions({"a": Area(1, 1, ["a", "x"]), "b": Area(1, 2, ["b"])}, ["n"], [])
    >>> sorted(places), boxes["a"][0] < boxes["b"][0]
    (['a', 'b', 'n', 'x'], True)
    """
    blocks = {id: _block(area) for id, area in areas.items()}
    widths = _tracks((area.column, blocks[id][1]) for id, area in areas.items())
    heights = _tracks((area.row, blocks[id][2]) for id, area in areas.items())
    places: Place = {}
    boxes: dict[str, Box] = {}
    for id, area in areas.items():
        block, width, height = blocks[id]
        x = widths[area.column][0] + (widths[area.column][1] - width) / 2
        y = heights[area.row][0] + (heights[area.row][1] - height) / 2
        boxes[id] = (round(x, 1), round(y, 1), round(width, 1), round(height, 1))
        places |= {node: (round(x + dx, 1), round(y + dy, 1)) for node, (dx, dy) in block.items()}
    beside = layout(others, [(a, b) for a, b in edges])
    if beside and boxes:
        right = max(x for x, _ in beside.values())
        middle = (max(y for _, y in beside.values()) + min(y for _, y in beside.values())) / 2
        down = max(y + height for _, y, _, height in boxes.values()) / 2
        beside = {id: (round(x - right - 4 * GAP, 1), round(y - middle + down, 1)) for id, (x, y) in beside.items()}
    return places | beside, boxes


def _block(area: Area) -> tuple[Place, float, float]:
    """The members in rows, those that only belong here in small rows below; and the width and height of all."""
    columns = max(4, ceil(sqrt(max(len(area.members), len(area.leaves) / 3) * 0.9)))
    narrow = columns * 2
    placed = {id: (MARGIN / 2 + (n % columns + 0.5) * CELL[0], MARGIN + (n // columns + 0.5) * CELL[1]) for n, id in enumerate(area.members)}
    top = MARGIN + ceil(len(area.members) / columns) * CELL[1]
    placed |= {id: (MARGIN / 2 + (n % narrow + 0.5) * SMALL[0], top + (n // narrow + 0.5) * SMALL[1]) for n, id in enumerate(area.leaves)}
    return placed, MARGIN + columns * CELL[0], top + ceil(len(area.leaves) / narrow) * SMALL[1] + MARGIN / 2


def _tracks(sizes: Iterable[tuple[int, float]]) -> dict[int, tuple[float, float]]:
    """The beginning and size of every row or column, in order, as wide as the widest in it."""
    widest: dict[int, float] = {}
    for number, size in sizes:
        widest[number] = max(widest.get(number, 0.0), size)
    begin, tracks = 0.0, {}
    for number in sorted(widest):
        tracks[number] = (begin, widest[number])
        begin += widest[number] + 2.5 * GAP
    return tracks
