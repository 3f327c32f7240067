"""The county map: a Table as ONE page of 21 equal tiles laid out like Sweden, with the same rows as a table below.

A tile without a row says so and is hatched: nothing known is never a zero. Colour never speaks alone, nothing points
outside, and the same table gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any, Final

from socialgraph.errors import ParameterInvalid
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.picture import Text
from socialgraph.model.table import Cell, Ref, Table, show
from socialgraph.model.vocabulary import in_language
from socialgraph.pages.sheet import sheet, static
from socialgraph.pages.texts import LANGUAGES, fill, fill_count


@dataclass(frozen=True, slots=True)
class County:
    """A county: SCB's code, its letter, our id, its short name, and its tile, counted from the north-west corner."""

    code: str
    letter: str
    id: str
    name: str
    row: int
    column: int

    @property
    def tile_name(self) -> str:
        """The name with soft hyphens where it may be broken on a small screen."""
        return self.name if " " in self.name else _BREAK.sub("\\1\u00ad", self.name)


_BREAK: Final = re.compile(r"^(Norr|Väster|Väst|Öster|Söder)(?=[bgmn])")
GRID: Final = (
    County("25", "BD", "norrbottens-lan", "Norrbotten", 1, 4),
    County("24", "AC", "vasterbottens-lan", "Västerbotten", 2, 4),
    County("23", "Z", "jamtlands-lan", "Jämtland", 3, 3),
    County("22", "Y", "vasternorrlands-lan", "Västernorrland", 3, 4),
    County("20", "W", "dalarnas-lan", "Dalarna", 4, 3),
    County("21", "X", "gavleborgs-lan", "Gävleborg", 4, 4),
    County("17", "S", "varmlands-lan", "Värmland", 5, 1),
    County("18", "T", "orebro-lan", "Örebro", 5, 2),
    County("19", "U", "vastmanlands-lan", "Västmanland", 5, 3),
    County("03", "C", "uppsala-lan", "Uppsala", 5, 4),
    County("14", "O", "vastra-gotalands-lan", "Västra Götaland", 6, 1),
    County("05", "E", "ostergotlands-lan", "Östergötland", 6, 2),
    County("04", "D", "sodermanlands-lan", "Södermanland", 6, 3),
    County("01", "AB", "stockholms-lan", "Stockholm", 6, 4),
    County("13", "N", "hallands-lan", "Halland", 7, 1),
    County("06", "F", "jonkopings-lan", "Jönköping", 7, 2),
    County("08", "H", "kalmar-lan", "Kalmar", 7, 3),
    County("09", "I", "gotlands-lan", "Gotland", 7, 5),
    County("12", "M", "skane-lan", "Skåne", 8, 1),
    County("07", "G", "kronobergs-lan", "Kronoberg", 8, 2),
    County("10", "K", "blekinge-lan", "Blekinge", 8, 3),
)
"""North up; neighbours stay neighbours where equal tiles allow it, and Gotland lies across a gap, in the sea."""

UNKNOWN: Final = "unknown"
"""Id of the concept with which a question says that no source says so."""
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "coverage-known": ("known", "●"), "coverage-uncertain": ("uncertain", "◐"), "coverage-to-confirm": ("confirm", "◇"),
    "coverage-none-found": ("vain", "○"), "coverage-not-searched": ("unsearched", "?"),
}  # fmt: skip
"""How the answers of the coverage question look: class and symbol, shared with the coverage page."""
SYMBOLS: Final = "●■▲◆★✚"
"""Marks of up to six answers in words; with more, the words alone tell them apart."""
STEPS: Final = 5
"""At most so many shades of a figure."""

TEXTS: Final[Mapping[str, Text]] = {
    "skip": Text("Hoppa till tabellen", "Skip to the table"),
    "map": Text("Karta", "Map"),
    "map_label": Text("Länen på kartan", "The counties on the map"),
    "help": Text(
        "En ruta för varje län, norr uppåt. Piltangenter går mellan rutorna, Retur går till länets rad i tabellen.",
        "One tile for each county, north up. Arrow keys move between tiles, Enter goes to the county's row in the table.",
    ),
    "legend": Text("Förklaring", "Legend"),
    "unknown": Text("inte känt", "not known"),
    "unknown_long": Text("inte känt: ingen uppgift finns, det är ingen nolla", "not known: there is no statement, it is no zero"),
    "known": Text("uppgift finns; orden står i rutan", "known; the words stand in the tile"),
    "counties_one": Text("1 län", "1 county"),
    "counties_many": Text("{n} län", "{n} counties"),
    "rows": Text("Antal rader", "Number of rows"),
    "table": Text("Samma svar som tabell", "The same answer as a table"),
    "chosen": Text("Valt län", "Chosen county"),
    "none_chosen": Text("Välj en ruta för att läsa hela raden.", "Choose a tile to read the whole row."),
    "no_row": Text("Svaret har ingen rad för länet.", "The answer has no row for the county."),
    "outside_one": Text(
        "1 rad hör inte till något av de 21 länen och står bara i tabellen.", "1 row belongs to none of the 21 counties and stands in the table only."
    ),
    "outside_many": Text(
        "{n} rader hör inte till något av de 21 länen och står bara i tabellen.", "{n} rows belong to none of the 21 counties and stand in the table only."
    ),
    "missing_one": Text("1 av 21 län är inte känt.", "1 of 21 counties is not known."),
    "missing_many": Text("{n} av 21 län är inte kända.", "{n} of 21 counties are not known."),
    "missing_none": Text("Alla 21 län har en rad.", "All 21 counties have a row."),
    "day": Text("Dag {v}", "Day {v}"),
    "mode": Text("läge: {v}", "mode: {v}"),
    "known_by": Text("känt {v}", "known by {v}"),
    "sources": Text("{v} källor", "{v} sources"),
    "behind": Text("{v} av dem bakom raderna", "{v} of them behind the rows"),
    "any_day": Text("oavsett dag", "whatever the day"),
    "build": Text("bygge {v}", "build {v}"),
}
text = partial(fill, TEXTS)
counted = partial(fill_count, TEXTS)


