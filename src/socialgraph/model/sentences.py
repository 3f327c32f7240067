"""A claim, relation or fact as a sentence, with register names: for lists of changes, where no day is asked about.

A view words the same things with the names of its day; this is for those who have none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.picture import Text
from socialgraph.model.relations import Fact, Relation
from socialgraph.model.table import show
from socialgraph.model.vocabulary import Labels, Vocabulary, in_language
from socialgraph.model.words import date_words, month_words

LANGS = ("sv", "en")
_WORDS = {
    "sv": {"claims": "påståenden: {}", "evidence": "påståenden: {}, källor: {}, senast {}", "about": "gäller {}", "circa": "cirka {}", "quote": "”{}”"},
    "en": {"claims": "claims: {}", "evidence": "claims: {}, sources: {}, last {}", "about": "about {}", "circa": "about {}", "quote": "“{}”"},
}


def bilingual(words: Callable[[str], str]) -> Text:
    """What a function says in Swedish and in English.

    >>> bilingual({"sv": "ja", "en": "yes"}.__getitem__)
    Text(sv='ja', en='yes')
    """
    sv, en = map(words, LANGS)
    return Text(sv, en)


@dataclass(frozen=True, slots=True)
class Wording:
    """Names and labels to make sentences with; an id without an entity stands for itself."""

    entities: Mapping[str, Entity]
    vocabulary: Vocabulary

    def sentence(self, item: Claim | Relation | Fact) -> Text:
        """What it says, without its time: `A lånar ut personal till B (C, konsulent)`, `A: namn ”B”`."""
        return bilingual(lambda lang: self._sentence(item, lang))

    def details(self, item: Relation | Fact) -> Text:
        """Amount, share, topics and what is said of the role: what is no part of which relation it is."""
        return bilingual(lambda lang: self._details(item, lang))

    def source(self, source: Source, claims: int) -> Text:
        """Publisher, day and number of claims of a source."""
        return bilingual(lambda x: f"{self._name(source.publisher, x)}, {date_words(source.published, x)}, {_WORDS[x]['claims'].format(claims)}")

    def status(self, status: str) -> Text:
        """The label of a status."""
        return bilingual(lambda lang: self._label(status, lang))

    def kind(self, kind: str) -> Text:
        """The label of a kind of entity, relation or fact; a word that is none of these stays as it is."""
        return bilingual(lambda lang: self.vocabulary.label(kind, lang) or kind)

    def _sentence(self, item: Claim | Relation | Fact, lang: str) -> str:
        words = _WORDS[lang]
        about = words["about"].format(self._name(item.about, lang)) if item.about else ""
        if isinstance(item, Fact) or (isinstance(item, Claim) and item.is_fact):
            value = words["quote"].format(item.value) if item.lang else words["circa"].format(item.value) if item.approximate else item.value
            extra = [about, *(self._label(topic, lang) for topic in item.topics)]
            said = f"{self._name(item.from_, lang)}: {in_language(self._fact_label(item.kind), lang)} {value}"
        else:
            extra = [self._name(item.person, lang), self._label(item.role, lang), about]
            forward = in_language(self.vocabulary.relation_kinds[item.kind].forward, lang)
            said = f"{self._name(item.from_, lang)} {forward} {self._name(item.to, lang)}"
        bracketed = ", ".join(filter(None, extra))
        return f"{said} ({bracketed})" if bracketed else said

    def _details(self, item: Relation | Fact, lang: str) -> str:
        topics = ", ".join(self._label(topic, lang) for topic in item.topics)
        if isinstance(item, Fact):
            return topics
        amount = ""
        if item.amount is not None:
            amount = " ".join(filter(None, (show(item.amount, lang), item.currency, self._label(item.basis, lang))))
            amount = _WORDS[lang]["circa"].format(amount) if item.approximate else amount
        told = (("amount", amount), ("share", "" if item.share is None else str(item.share)), ("topic", topics), ("roleNote", "; ".join(item.role_notes)))
        return "; ".join(f"{in_language(self.vocabulary.properties.get(name, {}), lang) or name} {value}" for name, value in told if value)

    def _name(self, id: str, lang: str) -> str:
        return self.entities[id].name(lang) if id in self.entities else id

    def _label(self, word: str, lang: str) -> str:
        return in_language(self.vocabulary.concepts[word].label, lang) if word in self.vocabulary.concepts else word

    def _fact_label(self, kind: str) -> Labels:
        return self.vocabulary.fact_kinds[kind].label


def evidence(item: Relation | Fact) -> Text:
    """How many claims in how many sources attest it, and when last."""
    counts = len(item.claims), len({c.source for c in item.claims})
    return bilingual(lambda lang: _WORDS[lang]["evidence"].format(*counts, month_words(item.times.last_seen, lang)))
