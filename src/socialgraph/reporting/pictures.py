"""The pictures of a report: relations as a time line or network, tables as maps, bars and grids, each with its table and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from socialgraph.drawing import placed
from socialgraph.model.events import Event
from socialgraph.model.outline import Part
from socialgraph.model.picture import Picture
from socialgraph.model.relations import Relation
from socialgraph.model.report import Block, Chart, Rows
from socialgraph.model.sentences import Wording, capital
from socialgraph.model.table import Cell, Column, Ref, Table, show
from socialgraph.pages import charts
from socialgraph.pages import timeline as lines
from socialgraph.pages.charts import Drawing
from socialgraph.pages.tilemap import GRID, STATES, UNKNOWN
from socialgraph.telling import period
from socialgraph.view import View

Notes = Callable[[Iterable[str]], tuple[int, ...]]
_SHADE = {"known": 4, "uncertain": 2, "confirm": 1, "vain": 0, "unsearched": -1}
_SAY = {
    "sv": {
        "relation": "Relation", "period": "Period", "state": "Läge", "more": "{} till står i tabellen.", "unknown": "?",
        "line": "{} relationer; fylld stapel är säker, ljus förmodad eller möjlig, prickad planerad. Ett slut som ingen källa anger tonar ut.",
        "net": "{nodes} aktörer och {edges} relationer; heldragen är säker, streckad förmodad, prickad möjlig eller planerad.",
        "left": "{} aktörer med färre relationer är utelämnade ur bilden, inte ur tabellen.",
        "map": "Karta med en ruta för varje län. Streckad ruta: inget känt.", "grid": "Rutnät med {rows} rader och {across} kolumner.",
        "bars": "Staplar för {} belopp. Belopp med olika grund står var för sig och läggs aldrig ihop.",
        "was": "Grönt började eller är först belagt, rött slutade eller är inte längre belagt, blått är planerat.",
    },
    "en": {
        "relation": "Relation", "period": "Period", "state": "State", "more": "{} more are in the table.", "unknown": "?",
        "line": "{} relations; a full bar is certain, a pale one presumed or possible, a dotted one planned. An end that no source states fades out.",
        "net": "{nodes} agents and {edges} relations; solid is certain, dashed presumed, dotted possible or planned.",
        "left": "{} agents with fewer relations are left out of the picture, not of the table.",
        "map": "A map with a tile for each county. Hatched: nothing known.", "grid": "A grid with {rows} rows and {across} columns.",
        "bars": "Bars for {} amounts. Amounts on different bases stand apart and are never added.",
        "was": "Green began or is first attested, red ended or is no longer attested, blue is planned.",
    },
}  # fmt: skip
_GREEN, _RED, _BLUE = "#14703a", "#a4262c", "#213f86"
_COLOURS = {
    **dict.fromkeys(("began", "attested", "known"), _GREEN), **dict.fromkeys(("ended", "lapsed", "withdrawn", "passed"), _RED),
    **dict.fromkeys(("planned", "moved", "role", "renamed"), _BLUE),
}  # fmt: skip


def _chart(caption: str, drawing: Drawing, says: str, rows: Rows | None) -> Chart:
    return Chart(caption, drawing.svg, says, rows, drawing.width, drawing.height)


def _listed(view: View, relations: Sequence[Relation], name: str, caption: str, lang: str, notes: Notes) -> Rows:
    say = _SAY[lang]
    heads = tuple(Column(c, {lang: say[c]}) for c in ("relation", "period", "state"))
    rows = tuple((Ref(getattr(view.sentence(r), lang), r.id, "sgr"), period(r, lang), view.holdings.vocabulary.state(view.state(r), lang)) for r in relations)
    return Rows(name, caption, Table(heads, rows, lang=lang), tuple(notes([f"sgr:{r.id}"]) for r in relations))


def timeline(view: View, relations: Sequence[Relation], title: str, lang: str, _: str, notes: Notes) -> list[Block]:
    """The relations as bars over the years; none if no day of any is known."""
    brief = Wording(view.short_name, view.scoped.vocabulary)
    spans = [lines.Span(capital(brief.core(r, lang)), view.state(r), r.times) for r in relations]
    drawn = lines.timeline(spans, view.at)
    ordered = sorted(relations, key=lambda r: (r.times.possible_from, r.times.certain_from, r.id))
    rows = _listed(view, ordered, "timeline", title, lang, notes)
    if drawn is None:
        return [rows]
    says = _SAY[lang]["line"].format(len(drawn.lines))
    if len(relations) > len(drawn.lines):
        says += " " + _SAY[lang]["more"].format(len(relations) - len(drawn.lines))
    return [_chart(title, charts.time_line(drawn, title, says, view.at.isoformat()), says, rows)]


def network(view: View, relations: Sequence[Relation], title: str, lang: str, centre: str, notes: Notes) -> list[Block]:
    """The relations as a network: in a ring around what the report is about, where that is in it."""
    picture, says = _picture(view, [r.id for r in relations], centre, lang)
    drawing = charts.network(picture, centre, title, says, lang)
    return [_chart(title, drawing, says, _listed(view, relations, "network", title, lang, notes))]


def _picture(view: View, ids: Sequence[str], centre: str, lang: str) -> tuple[Picture, str]:
    """The picture of some relations with at most `charts.MOST` nodes, the centre and those with the most relations, and what it says."""
    whole = view.picture(among=ids, every_day=True)
    says = _SAY[lang]["net"].format(nodes=len(whole.nodes), edges=len(whole.edges))
    if len(whole.nodes) <= charts.MOST:
        return placed(whole), says
    degree = Counter(id for edge in whole.edges for id in (edge.source, edge.target))
    kept = {n.id for n in sorted(whole.nodes, key=lambda n: (n.id != centre, -degree[n.id], n.id))[: charts.MOST]}
    nodes, edges = tuple(n for n in whole.nodes if n.id in kept), tuple(e for e in whole.edges if {e.source, e.target} <= kept)
    return placed(replace(whole, nodes=nodes, edges=edges)), f"{says} {_SAY[lang]['left'].format(len(whole.nodes) - charts.MOST)}"


def changed(view: View, events: Sequence[Event], lang: str, rows: Rows) -> list[Block]:
    """The network of what happened, its relations coloured by what it was."""
    colours = {id.removeprefix("sgr:"): _COLOURS[e.what] for e in events for id in e.items if id.startswith("sgr:")}
    if not colours:
        return []
    picture, says = _picture(view, list(colours), "", lang)
    says = f"{says} {_SAY[lang]['was']}"
    return [_chart(rows.caption, charts.network(picture, "", rows.caption, says, lang, colours=colours), says, rows)]


def of_table(part: Part, title: str, table: Table, rows: Rows, lang: str) -> list[Block]:
    """A table as a map (`columns`: county, value, and what makes several maps), bars (label, basis, amount, currency) or a grid (row, column, cell)."""
    cells = [tuple(row[[c.name for c in table.columns].index(c)] for c in part.columns) for row in table.rows]
    drawn = {"map": _map, "money": _money, "matrix": _matrix}[part.chart](cells, title, lang)
    return [_chart(title, drawn[0], drawn[1], rows)] if drawn else [rows]


def _state(cell: Cell) -> tuple[str, int] | None:
    if isinstance(cell, Ref) and cell.id in STATES:
        look, symbol = STATES[cell.id]
        return symbol, _SHADE[look]
    return None


def _map(cells: Sequence[tuple[Cell, ...]], title: str, lang: str) -> tuple[Drawing, str]:
    maps: dict[str, dict[str, tuple[str, int]]] = {}
    most = max((float(row[1]) for row in cells if isinstance(row[1], (int, float)) and not isinstance(row[1], bool)), default=1) or 1
    for row in cells:
        if not isinstance(row[0], Ref):
            continue
        heading = str(row[2]) if len(row) > 2 else ""
        told = ("?", -1) if isinstance(row[1], Ref) and row[1].id == UNKNOWN else _state(row[1])
        if told is None and isinstance(row[1], (int, float)):
            told = show(row[1], lang), min(4, int(4.99 * float(row[1]) / most))
        elif told is None:
            told = (str(row[1]), 2) if row[1] is not None else ("?", -1)
        maps.setdefault(heading, {})[row[0].id] = told
    says = _SAY[lang]["map"] + "".join(
        f" {heading}: " * bool(heading) + "; ".join(f"{c.name} {values.get(c.id, ('?', -1))[0]}" for c in sorted(GRID, key=lambda c: c.code)) + "."
        for heading, values in maps.items()
    )  # fmt: skip
    return charts.tile_map(list(maps.items()), title, says, _SAY[lang]["unknown"]), says


def _money(cells: Sequence[tuple[Cell, ...]], title: str, lang: str) -> tuple[Drawing, str] | None:
    rows = []
    for *labels, basis, amount, currency in cells:
        if isinstance(amount, bool) or amount is None or isinstance(amount, str):
            continue
        told = " → ".join(str(label) for label in labels if label is not None)
        rows.append((told, f"{basis or '–'}, {currency or ''}".strip(", "), float(amount), f"{show(amount, lang)} {currency or ''}".strip()))  # type: ignore[arg-type]
    says = _SAY[lang]["bars"].format(len(rows))
    return (charts.bars(rows[:40], title, says), says) if rows else None


def _matrix(cells: Sequence[tuple[Cell, ...]], title: str, lang: str) -> tuple[Drawing, str]:
    rows, across = (list(dict.fromkeys(str(cell[i]) for cell in cells)) for i in (0, 1))
    told = {(str(a), str(b)): _state(c) or (show(c, lang) if c is not None else "", 1) for a, b, c in cells}
    says = _SAY[lang]["grid"].format(rows=len(rows), across=len(across))
    return charts.matrix(rows, across, told, title, says), says
