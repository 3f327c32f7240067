"""Dates that keep their vagueness: EDTF texts (ISO 8601-2) and the bounds they mean.

Every comparison in socialgraph is between whole days (`datetime.date`); an unknown bound is `MIN` or `MAX`, so that a
filter is always two comparisons. What was written always stays beside the bounds; this module never guesses a date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time

from socialgraph.errors import DateNotUnderstood

MIN = date.min
"""Unknown in the past: 0001-01-01."""
MAX = date.max
"""Unknown in the future: 9999-12-31."""

SEASON_DAYS = 92
"""The longest a season can be, in days."""

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(2[1-4])", re.ASCII)
_SEASON_STARTS = {"21": "03", "22": "06", "23": "09", "24": "12"}
"""First months of the seasons (model §7.4); each has three, and winter ends in February of the next year."""
_OPEN = ("", "..")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day a vague date can mean."""

    earliest: date
    latest: date


UNKNOWN = Bounds(MIN, MAX)


@lru_cache(maxsize=4096)
def bounds(text: str) -> Bounds:
    """The bounds of an EDTF text; an empty text is `UNKNOWN`.

    An interval means "some day within it"; an open or unknown end is `MIN` or `MAX`. Approximate and uncertain dates get
    the library's fuzzy bounds. Season 24 is the winter that begins in December of the year and ends in February (the
    `edtf` library stops at 31 December). Raises `DateNotUnderstood`.

    >>> bounds("2019-23")
    Bounds(earliest=datetime.date(2019, 9, 1), latest=datetime.date(2019, 11, 30))
    >>> bounds("2017-24").latest
    datetime.date(2018, 2, 28)
    >>> bounds("../2019-12").earliest == MIN
    True
    """
    text = text.strip()
    if not text:
        return UNKNOWN
    if "/" in text:
        left, _, right = text.partition("/")
        if left in _OPEN and right in _OPEN:
            raise DateNotUnderstood(f"'{text}' says nothing; leave the cell empty", sv=f"'{text}' säger ingenting; lämna cellen tom")
        found = Bounds(MIN if left in _OPEN else _part(left, text).earliest, MAX if right in _OPEN else _part(right, text).latest)
    else:
        found = _part(text, text)
    if found.earliest > found.latest:
        raise DateNotUnderstood(
            f"'{text}' ends before it begins; write the earlier date first", sv=f"'{text}' slutar innan det börjar; skriv det tidigare datumet först"
        )
    return found


def _part(text: str, whole: str) -> Bounds:
    if "/" in text or text in _OPEN:
        raise _not_understood(whole)
    if plain := _PLAIN.fullmatch(text):  # the common forms, without the library's import time
        return _plain(*plain.groups(), whole=whole)
    if season := _SEASON.fullmatch(text):
        first = _plain(season[1], _SEASON_STARTS[season[2]], None, whole=whole).earliest
        return Bounds(first, _month_end(after(first, "P2M")))
    import edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = edtf.parse_edtf(text)
        return Bounds(_date(parsed.lower_fuzzy(), MIN), _date(parsed.upper_fuzzy(), MAX))
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError) as error:
        raise _not_understood(whole) from error


def _plain(year: str, month: str | None, day: str | None, *, whole: str) -> Bounds:
    try:
        if day:
            exact = date(int(year), int(month or 1), int(day))
            return Bounds(exact, exact)
        if month:
            first = date(int(year), int(month), 1)
            return Bounds(first, _month_end(first))
        return Bounds(date(int(year), 1, 1), date(int(year), 12, 31))
    except ValueError as error:
        raise _not_understood(whole) from error


def _not_understood(text: str) -> DateNotUnderstood:
    forms = "2019, 2019-09, 2019-09-30, 2019-23 ({}), 2018~ ({}) {} 2019-08/2019-12 ({})"
    return DateNotUnderstood(
        f"'{text}' is not an EDTF date; write {forms.format('autumn', 'about', 'or', 'some day within')}",
        sv=f"'{text}' är inget EDTF-datum; skriv {forms.format('höst', 'omkring', 'eller', 'någon dag däremellan')}",
    )


def _date(value: struct_time | float, instead: date) -> date:
    return date(value.tm_year, value.tm_mon, value.tm_mday) if isinstance(value, struct_time) else instead


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def last_day(text: str) -> date:
    """The day a question or a publication date means: the last day of the EDTF text.

    "As of 2018-04" is the end of April 2018; a text published "in April" is certainly published by then. Raises
    `DateNotUnderstood`, also for an open end.

    >>> last_day("2018-04")
    datetime.date(2018, 4, 30)
    """
    latest = bounds(text).latest
    if latest == MAX:
        raise DateNotUnderstood(
            f"'{text}' has no last day; write a day, a month or a year", sv=f"'{text}' har ingen sista dag; skriv en dag, en månad eller ett år"
        )
    return latest


def after(day: date, duration: str) -> date:
    """The day that lies an ISO 8601 duration of whole years and months after `day`, at most `MAX`.

    >>> after(date(2016, 2, 29), "P1Y")
    datetime.date(2017, 2, 28)
    """
    match = _DURATION.fullmatch(duration)
    if not match or duration == "P":
        raise DateNotUnderstood(f"'{duration}' is not a duration of whole years and months, such as P2Y or P6M")
    months = day.month - 1 + int(match[1] or 0) * 12 + int(match[2] or 0)
    year, month = day.year + months // 12, months % 12 + 1
    if year > MAX.year:
        return MAX
    first = date(year, month, 1)
    return first.replace(day=min(day.day, _month_end(first).day))
