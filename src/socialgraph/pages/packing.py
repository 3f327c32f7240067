"""A picture packed for its page: what recurs once, rows instead of names, nothing that goes without saying. `unpack.js` makes it whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from socialgraph.model.picture import Edge, Node, Picture, PictureClaim, Text


def pack(picture: Picture) -> dict[str, Any]:
    """The picture as the scripts read it (`unpack.js`): edges and claims as rows, texts that recur once, nothing that goes without saying."""
    forward = {kind.id for kind in picture.relation_kinds if kind.forward}
    sources = {source.id: number for number, source in enumerate(picture.sources)}
    places = {node.id: number for number, node in enumerate(picture.nodes)}
    kinds = {kind.id: number for number, kind in enumerate(picture.relation_kinds)}
    texts: dict[Text, int] = {}

    def claims(given: Sequence[PictureClaim]) -> list[list[Any]]:
        rows = [[sources.get(c.source, c.source), c.locator, c.since, c.until, _unless_actual(c.status), c.stated, c.note, c.documents] for c in given]
        return [row[: max(n for n, cell in enumerate(row, 1) if cell or n == 1)] for row in rows]

    def row(edge: Edge) -> list[Any]:
        made = edge.days is not None and edge.kind in forward  # the page makes the sentence itself
        more = {
            "sentence": "" if made else asdict(edge.sentence), "state": "" if edge.days else edge.state, "status": _unless_actual(edge.status),
            "details": [[asdict(name), asdict(value)] for name, value in edge.details], "mentions": edge.mentions, "topics": edge.topics,
            "person": asdict(edge.person) if edge.person else "", "disputed": edge.disputed or "",
        }  # fmt: skip
        (lean,) = _without_empty([more])
        period = texts.setdefault(edge.period, len(texts))
        days = list(asdict(edge.days).values()) if edge.days else 0
        ends = [places[edge.source], places[edge.target]]
        return [edge.id, kinds.get(edge.kind, edge.kind), *ends, days, period, claims(edge.claims), *([lean] if lean else [])]

    def node(given: Node) -> dict[str, Any]:
        alone = len(given.called) == 1 and given.called[0].short == given.called[0].full == given.label
        told = asdict(replace(given, called=() if alone else given.called, names=tuple(n for n in given.names if n != given.label.sv)))
        facts = [{"kind": f.kind, "value": f.value, "period": asdict(f.period), "claims": claims(f.claims)} for f in given.facts]
        return {k: v for k, v in told.items() if k not in ("x", "y")} | {"facts": facts}

    rest = asdict(replace(picture, nodes=(), edges=()))
    lean: dict[str, Any] = _without_empty(rest | {"nodes": [node(n) for n in picture.nodes]})
    edges = [row(edge) for edge in picture.edges]
    return lean | {"edges": edges, "texts": _without_empty([asdict(t) for t in texts])} | {n: rest[n] for n in ("at", "mode", "known_by", "build", "sparql")}


def _without_empty(value: Any) -> Any:
    """The same without empty fields in the things of a list, and with a text once where both languages have the same."""
    if isinstance(value, dict):
        if value.keys() == {"sv", "en"} and value["sv"] == value["en"]:
            return value["sv"]
        return {name: _without_empty(held) for name, held in value.items()}
    if isinstance(value, (list, tuple)):
        lean = [_without_empty(one) for one in value]
        return [{k: v for k, v in one.items() if v not in ("", [], None)} if isinstance(one, dict) else one for one in lean]
    return value


def _unless_actual(status: str) -> str:
    return "" if status == "actual" else status
