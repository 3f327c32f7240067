"""Coverage in a sentence: of how many counties anything is known, so that no empty row is read as a zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from socialgraph.model.picture import Text
from socialgraph.model.vocabulary import Vocabulary, in_language

KNOWN = "coverage-known"
"""The concept of a county and theme of which something is known."""
_WORDS = {
    "sv": ("Täckning, {theme}: känt i {known} av {all} län", "; {state} i {n}", ". Det som inte är känt är inte noll."),
    "en": ("Coverage, {theme}: known in {known} of {all} counties", "; {state} in {n}", ". What is not known is not zero."),
}


def sentence(theme: str, states: Iterable[str], vocabulary: Vocabulary) -> Text:
    """What is known of a theme, given the state (a concept) of every county asked about."""
    counted = Counter(states)
    others = [s for s in vocabulary.in_scheme(vocabulary.concepts[KNOWN].scheme) if counted[s] and s != KNOWN]

    def said(lang: str) -> str:
        first, each, last = _WORDS[lang]
        label = in_language(vocabulary.concepts[theme].label, lang)
        head = first.format(theme=label[:1].lower() + label[1:], known=counted[KNOWN], all=counted.total())
        rest = "".join(each.format(state=in_language(vocabulary.concepts[s].label, lang), n=counted[s]) for s in others)
        return head + rest + (last if others else ".")

    return Text(said("sv"), said("en"))
