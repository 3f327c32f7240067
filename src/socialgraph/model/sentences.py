"""A claim, relation or fact in words: as a sentence without its time for lists, and as prose with tense and time for reports.

Names come from whoever asks: the register's, where no day is asked about, or those of a view's day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from socialgraph.model.claims import ACTUAL_STATUSES, Claim, Entity, Source
from socialgraph.model.picture import Text
from socialgraph.model.relations import Fact, Relation
from socialgraph.model.table import show
from socialgraph.model.vocabulary import Vocabulary, in_language
from socialgraph.model.words import date_words, month_words, period_words

LANGS = ("sv", "en")
_WORDS = {
    "sv": {"claims": "påståenden: {}", "evidence": "påståenden: {}, källor: {}, senast {}", "about": "gäller {}", "circa": "cirka {}", "quote": "”{}”"},
    "en": {"claims": "claims: {}", "evidence": "claims: {}, sources: {}, last {}", "about": "about {}", "circa": "about {}", "quote": "“{}”"},
}
_MEANT = {
    "sv": {"planned": "ska enligt plan {}", "wished": "bör enligt önskemål {}", "later": "kommer att {}"},
    "en": {"planned": "is planned to {}", "wished": "is wished to {}", "later": "will {}"},
}
_DENIED = {"sv": "att {} förnekas", "en": "that {} is denied"}
_DOUBT = {"sv": "osäkert den dagen", "en": "uncertain on that day"}
_APART = ("amount", "share", "topic", "roleNote")
"""Qualifiers that are no part of which relation it is."""


def bilingual(words: Callable[[str], str]) -> Text:
    """What a function says in Swedish and in English.

    >>> bilingual({"sv": "ja", "en": "yes"}.__getitem__)
    Text(sv='ja', en='yes')
    """
    sv, en = map(words, LANGS)
    return Text(sv, en)


def capital(words: str) -> str:
    """Words with a capital letter first; names in them stay as they are.

    >>> capital("länets SKR")
    'Länets SKR'
    """
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Wording:
    """Names (`name(id, lang)`) and labels to make sentences with."""

    name: Callable[[str, str], str]
    vocabulary: Vocabulary

    @classmethod
    def of_register(cls, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> Wording:
        """Wording with the names of the register; an id without an entity stands for itself."""
        return cls(lambda entity, lang: entities[entity].name(lang) if entity in entities else entity, vocabulary)

    def sentence(self, item: Claim | Relation | Fact) -> Text:
        """What it says, without its time: `A lånar ut C till B (konsulent)`, `A: namn ”B”`."""
        return bilingual(lambda lang: self._sentence(item, lang))

    def prose(self, item: Relation | Fact, state: str) -> Text:
        """A whole sentence with tense and time, of its state on a day: `A lånade ut C till B, hösten 2019.`

        What holds is told in the present; what is over, or attested before and only possible since, in the past; a plan, a wish and
        a denial as such. `unseen` is what is possible and attested only later.
        """
        return bilingual(lambda lang: self._prose(item, state, lang))

    def core(self, relation: Claim | Relation, lang: str, *, state: str = "") -> str:
        """Ends, verb and person: `A lånar ut C till B`; with a state, in the tense of that state."""
        kind = self.vocabulary.relation_kinds[relation.kind]
        plain, personal = {
            "ended": (kind.past, kind.by_person_past), "possible": (kind.past, kind.by_person_past),
            **dict.fromkeys(_MEANT[lang], (kind.infinitive, kind.by_person_infinitive)),
        }.get(state, (kind.forward, kind.by_person))  # fmt: skip
        from_, to, person = (self.name(id, lang) if id else "" for id in (relation.from_, relation.to, relation.person))
        if person and personal:
            said = in_language(personal, lang).replace("{person}", person).replace("{to}", to)
        else:
            said = f"{in_language(plain, lang)} {to}" + (f" ({person})" if person else "")
        told = _MEANT[lang].get(state, "{}").format(said)
        return _DENIED[lang].format(f"{from_} {told}") if state == "denied" else f"{from_} {told}"

    def qualifiers(self, relation: Relation) -> tuple[tuple[str, Text, Text], ...]:
        """The qualifiers a relation has, in the order of the contract: property, its label, its value."""
        found = [
            ("person", self._names(relation.person)), ("role", self._concept(relation.role)), ("roleNote", bilingual(lambda _: "; ".join(relation.role_notes))),
            ("about", self._names(relation.about)), ("share", bilingual(lambda _: "" if relation.share is None else str(relation.share))),
            ("amount", bilingual(lambda lang: self._amount(relation, lang))), *(("topic", self._concept(topic)) for topic in relation.topics),
            ("basis", self._concept(relation.basis)),
        ]  # fmt: skip
        return tuple((prop, bilingual(lambda lang, p=prop: self.vocabulary.label(p, lang) or p), value) for prop, value in found if value.sv)  # type: ignore[misc]

    def details(self, item: Relation | Fact) -> Text:
        """Amount, share, topics and what is said of the role: what is no part of which relation it is."""
        if isinstance(item, Fact):
            return bilingual(lambda lang: ", ".join(self._label(topic, lang) for topic in item.topics))
        told = [(label, value) for prop, label, value in self.qualifiers(item) if prop in (*_APART, "basis")]
        return bilingual(lambda lang: "; ".join(f"{getattr(label, lang)} {getattr(value, lang)}" for label, value in told))

    def value(self, fact: Claim | Fact, lang: str) -> str:
        """The value of a fact, with what it counts or is about: `cirka 300 studenter`."""
        number = self.vocabulary.fact_kinds[fact.kind].range == "integer"
        value = show(int(fact.value), lang) if number and fact.value.isdigit() else fact.value
        counted = [self.name(fact.about, lang)] if fact.about else [self._label(topic, lang) for topic in fact.topics]
        said = " ".join([value, *counted] if number else [value])
        return _WORDS[lang]["circa"].format(said) if fact.approximate else said

    def source(self, source: Source, claims: int) -> Text:
        """Publisher, day and number of claims of a source."""
        return bilingual(lambda x: f"{self.name(source.publisher, x)}, {date_words(source.published, x)}, {_WORDS[x]['claims'].format(claims)}")

    def status(self, status: str) -> Text:
        """The label of a status."""
        return self._concept(status)

    def kind(self, kind: str) -> Text:
        """The label of a kind of entity, relation or fact; a word that is none of these stays as it is."""
        return bilingual(lambda lang: self.vocabulary.label(kind, lang) or kind)

    def _sentence(self, item: Claim | Relation | Fact, lang: str) -> str:
        words = _WORDS[lang]
        about = words["about"].format(self.name(item.about, lang)) if item.about else ""
        if isinstance(item, Fact) or (isinstance(item, Claim) and item.is_fact):
            value = words["quote"].format(item.value) if item.lang else words["circa"].format(item.value) if item.approximate else item.value
            extra = [about, *(self._label(topic, lang) for topic in item.topics)]
            said = f"{self.name(item.from_, lang)}: {in_language(self.vocabulary.fact_kinds[item.kind].label, lang)} {value}"
        else:
            extra = [self._label(item.role, lang), about]
            said = self.core(item, lang)
        bracketed = ", ".join(filter(None, extra))
        return f"{said} ({bracketed})" if bracketed else said

    def _prose(self, item: Relation | Fact, state: str, lang: str) -> str:
        if isinstance(item, Fact):
            value = _WORDS[lang]["quote"].format(item.value) if item.lang else self.value(item, lang)
            said = f"{self.name(item.from_, lang)}: {in_language(self.vocabulary.fact_kinds[item.kind].label, lang)} {value}"
            told = []
        else:
            said = self.core(item, lang, state=state)
            told = [(p, label, value) for p, label, value in self.qualifiers(item) if getattr(value, lang) not in said and p != "basis"]
        details = [f"{getattr(label, lang)}: {getattr(value, lang)}" for _, label, value in told]
        period = getattr(period_words(item.claims, item.times, item.status), lang)
        if item.status not in ACTUAL_STATUSES:
            period = period.partition(", ")[2]  # the state has been said
        doubt = [_DOUBT[lang]] if state in ("possible", "unseen") else []
        if not details and not doubt and "," not in period:
            said += f", {period}" if period else ""
        else:
            said += f" ({'; '.join(filter(None, [*details, period, *doubt]))})"
        return capital(f"{said}.")

    def _amount(self, relation: Relation, lang: str) -> str:
        if relation.amount is None:
            return ""
        amount = " ".join(filter(None, (show(relation.amount, lang), relation.currency)))
        return _WORDS[lang]["circa"].format(amount) if relation.approximate else amount

    def _names(self, id: str) -> Text:
        return bilingual(lambda lang: self.name(id, lang) if id else "")

    def _concept(self, word: str) -> Text:
        return bilingual(lambda lang: self._label(word, lang))

    def _label(self, word: str, lang: str) -> str:
        return in_language(self.vocabulary.concepts[word].label, lang) if word in self.vocabulary.concepts else word


def evidence(item: Relation | Fact) -> Text:
    """How many claims in how many sources attest it, and when last."""
    counts = len(item.claims), len({c.source for c in item.claims})
    return bilingual(lambda lang: _WORDS[lang]["evidence"].format(*counts, month_words(item.times.last_seen, lang)))
