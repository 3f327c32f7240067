"""The vocabulary: what the ontology says that the program needs, as plain values.

Read by `rdf/ontology.py`; nothing here names a kind. Labels are looked up by language with Swedish as the last resort.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from socialgraph.errors import UnknownName

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A class of entities; `ancestors` holds every superclass of ours, itself included.

    `is_agent` is true of what the ontology aligns with `foaf:Agent`, `is_person` with `foaf:Person`, `is_network` with
    `org:OrganizationalCollaboration`.
    """

    id: str
    label: Labels
    ancestors: frozenset[str]
    colour: str
    glyph: str
    is_person: bool = False
    is_network: bool = False
    is_agent: bool = False


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A class of relations: labels in both directions, allowed ends, qualifiers, how long it is presumed.

    `by_person` is how it reads when the person is known, with `{person}` and `{to}`; empty where a bracket does. `past` and
    `infinitive` are the other tenses of `forward`, `by_person_past` and `by_person_infinitive` those of `by_person`.
    `one_at_a_time` says that the to end usually has one such relation at a time, `binds` that who has it belongs to the other end.
    """

    id: str
    label: Labels
    forward: Labels
    backward: Labels
    from_kinds: frozenset[str]
    to_kinds: frozenset[str]
    qualifiers: frozenset[str]
    presumed_for: str
    direct: str
    inverse: str
    symmetric: bool
    transitive: bool
    by_person: Labels = field(default_factory=dict)
    past: Labels = field(default_factory=dict)
    infinitive: Labels = field(default_factory=dict)
    by_person_past: Labels = field(default_factory=dict)
    by_person_infinitive: Labels = field(default_factory=dict)
    one_at_a_time: bool = False
    binds: bool = False


@dataclass(frozen=True, slots=True)
class FactKind:
    """A property whose values are facts: names, counts, degrees.

    `range` is the datatype of its values: `langString`, `integer` or `string`; `pattern` what a code must look like;
    `is_name` whether it names the entity.
    """

    id: str
    label: Labels
    qualifiers: frozenset[str]
    presumed_for: str
    range: str = "langString"
    pattern: str = ""
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of one of the schemes; `titles` are the printed forms it answers to, Swedish label included."""

    id: str
    scheme: str
    label: Labels
    titles: frozenset[str]


def in_language(labels: Labels, lang: str) -> str:
    """The label in a language; Swedish, then any, where that one is missing.

    >>> in_language({"sv": "nätverk"}, "en")
    'nätverk'
    """
    return labels.get(lang) or labels.get("sv") or next(iter(labels.values()), "")


def near(word: str, words: Iterable[str], *, most: int = 4) -> tuple[str, ...]:
    """The words most like a misspelt one, best first."""
    folded = {w.casefold(): w for w in words}
    return tuple(folded[hit] for hit in get_close_matches(word.casefold(), folded, n=most, cutoff=0.5))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every kind and concept by id."""

    entity_kinds: Mapping[str, EntityKind]
    relation_kinds: Mapping[str, RelationKind]
    fact_kinds: Mapping[str, FactKind]
    concepts: Mapping[str, Concept]
    properties: Mapping[str, Labels] = field(default_factory=dict)
    name_kinds: frozenset[str] = field(init=False, repr=False, compare=False)
    """The fact kinds that name an entity."""
    _schemes: Mapping[str, dict[str, Concept]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        schemes: dict[str, dict[str, Concept]] = {}
        for concept in self.concepts.values():
            schemes.setdefault(concept.scheme, {})[concept.id] = concept
        object.__setattr__(self, "_schemes", schemes)
        object.__setattr__(self, "name_kinds", frozenset(k.id for k in self.fact_kinds.values() if k.is_name))

    def presumed_for(self, kind: str) -> str:
        """How long a relation or fact of a kind is presumed after it was last seen, as an ISO 8601 duration."""
        found = self.relation_kinds.get(kind) or self.fact_kinds.get(kind)
        if found is None:
            raise UnknownName(f"no kind '{kind}' in the ontology; near: {', '.join(near(kind, [*self.relation_kinds, *self.fact_kinds]))}")
        return found.presumed_for

    def is_a(self, kind: str, allowed: Iterable[str]) -> bool:
        """Whether an entity kind is one of the allowed kinds or below one of them."""
        return not self.entity_kinds[kind].ancestors.isdisjoint(allowed)

    def state(self, state: str, lang: str) -> str:
        """A state on a day in words: the label of its concept, or that the day is too early."""
        return self.label(state, lang) if state in self.concepts else {"sv": "ännu inte börjat", "en": "not yet begun"}[lang]

    def label(self, id: str, lang: str) -> str:
        """The label of a kind, property or concept in a language; empty if there is none of that id."""
        found = self.entity_kinds.get(id) or self.relation_kinds.get(id) or self.fact_kinds.get(id) or self.concepts.get(id)
        return in_language(found.label if found else self.properties.get(id, {}), lang)

    def in_scheme(self, scheme: str) -> dict[str, Concept]:
        """The concepts of one scheme, by id."""
        return self._schemes.get(scheme, {})

    def role_concept(self, role: str) -> str:
        """The concept id of a role as printed, or an empty text; letter by letter, never by likeness."""
        if role in self.concepts and self.concepts[role].scheme == "role-scheme":
            return role
        wanted = role.casefold()
        return next((c.id for c in self.in_scheme("role-scheme").values() if wanted in c.titles), "")
