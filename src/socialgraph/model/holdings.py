"""Holdings: everything the graph holds, as values; what intake gives, the codec writes and a view reads.

The invariant: relations and facts are always what `relations.gather` makes of exactly these claims.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.relations import Fact, Relation, gather, named
from socialgraph.model.vocabulary import Vocabulary
from socialgraph.model.worklist import Worklist

T = TypeVar("T")


@dataclass(frozen=True)
class Holdings:
    """Entities and sources by id, claims, and the relations and facts they make; `merged` leads old ids to standing ones."""

    vocabulary: Vocabulary
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    facts: tuple[Fact, ...]
    merged: Mapping[str, str]
    worklist: Worklist = field(default_factory=Worklist)

    @cached_property
    def touching(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations that name an entity, at an end, as person or as what it is about, by the entity's id."""
        return _by((id, r) for r in self.relations for id in named(r))

    @cached_property
    def things(self) -> Mapping[str, Relation | Fact]:
        """Every relation and fact by its prefixed id, such as `sgr:3a27fd0cfce95d89`."""
        return {f"sgr:{r.id}": r for r in self.relations} | {f"sgf:{f.id}": f for f in self.facts}

    @cached_property
    def told(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts of an entity by its id."""
        return _by((f.from_, f) for f in self.facts)

    @property
    def last_day(self) -> date:
        """The publication day of the newest source."""
        return max(s.published_day for s in self.sources.values())

    def scoped(self, *, known_by: date | None = None, sources: Collection[str] = ()) -> Holdings:
        """The holdings of fewer claims: from sources published by a day, or from some sources; bounds are computed anew."""
        if known_by is None and not sources:
            return self
        kept = {s.id for s in self.sources.values() if (known_by is None or s.published_day <= known_by) and (not sources or s.id in sources)}
        held = assemble(
            self.vocabulary, self.entities, {k: v for k, v in self.sources.items() if k in kept},
            (c for c in self.claims if c.source in kept), self.merged,
        )  # fmt: skip
        return replace(held, worklist=self.worklist.known_by(known_by))


def _by(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for id, item in pairs:
        found.setdefault(id, []).append(item)
    return {id: tuple(items) for id, items in found.items()}


def assemble(
    vocabulary: Vocabulary, entities: Mapping[str, Entity], sources: Mapping[str, Source], claims: Iterable[Claim], merged: Mapping[str, str]
) -> Holdings:
    """Holdings of these claims: identity applied, claims gathered into relations and facts."""
    standing = tuple(_standing(claim, merged) for claim in claims) if merged else tuple(claims)
    sources = {
        id: replace(s, publisher=merged.get(s.publisher, s.publisher), authors=tuple(merged.get(a, a) for a in s.authors)) for id, s in sources.items()
    }
    written = {s.id: s.written for s in sources.values()}
    relations, facts = gather(standing, written=written, vocabulary=vocabulary)
    return Holdings(vocabulary, entities, sources, standing, tuple(relations), tuple(facts), merged)


def _standing(claim: Claim, merged: Mapping[str, str]) -> Claim:
    from_, to, person, about = (merged.get(id, id) for id in (claim.from_, claim.to, claim.person, claim.about))
    return replace(claim, from_=from_, to=to, person=person, about=about)


def merge_entities(entities: Mapping[str, Entity], merged: Mapping[str, str]) -> dict[str, Entity]:
    """The register with merged rows folded into the one that stands: their names become its other names."""
    entities = {id: replace(e, part_of=merged.get(e.part_of, e.part_of), county=merged.get(e.county, e.county)) for id, e in entities.items()}
    standing = {id: e for id, e in entities.items() if id not in merged or merged[id] == id}
    for id, leader in sorted(merged.items()):
        if id != leader:
            kept = standing[leader]
            names = tuple(n for n in dict.fromkeys((*kept.alt_names, *entities[id].names)) if n not in (kept.name_sv, kept.name_en))
            filled = {f: getattr(kept, f) or getattr(entities[id], f) for f in ("county", "organisation_number", "code", "ror", "wikidata", "orcid", "website")}
            sources = "|".join(dict.fromkeys((kept.source, entities[id].source)))
            standing[leader] = replace(kept, alt_names=names, source=sources, **filled)
    return standing
