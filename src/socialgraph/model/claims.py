"""Claims, sources and entities: what intake reads and everything else is made of.

A claim is what ONE source says, once, about one relation or one fact, for one period. It is never changed after it was
read; what several claims say together is gathered in `relations.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from socialgraph.model import dates, ids

ACTUAL_STATUSES = frozenset({"actual", "ended"})
"""Statuses that say the relation holds or has held; planned, wished and denied never count as actual."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One document in which the text of a source is found."""

    document: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One published text or register release. `published` is EDTF; `expect` bounds the number of its claims."""

    id: str
    title: str
    kind: str
    publisher: str
    published: str
    published_basis: str
    authors: tuple[str, ...] = ()
    published_note: str = ""
    url: str = ""
    retrieved: str = ""
    language: str = ""
    licence: str = ""
    copies: tuple[Copy, ...] = ()
    expect: tuple[int, int] = (0, 1_000_000)

    @property
    def published_day(self) -> date:
        """The day by which the source is certainly published: the last day of `published`."""
        return dates.last_day(self.published)

    @property
    def written(self) -> dates.Bounds:
        """Between which days the source speaks of what goes on.

        A source dated by a day, a month or a season speaks of the last day of it. One whose date is vaguer than a season
        may be as old as the first day it can mean, and attests nothing later.
        """
        said = dates.bounds(self.published)
        return said if (said.latest - said.earliest).days > dates.SEASON_DAYS else dates.Bounds(said.latest, said.latest)


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of the register: anything that can stand at an end of a relation."""

    id: str
    kind: str
    name_sv: str
    name_en: str = ""
    abbreviation: str = ""
    alt_names: tuple[str, ...] = ()
    part_of: str = ""
    county: str = ""
    organisation_number: str = ""
    code: str = ""
    ror: str = ""
    wikidata: str = ""
    orcid: str = ""
    website: str = ""
    source: str = ""
    note: str = ""
    file: str = ""
    row: int = 0

    def name(self, lang: str) -> str:
        """The name in a language; Swedish where the other is missing."""
        return self.name_en if lang == "en" and self.name_en else self.name_sv

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in the register row, preferred first, without repetition."""
        return tuple(dict.fromkeys(n for n in (self.name_sv, self.name_en, self.abbreviation, *self.alt_names) if n))


_REGISTERS = {
    "organisationNumber": ("organisation_number", ""),
    "code": ("code", ""),
    "ror": ("ror", "{}"),
    "wikidata": ("wikidata", "https://www.wikidata.org/wiki/{}"),
    "orcid": ("orcid", "https://orcid.org/{}"),
}


def identifiers(entity: Entity) -> list[tuple[str, str, str]]:
    """The identifiers of an entity: the ontology's property, the value, and the register's page where it has one.

    >>> identifiers(Entity("a", "Person", "A", orcid="0000-0002-1825-0097"))
    [('orcid', '0000-0002-1825-0097', 'https://orcid.org/0000-0002-1825-0097')]
    """
    return [(prop, value, page.format(value)) for prop, (column, page) in _REGISTERS.items() if (value := getattr(entity, column))]


@dataclass(frozen=True, slots=True)
class Claim:
    """A row of `claims.csv`. Relations have `to`, facts have `value`; periods are EDTF as written."""

    source: str
    row: int
    kind: str
    from_: str
    to: str = ""
    value: str = ""
    lang: str = ""
    person: str = ""
    role: str = ""
    role_note: str = ""
    about: str = ""
    share: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    basis: str = ""
    topics: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    status: str = "actual"
    episode: str = ""
    locator: str = ""
    stated: str = ""
    documents: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        """A hash of what the claim says and where it stands; the row number is no part of it, so ids outlive edits."""
        return ids.digest(
            self.source, self.locator, self.kind, self.from_, self.to, self.value, self.lang, self.person, self.role, self.about,
            "|".join(self.topics), self.since, self.until, self.status, self.episode, self.currency, self.basis,
            *("" if number is None else str(number) for number in (self.amount, self.share)),
        )  # fmt: skip

    @property
    def is_fact(self) -> bool:
        """Whether the far end is a literal."""
        return not self.to

    @property
    def approximate(self) -> bool:
        """Whether the source says "about" of the amount or count: the note begins with the word `approximate`."""
        return self.note.startswith("approximate")
