"""Why an answer has no rows, where that can be known: only less sure, nothing of the kind, not yet begun, over, only planned.

Pure: holdings in, sentences out. The invariant: nothing is said that the claims do not show; when they show nothing, nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from socialgraph.model.holdings import Holdings
from socialgraph.model.picture import Text
from socialgraph.model.relations import Relation
from socialgraph.model.vocabulary import Vocabulary, in_language

_WORDS = {
    "sv": {
        "nobody_yet": "Ingen källa var publicerad {day}; den första är från {first}.",
        "weaker": "I läget {mode} finns {n}: fråga med mode={word}.", "rows": ("{} rad", "{} rader"),
        "never": "Grafen har inga uppgifter av slaget {kinds}.",
        "never_of": "Grafen har inga uppgifter av slaget {kinds} om {name}; av andra slag finns: {others}.",
        "nothing_of": "Grafen har inga relationer alls som rör {name}.",
        "before": "{who}: det tidigaste som kan gälla börjar {first}, efter {day}.",
        "over": "{who}: allt var slut senast {last}, före {day}.",
        "after": "{who}: det sista belägget är från {last}, före {day}, och inget säger att det som då gällde har upphört.",
        "unreal": "{who}: {n} är bara planerat, önskat eller förnekat och räknas aldrig som gällande.",
        "silent": "Ingen av de lästa källorna säger det; det är inte detsamma som att det inte finns.",
        "all": "Av slaget {kinds}", "of": "Om {name}, av slaget {kinds}",
    },
    "en": {
        "nobody_yet": "No source had been published by {day}; the first is of {first}.",
        "weaker": "In mode {mode} there are {n}: ask with mode={word}.", "rows": ("{} row", "{} rows"),
        "never": "The graph holds nothing of the kind {kinds}.",
        "never_of": "The graph holds nothing of the kind {kinds} about {name}; of other kinds there are: {others}.",
        "nothing_of": "The graph holds no relation at all that touches {name}.",
        "before": "{who}: the earliest that may hold begins {first}, after {day}.",
        "over": "{who}: everything had ended by {last}, before {day}.",
        "after": "{who}: the last evidence is of {last}, before {day}, and nothing says that what held then has ended.",
        "unreal": "{who}: {n} is only planned, wished for or denied, and never counts as holding.",
        "silent": "None of the sources read says so; that is not the same as there being none.",
        "all": "Of the kind {kinds}", "of": "About {name}, of the kind {kinds}",
    },
}  # fmt: skip
LANGS = ("sv", "en")


def reasons(holdings: Holdings, *, kinds: Collection[str], entities: Mapping[str, Text], day: date) -> list[Text]:
    """Sentences that say why nothing of some relation kinds may hold about some entities (id to name) on a day.

    `holdings` are those that the question was asked of. Without entities the whole graph counts. Where something of the kinds
    may hold on the day, nothing is said: the question wants something narrower.
    """
    labels = _labels(holdings, kinds)
    about = list(entities.items()) or [("", Text("", ""))]
    found: list[Text] = []
    for id, name in about:
        touching = [r for r in holdings.relations if not id or id in (r.from_, r.to, r.person, r.about)]
        asked = [r for r in touching if r.kind in kinds]
        who = _said("of", name=name, kinds=labels) if id else _said("all", kinds=labels)
        if not asked:
            found.append(_none(holdings, touching, id, name, labels))
        else:
            found += _some(asked, who, day)
    return found


def nothing_published(sources: Iterable[date], known_by: date) -> list[Text]:
    """That nothing had been published by a day, if so; `sources` are the publication days of all."""
    first = min(sources, default=known_by)
    return [_said("nobody_yet", day=known_by.isoformat(), first=first.isoformat())] if first > known_by else []


def _none(holdings: Holdings, touching: Sequence[Relation], id: str, name: Text, kinds: Text) -> Text:
    if not id:
        return _said("never", kinds=kinds)
    if not touching:
        return _said("nothing_of", name=name)
    counted = sorted(Counter(r.kind for r in touching).items(), key=lambda pair: (-pair[1], pair[0]))
    others = Text(*(", ".join(f"{in_language(holdings.vocabulary.relation_kinds[k].label, x)} {n}" for k, n in counted) for x in LANGS))
    return _said("never_of", kinds=kinds, name=name, others=others)


def _some(asked: Sequence[Relation], who: Text, day: date) -> list[Text]:
    real = [r for r in asked if r.status not in ("planned", "wished", "denied")]
    found = []
    if real and not any(r.times.holds(day, "possible") for r in real):
        first, last = min(r.times.possible_from for r in real), max(r.times.possible_until for r in real)
        if first > day:
            found.append(_said("before", who=who, first=first.isoformat(), day=day.isoformat()))
        elif last < day:
            found.append(_said("over", who=who, last=last.isoformat(), day=day.isoformat()))
    elif real and (last := max(r.times.last_seen for r in real)) < day:
        found.append(_said("after", who=who, last=last.isoformat(), day=day.isoformat()))
    if len(asked) > len(real):
        found.append(_said("unreal", who=who, n=str(len(asked) - len(real))))
    return found


def silent() -> Text:
    """That no source says it: what remains to be said where no reason is known."""
    return _said("silent")


def weaker(mode: str, rows: int, vocabulary: Vocabulary) -> Text:
    """That the question has rows in a weaker mode."""
    label = vocabulary.concepts[mode].label
    counted = Text(*(_WORDS[x]["rows"][rows != 1].format(rows) for x in LANGS))
    return _said("weaker", mode=Text(in_language(label, "sv"), in_language(label, "en")), n=counted, word=mode)


def _labels(holdings: Holdings, kinds: Collection[str]) -> Text:
    named = [holdings.vocabulary.relation_kinds[k].label for k in sorted(kinds)]
    return Text(*(" / ".join(in_language(label, x) for label in named) for x in LANGS))


def _said(key: str, **values: str | Text) -> Text:
    def word(lang: str) -> str:
        return str(_WORDS[lang][key]).format(**{k: v if isinstance(v, str) else getattr(v, lang) for k, v in values.items()})

    return Text(word("sv"), word("en"))
