"""Completion for SPARQL writers: what a word begun may become, by id, by a word of its label, Swedish or English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from socialgraph.model.search import bare, fold

_PIECES = re.compile(r"[\w]+")
_BEGUN = re.compile(r"[?$]\w*$|[\w-]*:?[\w.-]*$")


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be written (`sg:StaffLoan`), its label, what it is, and the words it is found by."""

    text: str
    label: str
    what: str
    words: tuple[str, ...] = ()

    def rank(self, begun: str) -> int:
        """How well it fits a word begun, 1 best, 0 not at all: the name itself, a label, a word of a label, without dots."""
        prefix, colon, local = begun.rpartition(":")
        own, _, name = self.text.rpartition(":")
        if colon and prefix != own:
            return 0
        wanted = fold(local)
        if fold(name).startswith(wanted) or fold(self.text).startswith(fold(begun)):
            return 1
        pieces = [piece for word in self.words for piece in (word, *_PIECES.findall(word))]
        if any(fold(piece).startswith(wanted) for piece in pieces):
            return 2
        return 3 if any(bare(piece).startswith(bare(local)) for piece in pieces) else 0


def begun(text: str) -> str:
    """The word that is being written at the end of a text: a variable, a prefixed name, a word.

    >>> begun("SELECT ?x WHERE { ?x a sg:Staff"), begun("{ ?lo"), begun("x blom")
    ('sg:Staff', '?lo', 'blom')
    """
    found = _BEGUN.search(text)
    return found[0] if found else ""


def fitting(text: str, offers: Sequence[Offer], *, most: int = 40) -> list[Offer]:
    """The offers for the end of a text, best first; variables of the text for one begun with `?`, nothing for an empty word."""
    word = begun(text)
    if word[:1] in ("?", "$"):
        return _variables(text, word)
    if len(word) < 2:
        return []
    ranked = [(rank, len(offer.text), offer.text, offer) for offer in offers if (rank := offer.rank(word))]
    return [offer for *_, offer in sorted(ranked, key=lambda found: found[:3])][:most]


def _variables(text: str, word: str) -> list[Offer]:
    before: Iterable[str] = re.findall(r"[?$]\w+", text[: len(text) - len(word)])
    return [Offer(name, "", "") for name in dict.fromkeys(before) if name.startswith(word)]
