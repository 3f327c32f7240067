"""The explorer: a `Picture` as ONE HTML file that opens anywhere, offline, and carries its own evidence.

The network is a pyvis `Network` drawn by the vis-network inside the pyvis wheel, through our own autoescaped template.
Invariants: no outside reference, same picture same bytes, nothing in the data can become markup or script.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from math import sqrt
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from socialgraph.errors import ExtraMissing, ParameterInvalid
from socialgraph.model.files import write_whole
from socialgraph.model.picture import Edge, Picture, Text
from socialgraph.pages.packing import pack
from socialgraph.pages.sheet import bundle, line_feeds, sheet, static
from socialgraph.pages.texts import LANGUAGES, MODES, STATES, STATUSES, TEXTS, summary

VIS: Final = {"js": "templates/lib/vis-9.1.2/vis-network.min.js", "css": "templates/lib/vis-9.1.2/vis-network.css"}
"""Where the pyvis 0.3.2 wheel keeps its renderer; the version is pinned and a test holds the path."""

SCRIPTS: Final = (
    "dom.js", "unpack.js", "words.js", "time.js", "renderer.js", "search.js", "filters.js", "paths.js", "panel.js", "table.js", "take.js", "stories.js",
    "explorer.js",
)  # fmt: skip
"""Ours, in the order they are put into the page: each uses only what stands before it."""

WORKBOOK: Final = "workbook.js"
"""The writer of workbooks, bundled from npm; where it was not made the page offers CSV only."""

GLYPHS: Final = frozenset({"dot", "box", "square", "diamond", "triangle", "triangleDown", "star", "hexagon", "ellipse"})
"""The shapes the renderer and the legend can draw; anything else is drawn as a dot."""

PLAIN: Final = "#5f6b7a"
"""The colour of a kind that names none; 5.4:1 against white."""

CHANGES: Final[Mapping[str, Mapping[str, Any]]] = {
    "began": {"width": 3.0, "dashes": False, "color": "#1a7f37"},
    "gone": {"width": 3.0, "dashes": [4, 5], "color": "#b3261e"},
}
"""How a relation is drawn that has come or gone between two days: unbroken or broken besides green or red."""

UNDIRECTED: Final = "line"
"""The glyph of a relation kind that reads the same both ways: its edges carry no arrowhead."""

STROKES: Final[Mapping[str, Mapping[str, Any]]] = {
    "certain": {"width": 1.8, "dashes": False, "color": "#48566a"},
    "presumed": {"width": 1.8, "dashes": [9, 5], "color": "#48566a"},
    "possible": {"width": 1.3, "dashes": [5, 6], "color": "#7b8796"},
    "planned": {"width": 2.0, "dashes": [2, 4], "color": "#48566a"},
    "wished": {"width": 2.0, "dashes": [2, 10], "color": "#48566a"},
    "ended": {"width": 1.5, "dashes": [14, 4, 2, 4], "color": "#858f9c"},
}
"""How the state of a relation is drawn: by pattern first, by shade second. Every shade is at least 3:1 against white."""

BEND: Final = 0.16
"""How much further each of several edges between the same two nodes bows out than the one before."""

OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "keyboard": {"enabled": False},
        "selectable": False,
        "tooltipDelay": 250,
        "zoomSpeed": 0.6,
    },
}


def render(picture: Picture, *, lang: str = "sv") -> str:
    """The whole page as one text, opening in `lang` (`sv` or `en`); the reader can switch without loading anything.

    Raises `ParameterInvalid` for another language or an edge whose ends are not in the picture, `ExtraMissing` when pyvis
    does not carry the renderer.
    """
    if lang not in LANGUAGES:
        raise ParameterInvalid(f"language of the page: found {lang!r}, expected one of {', '.join(LANGUAGES)}")
    network = _network(picture, lang)
    return str(network.generate_html())


def write(picture: Picture, path: Path | str, *, lang: str = "sv") -> Path:
    """Write the page, UTF-8, whole or not at all. Gives the path."""
    return write_whole(render(picture, lang=lang), path)


def _network(picture: Picture, lang: str) -> Any:
    """Our pyvis `Network`, filled. pyvis takes a second to import (it pulls in IPython), hence here and not at the top."""
    from pyvis.network import Network

    class Explorer(Network):  # type: ignore[misc]
        """A pyvis network whose page is ours: stock pyvis is neither offline nor safe nor accessible."""

        def generate_html(self, *_: object, **__: object) -> str:
            nodes, edges, *_, options = self.get_network_data()
            areas = [{"id": a.id, "x": a.x, "y": a.y, "width": a.width, "height": a.height} for a in picture.areas]
            drawing = {"nodes": nodes, "bows": _bowed(edges), "options": json.loads(options), "areas": areas}
            self.html = _page(picture, drawing, lang)
            return self.html

    network = Explorer(directed=True, cdn_resources="in_line")
    network.options = dict(OPTIONS)
    network.nodes = _nodes(picture)  # set as a whole: pyvis' add_node searches a list for every node
    network.node_ids = [node["id"] for node in network.nodes]
    network.edges = _edges(picture)
    return network


def _nodes(picture: Picture) -> list[dict[str, Any]]:
    kinds = {kind.id: kind for kind in picture.entity_kinds}
    degree = Counter(end for edge in picture.edges for end in {edge.source, edge.target})
    drawn = []
    for node in picture.nodes:
        kind = kinds.get(node.kind)
        drawn.append(
            {
                "id": node.id,
                "shape": kind.glyph if kind and kind.glyph in GLYPHS else "dot",
                "color": _colour(kind.colour) if kind else PLAIN,
                "size": round(min(11 + 2.6 * sqrt(degree[node.id]), 26), 1),
                "x": node.x,
                "y": node.y,
            }
        )
    return drawn


def _edges(picture: Picture) -> list[dict[str, Any]]:
    known = {node.id for node in picture.nodes}
    for edge in picture.edges:
        if missing := {edge.source, edge.target} - known:
            raise ParameterInvalid(f"edge {edge.id!r}: its end {min(missing)!r} is not among the nodes; add the node or drop the edge")
    undirected = {kind.id for kind in picture.relation_kinds if kind.glyph == UNDIRECTED}
    bends = _bends(picture.edges)
    return [
        {
            "id": edge.id,
            "from": edge.source,
            "to": edge.target,
            "arrows": {"to": {"enabled": edge.kind not in undirected, "scaleFactor": 0.6}},
            "smooth": bends[edge.id],
            **STROKES.get(edge.state, STROKES["certain"]),
        }
        for edge in picture.edges
    ]


def _bowed(edges: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """How far the edges that are not straight bow out, by id; to the left with a minus."""
    bent = [(edge["id"], edge["smooth"]) for edge in edges if edge["smooth"]["enabled"]]
    return {id: smooth["roundness"] * (1 if smooth["type"] == "curvedCW" else -1) for id, smooth in bent}


def _bends(edges: Sequence[Edge]) -> dict[str, dict[str, Any]]:
    """The bow of every edge: none when it is alone between its nodes, fanned out to both sides when there are several."""
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        pairs[min(edge.source, edge.target), max(edge.source, edge.target)].append(edge)
    bends: dict[str, dict[str, Any]] = {}
    for (first, _), group in pairs.items():
        for number, edge in enumerate(group):
            offset = (number - (len(group) - 1) / 2) * BEND
            if offset == 0:
                bends[edge.id] = {"enabled": False}
                continue
            clockwise = (offset > 0) == (edge.source == first)  # an edge drawn the other way bows the other way
            bends[edge.id] = {"enabled": True, "type": "curvedCW" if clockwise else "curvedCCW", "roundness": round(abs(offset), 3)}
    return bends


def _colour(text: str) -> str:
    return text if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else PLAIN


def _page(picture: Picture, drawing: Mapping[str, Any], lang: str) -> str:
    scripts = [vis_asset("js"), *(static(name) for name in SCRIPTS)]
    later = bundle(WORKBOOK)
    styles = [vis_asset("css"), static("explorer.css")]
    words = {
        "texts": _by_language(TEXTS),
        "states": _by_language(STATES),
        "statuses": _by_language(STATUSES),
        "summary": asdict(summary(picture)),
        "strokes": {state: dict(stroke) for state, stroke in (*STROKES.items(), *CHANGES.items())},
        "modes": _by_language(MODES),
        "plain": PLAIN,
    }
    return sheet(
        "explorer.html.j2",
        styles,
        scripts,
        lang,
        later=(later,) if later else (),
        title=getattr(picture.title, lang),
        summary=getattr(summary(picture), lang),
        text={name: getattr(text, lang) for name, text in TEXTS.items()},
        other="en" if lang == "sv" else "sv",
        rows=[_row(picture, edge, lang) for edge in picture.edges if _opens_with(picture, edge)],
        picture=data_block(pack(picture)),
        drawing=data_block(drawing),
        words=data_block(words),
    )


_WEAKER: Final[Mapping[str, tuple[str, ...]]] = {"certain": ("presumed", "possible"), "presumed": ("possible",)}


def _opens_with(picture: Picture, edge: Edge) -> bool:
    """Whether an edge is seen when the page opens, and so by readers without JavaScript."""
    return edge.days is None or edge.state not in ("later", "ended", "denied", *_WEAKER.get(picture.mode, ()))


def _row(picture: Picture, edge: Edge, lang: str) -> dict[str, str]:
    """A row of the table that is there before, and without, any script."""
    titles = {source.id: source.title for source in picture.sources}
    kinds = {kind.id: getattr(kind.label, lang) for kind in picture.relation_kinds}
    heard = dict.fromkeys(titles.get(claim.source, claim.source) for claim in edge.claims)
    state = STATES.get(edge.state, Text(edge.state, edge.state))
    return {
        "sentence": getattr(edge.sentence, lang), "kind": kinds.get(edge.kind, edge.kind), "period": getattr(edge.period, lang),
        "state": getattr(state, lang), "sources": "; ".join(heard),
    }  # fmt: skip


def _by_language(texts: Mapping[str, Text]) -> dict[str, dict[str, str]]:
    return {lang: {name: getattr(text, lang) for name, text in texts.items()} for lang in LANGUAGES}


def vis_asset(ending: str) -> str:
    """vis-network's `js` or `css` from the pyvis wheel, without what would reach outside (source map) or lie unused (button images)."""
    asset = files("pyvis").joinpath(VIS[ending])
    if not asset.is_file():
        raise ExtraMissing(f"pyvis: expected its wheel to carry {VIS[ending]}, found nothing there; install pyvis==0.3.2")
    text = line_feeds(asset.read_text(encoding="utf-8"))
    if ending == "css":
        text = re.sub(r"background-image:\s*url\([^)]*\);?", "", text)
    return re.sub(r"(//|/\*)# sourceMappingURL=[^\n]*", "", text)


def data_block(value: object) -> Markup:
    r"""JSON that may stand inside a script element: no `<`, so that no text in it can end the element.

    >>> str(data_block({"label": "</script>"}))
    '{"label":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # the one place where data is handed over unescaped: see above
