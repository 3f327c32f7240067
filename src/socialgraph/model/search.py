"""Finding by name: any name past or present, with Swedish folding.

Case and blanks never matter. Accents and the dots of å, ä, ö may be left out, as the last resort and never for people:
Åman and Aman are two names.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import accumulate


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


class Names:
    """The names and numbers of entities, folded once, to be searched over and over; ids in `strict` (people) never match without their dots."""

    def __init__(self, names: Mapping[str, Collection[str]], numbers: Mapping[str, Iterable[str]], *, strict: Collection[str] = ()) -> None:
        self._shortest = {id: min(map(len, held), default=0) for id, held in names.items()}
        self._folded = _Lines((fold(name), id) for id, held in names.items() for name in held)
        self._bare = _Lines((bare(name), id) for id, held in names.items() if id not in strict for name in held)
        self._numbers: dict[str, set[str]] = {}
        for id in names:
            for held in numbers.get(id, ()):
                if held:
                    self._numbers.setdefault(number(held), set()).add(id)

    def matches(self, text: str) -> list[str]:
        """The ids whose names or numbers match a text, best first.

        The order: a number or id, the whole name, its beginning, the beginning of a word in it, a part of it; then the same
        without dots. Ties are ordered by the shortest name and the id.
        """
        wanted = fold(text)
        if not wanted:
            return []
        numbered = self._numbers.get(number(text), set())
        ranks: dict[str, int] = {}
        for more, lines, sought in ((0, self._folded, wanted), (5, self._bare, bare(text))):
            for name, id in lines.having(sought):
                ranks[id] = min(ranks.get(id, 10), more + _rank(sought, name))
        ranked = [(0, 0, id) for id in numbered] + [(rank, self._shortest[id], id) for id, rank in ranks.items() if id not in numbered]
        return [id for _, _, id in sorted(ranked)]


class _Lines:
    """Texts with what they stand for, one to a line of one long text: a part of any of them is found in one sweep."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        held = list(texts)
        self._means = [means for _, means in held]
        self._starts = [0, *accumulate(len(text) + 1 for text, _ in held)]
        self._text = "".join(f"{text}\n" for text, _ in held)

    def having(self, part: str) -> Iterator[tuple[str, str]]:
        """Each text that has a part in it, once, and what it stands for; nothing for no part."""
        at = self._text.find(part) if part else -1
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            end = self._starts[line + 1] - 1
            yield self._text[self._starts[line] : end], self._means[line]
            at = self._text.find(part, end)


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
