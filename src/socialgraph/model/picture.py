"""What a network page is handed: nodes, edges, words and evidence, all as plain values.

Made by `view.py`, drawn by `pages/`. Every text is a `Text` (Swedish and English); every edge carries its claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Swedish and English; where only one is known both hold it."""

    sv: str
    en: str


def day_number(day: date) -> int:
    """A day as a number, 0 being 1970-01-01, as browsers count.

    >>> day_number(date(1970, 1, 2)), day_number(date(1, 1, 1))
    (1, -719162)
    """
    return day.toordinal() - 719163


@dataclass(frozen=True, slots=True)
class Days:
    """The bounds of an edge as day numbers: what a page needs to say its state on any day (`Times` in `relations.py`)."""

    certain_from: int
    certain_until: int
    presumed_until: int
    possible_from: int
    possible_until: int
    first_seen: int


@dataclass(frozen=True, slots=True)
class NameFrom:
    """What a node is called from a day on: in the picture, and in full."""

    day: int
    short: Text
    full: Text


@dataclass(frozen=True, slots=True)
class DrawnKind:
    """How an entity kind or relation kind is named and drawn; for relation kinds colour and glyph are empty.

    `forward` is how a relation of the kind reads from its one end to the other; with it, a page makes the sentence itself;
    `by_person` is how it reads where the person is known, with `{person}` and `{to}`.
    """

    id: str
    label: Text
    colour: str = ""
    glyph: str = ""
    parents: tuple[str, ...] = ()
    look: Text | None = None
    forward: Text | None = None
    by_person: Text | None = None


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A source as the evidence panel shows it. `published` is EDTF; `basis` is `stated` or `inferred`."""

    id: str
    title: str
    publisher: str
    published: str
    basis: str
    url: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PictureClaim:
    """One witness of an edge or a name: which source, where in it, and what it says of time and status."""

    source: str
    locator: str
    status: str
    since: str
    until: str
    stated: str
    note: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PictureFact:
    """A fact of a node: a name, a count, a degree … with its period in words and its witnesses."""

    kind: str
    value: str
    period: Text
    claims: tuple[PictureClaim, ...]


@dataclass(frozen=True, slots=True)
class PictureNumber:
    """A number by which a register knows an entity, and the register's page about it where there is one."""

    label: Text
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in the picture. `x` and `y` are layout coordinates in pixels; `names` are all names ever, for search.

    `called` is what it is called from which day on, in order; empty if it is always called by its label.
    """

    id: str
    kind: str
    label: Text
    names: tuple[str, ...]
    facts: tuple[PictureFact, ...]
    x: float = 0.0
    y: float = 0.0
    county: str = ""
    called: tuple[NameFrom, ...] = ()
    numbers: tuple[PictureNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation in the picture. `state` at the day: certain, presumed, possible, planned, wished, ended or later.

    `sentence` is the relation as a sentence, `period` its dates in words, `details` label–value pairs (role, amount …);
    `mentions` are entities that the relation names besides its ends: who is lent, what it is about. With `days` the page
    computes the state on any day; without, it is the same on all.
    """

    id: str
    kind: str
    source: str
    target: str
    state: str
    sentence: Text
    period: Text
    details: tuple[tuple[Text, Text], ...]
    claims: tuple[PictureClaim, ...]
    mentions: tuple[str, ...] = ()
    status: str = ""
    days: Days | None = None
    person: Text | None = None
    topics: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """A part of the picture with a name: a county with what belongs to it. Pixels, from the left top corner."""

    id: str
    label: Text
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One step of a story: its words, the day (and an earlier one to compare with), which kinds are shown, around whom, what is lit."""

    title: Text
    text: Text
    day: int
    since: int | None
    kinds: tuple[str, ...]
    focus: str
    depth: int
    entities: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Told steps over a picture."""

    id: str
    title: Text
    steps: tuple[StoryStep, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A network ready to draw, with what it shows said in words (`title`, `at`, `mode`, `known_by`, `build`).

    `sparql` is the query of a view, its parts to be filled in by the page (`$day`, `$kinds`, …).
    `first_day` and `last_day` bound the days a reader can choose (day numbers); equal if the picture is of one day only.
    """

    title: Text
    at: str
    mode: str
    known_by: str
    build: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    entity_kinds: tuple[DrawnKind, ...]
    relation_kinds: tuple[DrawnKind, ...]
    fact_kinds: tuple[DrawnKind, ...]
    sources: tuple[PictureSource, ...]
    first_day: int = 0
    last_day: int = 0
    counties: tuple[DrawnKind, ...] = ()
    topics: tuple[DrawnKind, ...] = ()
    sparql: str = ""
    stories: tuple[Story, ...] = ()
    areas: tuple[DrawnArea, ...] = ()