@dataclass(frozen=True, slots=True)
class Tile:
    """A county as it is drawn: its class, mark and words, and the numbers of its rows in the table."""

    county: County
    look: str
    symbol: str
    words: str
    label: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: class, mark, words, and of how many counties it holds."""

    look: str
    symbol: str
    words: str
    counties: str


def render(table: Table, *, county: str = "county", value: str | None = None, lang: str = "sv") -> str:
    """The whole page as one text. `county` and `value` name columns; without a value the tiles tell the number of rows.

    A county is known by the id of its cell, its code or its Swedish name. Raises `ParameterInvalid` for a column that is not
    there, another language, a figure with several rows for one county, or more than three answers for one.
    """
    if lang not in LANGUAGES:
        raise ParameterInvalid(f"language of the page: found {lang!r}, expected one of {', '.join(LANGUAGES)}")
    names = [c.name for c in table.columns]
    for name in filter(None, (county, value)):
        if name not in names:
            raise ParameterInvalid(f"the answer has no column '{name}' to draw; it has: {', '.join(names)}")
    rows = _rows_by_county(table, county)
    answers = _answers(table, rows, value)
    keys = _keys(answers, lang)
    heading = next((c.heading(lang) for c in table.columns if c.name == value), text("rows", lang))
    tiles = [_tile(c, answers.get(c.id), keys, heading, rows.get(c.id, ()), lang) for c in GRID]
    outside = len(table) - sum(map(len, rows.values()))
    missing = sum(t.look == UNKNOWN for t in tiles)
    return sheet(
        "tilemap.html.j2", [static("sheet.css"), static("tilemap.css")], [static("tilemap.js")], lang,
        title=in_language(table.title, lang) or heading, value=heading, about=about_words(table, lang), words={k: getattr(v, lang) for k, v in TEXTS.items()},
        lines=[(number, list(line)) for number, line in groupby(tiles, key=lambda t: t.county.row)], legend=_legend(tiles, keys, lang),
        missing=counted("missing", missing, lang), outside=counted("outside", outside, lang) if outside else "",
        headings=[c.heading(lang) for c in table.columns], looks=[column_look(table.column(n)) for n in names],
        rows=[[show(cell, lang) for cell in row] for row in table.rows], home={i: id for id, held in rows.items() for i in held}, first=names.index(county),
    )  # fmt: skip


def choose(table: Table) -> tuple[str, str | None]:
    """The columns to draw when nobody names them: the first that holds counties, and the answer's state or first figure.

    Raises `ParameterInvalid` if no column holds counties.
    """
    names = [c.name for c in table.columns]
    county = next((n for n in names if any(_county(cell) for cell in table.column(n) if isinstance(cell, Ref))), None)
    if county is None:
        raise ParameterInvalid(f"a map needs a column of counties; the answer has: {', '.join(names)}")
    figures = [n for n in names if _is_figures(table.column(n))]
    return county, "state" if "state" in names else next(iter(figures), None)


def _county(cell: Cell) -> County | None:
    said = {str(cell), cell.id} if isinstance(cell, Ref) else {str(cell)}
    return next((c for c in GRID if said & {c.id, c.code, c.name, c.letter} or _folded(str(cell)) == c.id), None)


def _folded(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäö ", "aao-"))


def _rows_by_county(table: Table, column: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, cell in enumerate(table.column(column)):
        if county := _county(cell):
            found[county.id] = (*found.get(county.id, ()), number)
    return found


def _is_figures(cells: Sequence[Cell]) -> bool:
    held = [c for c in cells if c is not None]
    return bool(held) and all(isinstance(c, (int, float, Decimal)) and not isinstance(c, bool) for c in held)


def _answers(table: Table, rows: Mapping[str, tuple[int, ...]], value: str | None) -> dict[str, tuple[Cell, ...]]:
    """What each county answers, without repetition; a county that is not among them has no answer."""
    if value is None:
        return {id: (len(held),) for id, held in rows.items()}
    cells = table.column(value)
    figures = _is_figures(cells)
    answers: dict[str, tuple[Cell, ...]] = {}
    for id, held in rows.items():
        said = tuple(dict.fromkeys(c for n in held if (c := cells[n]) is not None and c not in (MIN, MAX) and getattr(c, "id", "") != UNKNOWN))
        if len(said) > 3 or (figures and len(held) > 1):
            many = f"{len(held)} rows" if figures else f"{len(said)} answers"
            raise ParameterInvalid(
                f"{id} has {many} in column '{value}': a tile shows one figure or three answers; narrow the question, say theme=coverage-host"
            )
        if said:
            answers[id] = said
    return answers


def _keys(answers: Mapping[str, tuple[Cell, ...]], lang: str) -> dict[str, tuple[str, str, str]]:
    """For each answer's text its class, its mark and the words of the legend, in the order of the legend."""
    said = sorted({(a[0] if len(a) == 1 else _joined(a, lang)) for a in answers.values()}, key=lambda a: (str(type(a)), a))
    if said and all(isinstance(a, (int, float, Decimal, date)) and not isinstance(a, bool) for a in said):
        return _steps(said, [a[0] for a in answers.values()], lang)
    texts = {_joined(a, lang): a for a in answers.values()}
    states = {t: STATES[a[0].id] for t, a in texts.items() if len(a) == 1 and isinstance(a[0], Ref) and a[0].id in STATES}
    if states and len(states) == len(texts):
        order = list(STATES.values())
        return {t: (*states[t], t) for t in sorted(states, key=lambda t: order.index(states[t]))}
    if len(texts) > len(SYMBOLS):
        return {t: ("named", "", text("known", lang)) for t in sorted(texts)}
    return {t: (f"answer{n}", SYMBOLS[n - 1], t) for n, t in enumerate(sorted(texts), 1)}


