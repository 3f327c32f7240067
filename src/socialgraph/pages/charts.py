"""Pictures of a report as SVG 1.1: values in, text out, the same for the same values. No script, no outside reference.

Colour never speaks alone: words, dashes and marks say the same, and the report has the rows in a table beside every picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup

from socialgraph.model.picture import Node, Picture
from socialgraph.pages.tilemap import GRID
from socialgraph.pages.timeline import Timeline

WIDE: Final = 720
_FONT: Final = "Source Sans 3, Noto Sans, Helvetica, Arial, DejaVu Sans, sans-serif"
_INK, _MUTED, _LINE, _BLUE = "#1b2733", "#4d5a69", "#c9d2dc", "#0b5c94"
_SHADES: Final = ("#e3edf5", "#b9d3e6", "#82b0d0", "#3f86b5", "#0b5c94")
_STATE: Final = {"certain": ("2", ""), "presumed": ("1.6", "7 3"), "possible": ("1.2", "3 3"), "planned": ("1.4", "1 3"), "wished": ("1.4", "1 3")}
_LABELS: Final = 250
"""Pixels for the words of a row."""
_PAPER: Final = 0.72
"""Paper has less room than a screen that can be moved."""
MOST: Final = 40
"""So many nodes of a network are drawn; the table has all."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG text and its size in pixels."""

    svg: str
    width: int
    height: int


def _svg(body: Sequence[Markup | str], height: float, title: str, says: str, *, defs: str = "", wide: float = WIDE) -> Drawing:
    width, size = round(wide), round(height)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" font-family="{font}" font-size="12" fill="{ink}">'
        "<title>{title}</title><desc>{says}</desc>"
    ).format(w=width, h=size, font=_FONT, ink=_INK, title=title, says=says)
    return Drawing(f"{head}{defs}{''.join(map(str, body))}</svg>", width, size)


def _text(x: float, y: float, words: str, *, size: float = 12, anchor: str = "start", fill: str = _INK, weight: str = "400") -> Markup:
    return Markup('<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}" font-weight="{}">{}</text>').format(
        round(x, 1), round(y, 1), size, anchor, fill, weight, words
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>').format(
        round(x, 1),
        round(y, 1),
        round(width, 1),
        round(height, 1),
        fill,
        Markup(extra),  # noqa: S704  # our own attributes
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str = _LINE, width: str = "1", dash: str = "") -> Markup:
    dashed = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>').format(
        round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1), stroke, width, dashed
    )


def short(words: str, most: int) -> str:
    """Words that fit, cut with an ellipsis.

    >>> short("Kommunförbundet", 8)
    'Kommunf…'
    """
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def time_line(drawn: Timeline, title: str, says: str, day: str) -> Drawing:
    """A bar for each relation: solid where certain, paler where presumed or possible; an end nobody states fades out."""
    scale = (WIDE - _LABELS - 10) / drawn.wide
    body: list[Markup] = []
    top = 22
    for x, year in drawn.years:
        body += [_line(_LABELS + x * scale, top, _LABELS + x * scale, top + drawn.high), _text(_LABELS + x * scale + 2, 14, str(year), size=11, fill=_MUTED)]
    look = {"presumed": "#8fb8d8", "certain": _BLUE}
    for line in drawn.lines:
        body.append(_text(_LABELS - 8, top + line.y + 9, short(line.words, 36), size=11, anchor="end"))
        for bar in line.bars:
            x, width = _LABELS + bar.x * scale, max(2.0, bar.width * scale)
            if bar.look == "planned":
                body.append(_rect(x, top + line.y, width, 10, "#ffffff", f' stroke="{_BLUE}" stroke-dasharray="2 3"'))
                continue
            from_edge, to_edge = bar.x <= 0, bar.x + bar.width >= drawn.wide
            fade = {(True, True): "both", (True, False): "left", (False, True): "right"}.get((from_edge, to_edge))
            fill = f"url(#{fade})" if bar.look == "possible" and fade else "#c9dbe8" if bar.look == "possible" else look[bar.look]
            body.append(_rect(x, top + line.y, width, 10, fill))
    body.append(_line(_LABELS + drawn.day_x * scale, top - 4, _LABELS + drawn.day_x * scale, top + drawn.high, "#a4262c", "1.5"))
    body.append(_text(min(_LABELS + drawn.day_x * scale, WIDE - 60), top + drawn.high + 14, day, size=11, fill="#8f1f25", anchor="middle"))
    stops = {"left": (0, 1), "right": (1, 0), "both": (0.15, 0.15)}
    defs = "<defs>" + "".join(
        f'<linearGradient id="{id}"><stop offset="0" stop-color="#9fb6c9" stop-opacity="{a}"/>'
        f'<stop offset="0.5" stop-color="#9fb6c9" stop-opacity="{max(a, b)}"/><stop offset="1" stop-color="#9fb6c9" stop-opacity="{b}"/></linearGradient>'
        for id, (a, b) in stops.items()
    )  # fmt: skip
    return _svg(body, top + drawn.high + 22, title, says, defs=defs + "</defs>")


