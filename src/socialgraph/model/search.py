"""Finding by name: any name past or present, with Swedish folding.

Case and blanks never matter. Accents and the dots of å, ä, ö may be left out, as the last resort and never for people:
Åman and Aman are two names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches


def fold(text: str) -> str:
    """Text for comparison: lower case, single blanks.

    >>> fold("  Umeå  Universitet ")
    'umeå universitet'
    """
    return " ".join(text.casefold().split())


def bare(text: str) -> str:
    """Folded text without accents and dots.

    >>> bare("Umeå")
    'umea'
    """
    return "".join(c for c in unicodedata.normalize("NFD", fold(text)) if not unicodedata.combining(c))


def number(text: str) -> str:
    """An identifier for comparison: without the address before it, blanks, or the hyphens of a number.

    >>> number("https://ror.org/05kb8h459"), number("202100-2874"), number("umea-universitet")
    ('05kb8h459', '2021002874', 'umea-universitet')
    """
    text = fold(text).rpartition("/")[2]
    return text if any(c.isalpha() for c in text) else text.replace("-", "").replace(" ", "")


def matches(text: str, names: Mapping[str, Iterable[str]], numbers: Mapping[str, Iterable[str]], *, strict: Collection[str] = ()) -> list[str]:
    """The ids whose names or numbers match a text, best first; ids in `strict` (people) never match without their dots.

    The order: a number or id, the whole name, its beginning, the beginning of a word in it, a part of it; then the same
    without dots. Ties are ordered by the shortest name and the id.
    """
    wanted = fold(text)
    if not wanted:
        return []
    ranked = []
    for id, held in names.items():
        if number(text) in {number(n) for n in numbers.get(id, ()) if n}:
            ranked.append((0, 0, id))
            continue
        ranks = [r for n in held if (r := _rank(wanted, fold(n)))]
        if not ranks and id not in strict:
            ranks = [5 + r for n in held if (r := _rank(bare(text), bare(n)))]
        if ranks:
            ranked.append((min(ranks), min(len(n) for n in held), id))
    return [id for _, _, id in sorted(ranked)]


def nearest(text: str, names: Mapping[str, Iterable[str]], *, most: int = 4) -> list[str]:
    """The ids with the names most like a misspelt one, best first; an id counts as a name.

    >>> nearest("Umea unversitet", {"umea-universitet": ["Umeå universitet"], "skr": ["SKR"]})
    ['umea-universitet']
    """
    spelt: dict[str, str] = {}
    for id, held in names.items():
        for name in (id, *held):
            spelt.setdefault(bare(name), id)
    close = get_close_matches(bare(text), spelt, n=3 * most, cutoff=0.6)
    return list(dict.fromkeys(spelt[name] for name in close))[:most]


def _rank(wanted: str, name: str) -> int:
    """How well a name matches, 1 best, 0 not at all."""
    if name == wanted:
        return 1
    if name.startswith(wanted):
        return 2
    if f" {wanted}" in f" {name}":
        return 3
    return 4 if wanted in name else 0