def _steps(distinct: Sequence[Any], all_of_them: Sequence[Any], lang: str) -> dict[str, tuple[str, str, str]]:
    """Shades with about as many counties each; a zero that is known has its own."""
    above = [v for v in distinct if v != 0]
    weight = {v: sum(w == v for w in all_of_them) for v in above}
    share, groups, sofar = max(1.0, sum(weight.values()) / STEPS), dict[int, list[Any]](), 0
    for value in above:
        groups.setdefault(min(STEPS - 1, int(sofar / share)) if len(above) > STEPS else above.index(value), []).append(value)
        sofar += weight[value]
    keys = {show(0, lang): ("zero", "", show(0, lang))} if len(above) < len(distinct) else {}
    for number, group in enumerate(groups.values(), 1 + STEPS - len(groups)):
        ends = dict.fromkeys((show(group[0], lang), show(group[-1], lang)))
        keys |= {show(v, lang): (f"step{number}", "", "–".join(ends)) for v in group}
    return keys


def _joined(answer: tuple[Cell, ...], lang: str) -> str:
    return "; ".join(show(a, lang) for a in answer)


def _tile(county: County, answer: tuple[Cell, ...] | None, keys: Mapping[str, tuple[str, str, str]], heading: str, rows: tuple[int, ...], lang: str) -> Tile:
    if answer is None:
        return Tile(county, UNKNOWN, "", text("unknown", lang), f"{county.name}: {heading}: {text('unknown', lang)}", rows)
    words = _joined(answer, lang)
    look, symbol, _ = keys[words]
    return Tile(county, look, symbol, words, f"{county.name}: {heading}: {words}", rows)


def _legend(tiles: Sequence[Tile], keys: Mapping[str, tuple[str, str, str]], lang: str) -> list[Key]:
    lines = {look: (symbol, words) for look, symbol, words in keys.values()}
    lines[UNKNOWN] = ("", text("unknown_long", lang))
    held = {look: sum(t.look == look for t in tiles) for look in lines}
    return [Key(look, symbol, words, counted("counties", held[look], lang)) for look, (symbol, words) in lines.items() if held[look]]


# ── what the sheets of this room share


def column_look(cells: Sequence[Cell]) -> str:
    """The class of a column: figures stand to the right, days are not broken."""
    held = [c for c in cells if c is not None]
    return "figure" if _is_figures(held) else "day" if held and all(isinstance(c, date) for c in held) else "plain"


def about_words(table: Table, lang: str) -> str:
    """For when and from how much the table holds, on one line; parameters of the question as they were given."""
    day = "day" if table.about.get("at", "")[:1].isdigit() else "any_day"
    named = {"at": day, "mode": "mode", "known_by": "known_by", "sources": "sources", "behind": "behind", "build": "build"}
    return " · ".join(text(named[k], lang, v=v) if k in named else f"{k}: {v}" for k, v in table.about.items() if v and k != "link")
