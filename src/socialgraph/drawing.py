"""Where the nodes of a picture stand: by county for the whole country, by forces for a part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from socialgraph.analysis.layout import layout
from socialgraph.analysis.regions import Area, regions
from socialgraph.errors import UnknownName
from socialgraph.intake.stories import read_stories
from socialgraph.model.picture import DrawnArea, Node, Picture, Text
from socialgraph.model.vocabulary import near
from socialgraph.pages.tilemap import GRID
from socialgraph.view import View

NATIONAL = 300
"""From so many nodes on, in at least half of the counties, a picture is of the country."""


def placed(picture: Picture) -> Picture:
    """The picture with coordinates, the same for the same picture; of the country, with an area for each county."""
    pairs = [(e.source, e.target) for e in picture.edges]
    tiles = {tile.id: tile for tile in GRID}
    homes = {n.id: n.county or (n.id if n.id in tiles else "") for n in picture.nodes}
    there = {home for home in homes.values() if home in tiles}
    if len(picture.nodes) < NATIONAL or len(there) < len(GRID) / 2:
        places = layout([n.id for n in picture.nodes], pairs)
        return _at(picture, places)
    leaves = _leaves(pairs)
    order = {kind.id: number for number, kind in enumerate(sorted(picture.entity_kinds, key=lambda k: (len(k.parents), k.id)))}

    def rank(node: Node) -> tuple[bool, int, str]:
        return node.id != homes[node.id], order.get(node.kind, 0), node.id

    areas = {}
    for home in sorted(there):
        held = [n.id for n in sorted((n for n in picture.nodes if homes[n.id] == home), key=rank)]
        areas[home] = Area(tiles[home].row, tiles[home].column, [id for id in held if id not in leaves], [id for id in held if id in leaves])
    others = [n.id for n in picture.nodes if homes[n.id] not in tiles]
    inside = set(others)
    places, boxes = regions(areas, others, [(a, b) for a, b in pairs if a in inside and b in inside])
    drawn = [DrawnArea(id, Text(tiles[id].name, tiles[id].name), *box) for id, box in boxes.items()]
    return replace(_at(picture, places), areas=tuple(drawn))


def _at(picture: Picture, places: dict[str, tuple[float, float]]) -> Picture:
    return replace(picture, nodes=tuple(replace(n, x=places[n.id][0], y=places[n.id][1]) for n in picture.nodes))


def _leaves(pairs: list[tuple[str, str]]) -> set[str]:
    """The nodes that have relations to one other node only, which itself has more."""
    ties: dict[str, set[str]] = {}
    for a, b in pairs:
        ties.setdefault(a, set()).add(b)
        ties.setdefault(b, set()).add(a)
    degree = Counter({id: len(found) for id, found in ties.items()})
    return {id for id, found in ties.items() if degree[id] == 1 and degree[next(iter(found))] > 1}


def page(view: View, around: Sequence[str], kinds: Collection[str], *, sparql: str, stories: Path) -> Picture:
    """The picture of the network page: every day of a view, or of what touches some entities; the whole network with its stories. Raises `UnknownName`."""
    known = view.holdings.vocabulary.relation_kinds
    for kind in kinds:
        if kind not in known:
            raise UnknownName(f"no relation kind '{kind}'; near: {', '.join(near(kind, known)) or 'none'}")
    title = Text(*(f"{word} {', '.join(view.name(id, x) for id in around)}" for word, x in (("Nätverket kring", "sv"), ("The network around", "en"))))
    picture = view.picture(of=around, kinds=kinds, title=title if around else None, every_day=True)
    told = () if around or kinds else read_stories(stories, "stories", view.holdings)[0]
    return replace(placed(picture), sparql=sparql, stories=tuple(told))