def tile_map(maps: Sequence[tuple[str, Mapping[str, tuple[str, int]]]], title: str, says: str, unknown: str) -> Drawing:
    """One or several small maps of 21 tiles: for each a heading, and for counties by id the words of a tile and its shade (0 to 4).

    A county without a value is hatched and says so.
    """
    across = min(3, len(maps))
    size = 62 if across == 1 else 44 if across == 2 else 40
    gap, head = 4, 26
    width, high = WIDE / across, 8 * (size + gap) + head + 14
    body: list[Markup] = []
    for number, (heading, values) in enumerate(maps):
        left, top = (number % across) * width + (width - 5 * (size + gap)) / 2, (number // across) * high
        body.append(_text(left, top + 15, short(heading, int(5 * size / 6.2)), size=13, weight="600"))
        for county in GRID:
            x, y = left + (county.column - 1) * (size + gap), top + head + (county.row - 1) * (size + gap)
            words, shade = values.get(county.id, (unknown, -1))
            dark = shade >= 3
            body.append(
                _rect(x, y, size, size, _SHADES[shade] if shade >= 0 else "url(#none)", f' stroke="{"#7d8a97" if shade < 0 else _SHADES[max(shade, 2)]}"')
            )
            ink = "#ffffff" if dark else _INK
            body.append(_text(x + size / 2, y + size * 0.42, county.letter, size=size * 0.28, anchor="middle", fill=ink, weight="600"))
            body.append(_text(x + size / 2, y + size * 0.78, short(words, max(4, size // 6)), size=max(9, size * 0.21), anchor="middle", fill=ink))
    defs = (
        '<defs><pattern id="none" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" fill="#ffffff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#dfe5eb" stroke-width="2"/></pattern></defs>'
    )
    return _svg(body, -(-len(maps) // across) * high, title, says, defs=defs)


def bars(rows: Sequence[tuple[str, str, float, str]], title: str, says: str) -> Drawing:
    """Amounts as bars: for each row its label, its basis (a group of its own, never added to another), the number and its words."""
    groups = list(dict.fromkeys(basis for _, basis, _, _ in rows))
    looks = (_BLUE, "#8a4b00", "#0b6e63", "#7a3e9d")
    body: list[Markup] = []
    y = 4.0
    room = WIDE - _LABELS - 130
    most = max([value for _, _, value, _ in rows], default=1) or 1
    for number, basis in enumerate(groups):
        body.append(_text(0, y + 12, basis, size=13, weight="600"))
        y += 20
        for label, _, value, words in (r for r in rows if r[1] == basis):
            body.append(_text(_LABELS - 8, y + 11, short(label, 42), size=11, anchor="end"))
            body.append(_rect(_LABELS, y, max(1.0, room * value / most), 14, looks[number % len(looks)]))
            body.append(_text(_LABELS + max(1.0, room * value / most) + 6, y + 11, words, size=11, fill=_MUTED))
            y += 20
        y += 8
    return _svg(body, y, title, says)


def matrix(rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], tuple[str, int]], title: str, says: str) -> Drawing:
    """A grid of marks: for row and column the mark of a cell and its shade (0 to 4, -1 for nothing)."""
    left, top, high = 170, 30, 20
    width = (WIDE - left) / max(1, len(columns))
    body: list[Markup] = [_text(left + (i + 0.5) * width, 18, short(c, int(width / 6)), size=11, anchor="middle", weight="600") for i, c in enumerate(columns)]
    for r, row in enumerate(rows):
        y = top + r * high
        body.append(_text(left - 8, y + 14, short(row, 28), size=11, anchor="end"))
        for c, column in enumerate(columns):
            mark, shade = cells.get((row, column), ("", -1))
            body.append(_rect(left + c * width + 1, y + 1, width - 2, high - 2, _SHADES[shade] if shade >= 0 else "#ffffff", f' stroke="{_LINE}"'))
            body.append(_text(left + (c + 0.5) * width, y + 14, mark, size=11, anchor="middle", fill="#ffffff" if shade >= 3 else _INK))
    return _svg(body, top + len(rows) * high + 6, title, says)


def network(picture: Picture, centre: str, title: str, says: str, lang: str, *, colours: Mapping[str, str] | None = None) -> Drawing:
    """A network that prints: in a ring around one node, or where the picture's layout has it; `colours` are of edges by relation id."""
    kinds = {k.id: k for k in picture.entity_kinds}
    nodes = sorted(picture.nodes, key=lambda n: (n.kind, getattr(n.label, lang), n.id))
    ring = any(n.id == centre for n in nodes)
    places, width, height = _ring([n.id for n in nodes], centre) if ring else _own(nodes)
    body: list[Markup] = []
    for edge in picture.edges:
        thick, dash = _STATE.get(edge.state, ("1", "2 4"))
        body.append(_line(*places[edge.source], *places[edge.target], (colours or {}).get(edge.id, "#7d8a97"), thick, dash))
    for node in nodes:
        x, y = places[node.id]
        own = node.id == centre
        body.append(_shape(kinds[node.kind].glyph, x, y, 9 if own or not ring else 6, kinds[node.kind].colour or "#5f6b7a"))
        beside = ring and not own
        label = getattr(node.label, lang)
        if beside:
            body += _haloed(x + (10 if x > width / 2 else -10), y + 4, short(label, 34), "start" if x > width / 2 else "end")
        else:
            size, weight = (13, "600") if own else (14, "400")
            for number, words in enumerate([short(label, 34)] if own else _two_lines(label)):
                body += _haloed(x, y + (22 if own else 20 + 15 * number), words, "middle", size=size, weight=weight)
    return _svg(body, height, title, says, wide=width)


def _haloed(x: float, y: float, words: str, anchor: str, *, size: int = 11, weight: str = "400") -> list[Markup]:
    """Words with a white edge, so that lines behind them do not cross them out."""
    edge = Markup('<text x="{}" y="{}" font-size="{}" text-anchor="{}" font-weight="{}" stroke="#ffffff" stroke-width="3" stroke-linejoin="round">{}</text>')
    return [edge.format(round(x, 1), round(y, 1), size, anchor, weight, words), _text(x, y, words, size=size, anchor=anchor, weight=weight)]


def _two_lines(label: str, most: int = 18) -> list[str]:
    """A label on at most two lines, broken between words.

    >>> _two_lines("Kommunförbundet Västernorrland")
    ['Kommunförbundet', 'Västernorrland']
    """
    if len(label) <= most:
        return [label]
    cut = label.rfind(" ", 0, most + 1)
    if cut <= 0:
        return [short(label, most)]
    return [label[:cut], short(label[cut + 1 :], most)]


def _ring(ids: Sequence[str], centre: str) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The centre, and the others in a bow on either side of it, so that the words of each have a line of their own."""
    others = [id for id in ids if id != centre]
    sides = others[: (len(others) + 1) // 2], others[(len(others) + 1) // 2 :]
    high = max(150.0, 24.0 * len(sides[0]) + 40)
    places = {centre: (WIDE / 2, high / 2)}
    for side, toward in zip(sides, (-1, 1), strict=True):
        for number, id in enumerate(side):
            y = high * (number + 0.5) / len(side)
            places[id] = (WIDE / 2 + toward * (80 + 60 * cos((y / high - 0.5) * pi)), y)
    return places, WIDE, high


def _own(nodes: Sequence[Node]) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Where the picture's layout has them, with room for the words at the edges."""
    xs, ys = [n.x * _PAPER for n in nodes] or [0.0], [n.y * _PAPER for n in nodes] or [0.0]
    places = {n.id: (n.x * _PAPER - min(xs) + 80, n.y * _PAPER - min(ys) + 24) for n in nodes}
    return places, max(WIDE, max(xs) - min(xs) + 160), max(ys) - min(ys) + 74


def _shape(glyph: str, x: float, y: float, r: float, colour: str) -> Markup:
    points = {
        "box": [(-1.2, -0.8), (1.2, -0.8), (1.2, 0.8), (-1.2, 0.8)], "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)], "triangle": [(0, -1.2), (1.1, 0.9), (-1.1, 0.9)],
        "triangleDown": [(0, 1.2), (1.1, -0.9), (-1.1, -0.9)], "hexagon": [(cos(a * pi / 3), sin(a * pi / 3)) for a in range(6)],
        "star": [(c * cos(a * pi / 5 - pi / 2), c * sin(a * pi / 5 - pi / 2)) for a in range(10) for c in ((1.4, 0.6)[a % 2],)],
    }.get(glyph)  # fmt: skip
    if points is None:
        return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="#ffffff"/>').format(round(x, 1), round(y, 1), r, colour)
    told = " ".join(f"{round(x + px * r, 1)},{round(y + py * r, 1)}" for px, py in points)
    return Markup('<polygon points="{}" fill="{}" stroke="#ffffff"/>').format(told, colour)
