"""The outline of a report: which questions make its sections. A small YAML file in `queries/reports/`, read by `intake/outlines.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from socialgraph.model.vocabulary import Labels

CHARTS = ("timeline", "network", "map", "money", "matrix")
"""The pictures there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """One block: what is made (`table`, `prose`, `figures`, `text`, `gaps`, `events`, `chart`), of which answer.

    `given` are the question's parameters (`$about` is the id of what the report is about), `where` keeps rows whose cell is one of
    these ids, `columns` chooses columns, `value` or `count` the figure, `chart` the picture.
    """

    make: str
    question: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    label: Labels = field(default_factory=dict)
    value: str = ""
    count: str = ""
    chart: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and its parts."""

    heading: Labels
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A report: its name, title (`{name}` is what it is about), lead, the kinds of entity it can be about, its mode, its chapters.

    `of` is empty where it is about the whole; `source` where it is about a source.
    """

    name: str
    title: Labels
    lead: Labels
    of: tuple[str, ...]
    mode: str
    chapters: tuple[Chapter, ...]
    source: bool = False
    since: bool = False
