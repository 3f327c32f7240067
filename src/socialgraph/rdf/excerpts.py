"""Reading a part of a store: what an answer names, and who says it. The cost follows the answer, not the store."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.holdings import Holdings
from socialgraph.model.relations import Fact
from socialgraph.model.search import fold
from socialgraph.model.vocabulary import Vocabulary
from socialgraph.rdf import codec
from socialgraph.rdf.codec import iri, local
from socialgraph.rdf.store import Store

KEPT = 20_000
"""So many entities, and what lies behind so many relations, are remembered once read: some tens of megabytes."""
_NAMES = tuple(iri(name).value for name in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "sg:abbreviation"))
_FROM, _EVIDENCE, _SOURCE = (iri(name).value for name in ("sg:from", "sg:evidence", "dcterms:source"))


class Excerpts:
    """Parts of one store that does not change any more; what has been read is remembered for a while."""

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self._entity = lru_cache(maxsize=KEPT)(self._read_entity)
        self._source = lru_cache(maxsize=KEPT)(self._read_source)
        self._behind = lru_cache(maxsize=KEPT)(self._read_behind)

    def naming(self, things: Iterable[tuple[str, str]]) -> Holdings:
        """As much as names some things (prefix and id): their entities, sources and dated names, without claims."""
        wanted = sorted(set(things))
        entities = [found for prefix, id in wanted if prefix == "sgd" and (found := self._entity(id))]
        sources = [source for prefix, id in wanted if prefix == "sgs" and (source := self._source(id))]
        facts = tuple(fact for _, names in entities for fact in names)
        return Holdings(self.vocabulary, {e.id: e for e, _ in entities}, {s.id: s for s in sources}, (), (), facts, {})

    def called(self, text: str) -> list[str]:
        """The ids of the entities that bear a name, now or once, written as the text but for case and blanks."""
        return sorted(self._bearers.get(fold(text), ()))

    @cached_property
    def _bearers(self) -> dict[str, set[str]]:
        """Every name, folded, with the ids of those who bear it: read in one sweep, without reading anything else of them."""
        found: dict[str, set[str]] = {}
        for name in _NAMES:
            for quad in self.store.having(name, codec.ENTITIES):
                found.setdefault(fold(quad.object.value), set()).add(local(quad.subject))
        return found

    def witnesses(self, things: Iterable[str]) -> dict[str, list[Claim]]:
        """The claims behind relations, facts and claims (prefixed ids, such as `sgr:…`), by source and row; a claim is its own witness."""
        found = {}
        for thing in dict.fromkeys(things):
            told = [(claim, source.value) for claim in self._claims(thing) for source in self.store.objects(claim, _SOURCE)]
            claims = [codec.read_claim(local(source), codec.describe(self.store, claim, source)) for claim, source in told]
            found[thing] = sorted(claims, key=lambda c: (c.source, c.row))
        return found

    def sources_behind(self, things: Iterable[str]) -> set[str]:
        """The ids of the sources of the claims behind relations, facts and claims (prefixed ids)."""
        return {source for thing in set(things) for source in self._behind(thing)}

    def _claims(self, thing: str) -> list[str]:
        node = iri(thing).value
        return [node] if thing.startswith("sgp:") else [claim.value for claim in self.store.objects(node, _EVIDENCE)]

    def _read_behind(self, thing: str) -> tuple[str, ...]:
        return tuple(local(source) for claim in self._claims(thing) for source in self.store.objects(claim, _SOURCE))

    def _read_entity(self, id: str) -> tuple[Entity, tuple[Fact, ...]] | None:
        here = iri(f"sgd:{id}").value
        node = codec.describe(self.store, here, codec.ENTITIES)
        if "sg:kind" not in node.values:
            return None
        facts = ((local(s), codec.describe(self.store, s.value, codec.FACTS)) for s in self.store.subjects(_FROM, here, codec.FACTS))
        return codec.read_entity(id, node), tuple(codec.read_name(fact, n) for fact, n in facts if n.text("sg:kind") in self.vocabulary.name_kinds)

    def _read_source(self, id: str) -> Source | None:
        node = codec.describe(self.store, iri(f"sgs:{id}").value, codec.SOURCES)
        if "dcterms:title" not in node.values:
            return None
        copies = {copy.value: codec.describe(self.store, copy.value, codec.SOURCES) for copy in node.values.get("sg:copy", [])}
        return codec.read_source(id, node, copies)
