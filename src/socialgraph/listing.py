"""The catalogue laid out for those who ask: the questions, what each wants to be given, and what may be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from socialgraph.looking import columns
from socialgraph.model.completing import Offer
from socialgraph.model.ids import PREFIXES
from socialgraph.model.relations import MODES
from socialgraph.model.table import Cell, Ref, Table
from socialgraph.model.vocabulary import EntityKind, Labels, RelationKind, Vocabulary, in_language
from socialgraph.rdf.queries import Catalogue, Parameter, Question
from socialgraph.rdf.spelling import WORDS
from socialgraph.view import View

SHOWN = 8
"""So many choices stand in a description; the rest is counted."""
_KINDS = {
    "day": ("dag", "day"), "mode": ("läge", "mode"), "entity": ("entitet", "entity"), "county": ("län", "county"), "source": ("källa", "source"),
    "kind": ("slag", "kind"), "concept": ("begrepp", "concept"), "text": ("text", "text"), "integer": ("heltal", "whole number"),
}  # fmt: skip
_NEEDED = {"sv": ("får utelämnas", "måste anges"), "en": ("may be left out", "must be given")}
_MORE = {"sv": "… {} till", "en": "… {} more"}
_EXAMPLE = {"sv": "Exempel: socialgraph query {}", "en": "Example: socialgraph query {}"}


def questions(catalogue: Catalogue, *, lang: str) -> Table:
    """The catalogue: theme, name, title, parameters; themes in their own order, then by name."""
    rows, themes = [], catalogue.themes
    order = {theme: place for place, theme in enumerate(themes)}
    for question in sorted(catalogue.questions.values(), key=lambda q: (order[q.theme], q.name)):
        named = [p for p in question.parameters if p.kind not in ("day", "mode")]
        parameters = " ".join(f"{p.name}=…" if p.required else f"[{p.name}=…]" for p in named)
        rows.append((in_language(themes[question.theme], lang), question.name, in_language(question.title, lang), parameters))
    return Table(columns("theme", "question", "title", "parameters"), tuple(rows), lang=lang)


def describe(question: Question, offered: Mapping[str, Table], *, lang: str) -> Table:
    """A question's parameters: name, label, kind, whether it must be given, and the first of what may be given."""
    rows: list[tuple[Cell, ...]] = []
    for p in question.parameters:
        choices = [str(row[1]) for row in offered[p.name].rows]
        told = [*choices[:SHOWN], *([_MORE[lang].format(len(choices) - SHOWN)] if len(choices) > SHOWN else [])]
        needed = p.default or _NEEDED[lang][p.required]
        rows.append((p.name, in_language(p.label, lang), _KINDS[p.kind][lang == "en"], needed, ", ".join(told)))
    example = " ".join([question.name, *(f"{k}={v}" for k, v in question.example.items())])
    notes: tuple[Labels, ...] = (question.description, {x: text.format(example) for x, text in _EXAMPLE.items()})
    return Table(columns("parameter", "meaning", "kind", "needed", "choices"), tuple(rows), title=question.title, notes=notes, lang=lang)


def choices(parameter: Parameter, view: View, *, lang: str) -> Table:
    """What may be given for a parameter: what to write, and its name; by name. Empty for days, texts, numbers and entities of any kind."""
    vocabulary, held = view.holdings.vocabulary, view.holdings
    found: list[tuple[str, str]] = []
    if parameter.kind == "mode":
        return Table(columns("value", "title"), tuple((mode, vocabulary.label(mode, lang)) for mode in MODES), lang=lang)
    if parameter.kind in ("entity", "county") and parameter.of:
        kinds = set(parameter.of)
        found = [(e.id, view.name(e.id, lang)) for e in held.entities.values() if kinds & vocabulary.entity_kinds[e.kind].ancestors]
    elif parameter.kind == "source":
        found = [(s.id, s.title) for s in held.sources.values()]
    elif parameter.kind in ("kind", "concept"):
        found = [(word, vocabulary.label(word, lang)) for word in words(parameter, vocabulary)]
    rows: list[tuple[Any, ...]] = [(id, Ref(name, id)) for id, name in sorted(found, key=lambda pair: (pair[1].casefold(), pair[0]))]
    return Table(columns("value", "title"), tuple(rows), lang=lang)


def words(parameter: Parameter, vocabulary: Vocabulary) -> list[str]:
    """The words a parameter of kind `kind` or `concept` may have; none for the others."""
    if parameter.kind == "kind":
        groups: Mapping[str, Mapping[str, object]] = {
            "relation": vocabulary.relation_kinds, "fact": vocabulary.fact_kinds, "entity": vocabulary.entity_kinds,
        }  # fmt: skip
        return [word for name, group in groups.items() if not parameter.of or name in parameter.of for word in group]
    if parameter.kind == "concept":
        return [c.id for c in vocabulary.concepts.values() if not parameter.of or c.scheme in parameter.of]
    return []


def offers(view: View, named: Mapping[str, Sequence[str]], *, lang: str) -> tuple[Offer, ...]:
    """What a SPARQL writer may be offered: words of SPARQL, prefixes, kinds, properties, concepts, sources, and entities by every name."""
    vocabulary, what = view.holdings.vocabulary, _WHAT[lang]

    def of(prefix: str, id: str, labels: Labels, kind: str) -> Offer:
        return Offer(f"{prefix}:{id}", in_language(labels, lang), what[kind], tuple(labels.values()))

    kinds: dict[str, EntityKind | RelationKind] = {**vocabulary.entity_kinds, **vocabulary.relation_kinds}
    found = [Offer(word, "", what["word"]) for word in WORDS] + [Offer(f"{prefix}:", space, what["prefix"]) for prefix, space in PREFIXES.items()]
    found += [of("sg", id, kind.label, "class") for id, kind in kinds.items()]
    found += [of("sg", id, labels, "property") for id, labels in vocabulary.properties.items() if id not in kinds]
    found += [of("sgc", id, concept.label, "concept") for id, concept in vocabulary.concepts.items()]
    found += [Offer(f"sgs:{id}", source.title, what["source"], (source.title,)) for id, source in view.holdings.sources.items()]
    found += [
        Offer(f"sgd:{id}", view.name(id, lang), vocabulary.label(entity.kind, lang), tuple(named[id])) for id, entity in view.holdings.entities.items()
    ]
    return tuple(found)


_WHAT = {
    "sv": {"word": "SPARQL", "prefix": "prefix", "class": "slag", "property": "egenskap", "concept": "begrepp", "source": "källa"},
    "en": {"word": "SPARQL", "prefix": "prefix", "class": "kind", "property": "property", "concept": "concept", "source": "source"},
}  # fmt: skip
