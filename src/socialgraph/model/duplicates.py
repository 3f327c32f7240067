"""Probable duplicates in the register: pairs a person should judge. Nothing is ever merged here, least of all two people.

A pair that `identity.csv` has judged, whatever the verdict, is not listed again; nor one whose numbers tell them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from socialgraph.model.claims import Entity
from socialgraph.model.findings import INFO, WARNING, Finding
from socialgraph.model.search import bare, fold

_NUMBERS = ("organisation_number", "ror", "wikidata", "orcid")
_CODED = (*_NUMBERS, "code")
_LIKE = 0.92
"""How alike two names must be (difflib's ratio): one letter more or less in some twelve."""
_ROUNDED = 1e-9
"""What a bound may lose in being computed."""


def probable_duplicates(entities: Iterable[Entity], *, judged: Collection[frozenset[str]], people: Collection[str]) -> list[Finding]:
    """Findings on pairs with the same number, the same name, or near names within one kind; `people` are kinds of persons.

    Names are compared without case and, except for people, without accents and dots: Åman and Aman are two names.
    """
    entities = sorted(entities, key=lambda e: e.id)
    pairs = [*_same_number(entities), *_near_names(entities, people)]
    seen: set[frozenset[str]] = set(judged)
    findings = []
    for left, right, column, severity in pairs:
        if (pair := frozenset((left.id, right.id))) not in seen:
            seen.add(pair)
            findings.append(Finding("possible-duplicate", right.file, right.row, column, getattr(right, column), f"{left.id} ({left.name_sv})", severity))
    return findings


def _same_number(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity, str, str]]:
    holders: dict[tuple[str, str], list[Entity]] = {}
    for entity in entities:
        for column in _NUMBERS:
            if value := getattr(entity, column):
                holders.setdefault((column, value), []).append(entity)
    for (column, _), held in sorted(holders.items()):
        for left, right in combinations(held, 2):
            yield left, right, column, WARNING


def _near_names(entities: Iterable[Entity], people: Collection[str]) -> Iterator[tuple[Entity, Entity, str, str]]:
    by_kind: dict[str, list[Entity]] = {}
    for entity in entities:
        by_kind.setdefault(entity.kind, []).append(entity)
    for kind, held in sorted(by_kind.items()):
        names = [fold(e.name_sv) if kind in people else bare(e.name_sv) for e in held]
        for one, other in sorted({*_same_names(names), *_near(names)}):
            if not _told_apart(held[one], held[other]) and _alike(names[one], names[other], person=kind in people):
                yield held[one], held[other], "name_sv", INFO


def _same_names(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs of places at which the same name stands."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    for same in places.values():
        yield from combinations(same, 2)


def _near(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs of places whose names may be alike: every pair that is, and few that are not.

    The letters that a name has and another lacks are at least as many as must be put in or taken out between them, so that the
    most difflib's ratio can be is known from the bits in which two numbers differ; and names of unlike length are never alike,
    nor are those with digits: the years and numbers of a series tell its members apart.
    """
    by_length = sorted((len(name), place) for place, name in enumerate(names) if not any(c.isdigit() for c in name))
    bits: dict[tuple[str, int], int] = {}
    letters = [_letters(names[place], bits) for _, place in by_length]
    end = 0
    for start, (length, place) in enumerate(by_length):
        longest = length * (2 / _LIKE - 1) + _ROUNDED
        while end < len(by_length) and by_length[end][0] <= longest:
            end += 1
        own, most = letters[start], (1 - _LIKE) * (length + longest) + _ROUNDED
        for at in range(start + 1, end):
            if (own ^ letters[at]).bit_count() <= most:
                other = by_length[at][1]
                yield min(place, other), max(place, other)


def _letters(name: str, bits: dict[tuple[str, int], int]) -> int:
    """The letters of a name as the bits of a number: one for its first e, another for its second; `bits` gives each its place."""
    seen: dict[str, int] = {}
    number = 0
    for letter in name:
        seen[letter] = seen.get(letter, 0) + 1
        number |= 1 << bits.setdefault((letter, seen[letter]), len(bits))
    return number


def _told_apart(left: Entity, right: Entity) -> bool:
    """Whether numbers or counties say that these are two."""
    return any(getattr(left, c) and getattr(right, c) and getattr(left, c) != getattr(right, c) for c in (*_CODED, "county"))


def _alike(left: str, right: str, *, person: bool) -> bool:
    if left == right:
        return True
    if person and bare(left) == bare(right):
        return False  # å is not a, ö is not o, in a person's name
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _LIKE
