"""A time line as SVG: a bar for each relation, solid where it is certain, paler where it is presumed or only possible.

An end that is not known runs to the edge and fades; what is planned is dotted. The list beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from socialgraph.model.dates import MAX, MIN
from socialgraph.model.relations import Times

_ROW, _BAR, _WIDE = 22, 10, 720


@dataclass(frozen=True, slots=True)
class Span:
    """A bar: its words, its state on the day, and its times."""

    words: str
    state: str
    times: Times


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar: its look, and where it begins and how wide it is, in the units of the drawing."""

    look: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the drawing."""

    words: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: rows, years on the axis, the day asked about, and its size."""

    lines: tuple[Line, ...]
    years: tuple[tuple[float, int], ...]
    day_x: float
    wide: int
    high: int


MOST: Final = 40
"""So many rows are drawn; the list has all."""


def timeline(spans: Sequence[Span], day: date) -> Timeline | None:
    """The drawing of the spans that have some known day; none if there is none."""
    dated = [s for s in spans if any(MIN < d < MAX for d in (*_known(s.times), s.times.presumed_until))]
    if not dated:
        return None
    days = [d for s in dated for d in _known(s.times) if MIN < d < MAX] + [day]
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    if (last - first).days > 60 * 366:
        first = max(first, date(last.year - 60, 1, 1))
    total = (last - first).days + 1

    def x(d: date) -> float:
        inside = min(max(d, first), last + timedelta(days=1))
        return round(_WIDE * (inside - first).days / total, 1)

    def bar(look: str, since: date, until: date) -> list[Bar]:
        if until < since or until < first or since > last:
            return []
        left, right = x(since), x(until + timedelta(days=1)) if until < MAX else float(_WIDE)
        return [Bar(look, left, round(max(2.0, right - left), 1))]

    lines = []
    for i, s in enumerate(sorted(dated, key=lambda s: (s.times.possible_from, s.times.certain_from, s.words))[:MOST]):
        times = s.times
        planned = s.state in ("planned", "wished")
        bars = bar("planned" if planned else "possible", times.possible_from, times.possible_until)
        if not planned:
            bars += bar("presumed", times.certain_from, times.presumed_until) + bar("certain", times.certain_from, times.certain_until)
        lines.append(Line(s.words, i * _ROW + (_ROW - _BAR) // 2, tuple(bars)))
    step = max(1, (last.year - first.year + 1) // 10)
    years = tuple((x(date(y, 1, 1)), y) for y in range(first.year, last.year + 1, step))
    return Timeline(tuple(lines), years, x(day), _WIDE, len(lines) * _ROW)


def _known(times: Times) -> tuple[date, ...]:
    """The days that stretch the axis: what is presumed ends between what is certain and what is possible."""
    return times.possible_from, times.certain_from, times.certain_until, times.possible_until
