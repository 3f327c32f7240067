"""Rules: what follows from the graph and is written into it, so that questions need not derive it again (`queries/rules/*.rq`).

Each rule is a CONSTRUCT; what it gives stands in a graph of its own and is recomputed for every choice of claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from socialgraph.model.ids import PREFIXES
from socialgraph.rdf.store import Store

DERIVED = PREFIXES["sgg"] + "derived"


def derived(store: Store, queries: Path) -> Iterator[ox.Quad]:
    """The quads that the rules of a folder of queries derive from a store, in their graph."""
    graph = ox.NamedNode(DERIVED)
    for path in sorted((queries / "rules").glob("*.rq")):
        for triple in store.construct(path.read_text(encoding="utf-8")):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
