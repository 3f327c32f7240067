"""Networks for other programs: GEXF 1.2 with spells (Gephi), and GraphML. networkx writes both; here is what it is given."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

import networkx
from networkx.readwrite.gexf import GEXFWriter

from socialgraph.model.dates import MAX, MIN
from socialgraph.model.table import Cell, plain

Spell = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Network:
    """The rows of a network: a node for each entity (`id`, `name`, …), an edge for each relation (`id`, `from`, `to`, `kind_label`, …).

    `spells` are the days between which a relation holds, by its id; `names` the names of an entity with theirs.
    """

    nodes: Sequence[Mapping[str, Cell]]
    edges: Sequence[Mapping[str, Cell]]
    spells: Mapping[str, Spell]
    names: Mapping[str, Sequence[tuple[str, Spell]]] = field(default_factory=dict)

    def graph(self) -> networkx.MultiDiGraph[str]:
        """As networkx has it; unknown values, and nodes that no edge touches, are left out."""
        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(mode="dynamic")
        touched = {str(edge[end]) for edge in self.edges for end in ("from", "to")}
        for row in self.nodes:
            if (id := str(row["id"])) in touched:
                dated = [(name, *_ends(spell)) for name, spell in self.names.get(id, ())]
                graph.add_node(id, **_known(row, "id"), label=str(row["name"]), **({"name_over_time": dated} if dated else {}))
        for row in self.edges:
            id = str(row["id"])
            told = _known(row, "id", "from", "to") | {"id": id, "label": str(row["kind_label"])}
            graph.add_edge(str(row["from"]), str(row["to"]), key=id, spells=[_ends(self.spells[id])], **told)
        return graph


def gexf(network: Network, *, created: date, creator: str) -> bytes:
    """GEXF 1.2: relations with their spells and names over time as Gephi's timeline reads them; the same bytes for the same rows."""
    writer = GEXFWriter(network.graph(), encoding="utf-8", version="1.2draft")
    meta = writer.xml.find("meta")
    meta.set("lastmodifieddate", created.isoformat())
    meta.find("creator").text = creator
    _drop(writer.xml, "networkx_key")  # our edges bear their id already
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + b"\n"


def _drop(xml: Element, title: str) -> None:
    """Take an attribute of the edges out of a GEXF document."""
    for attributes in xml.iter("attributes"):
        for attribute in [a for a in attributes if a.get("title") == title]:
            attributes.remove(attribute)
            for values in xml.iter("attvalues"):
                for value in [v for v in values if v.get("for") == attribute.get("id")]:
                    values.remove(value)


def graphml(network: Network) -> bytes:
    """GraphML: it knows no time, so every date is an attribute."""
    graph = network.graph()
    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for id, told in graph.nodes(data=True):
        flat.add_node(id, **{k: v for k, v in told.items() if not isinstance(v, list)})
    for start, end, key, told in graph.edges(keys=True, data=True):
        flat.add_edge(start, end, key=key, **{k: v for k, v in told.items() if k not in ("spells", "id")})
    out = io.BytesIO()
    networkx.write_graphml_xml(flat, out, named_key_ids=True)
    return out.getvalue() + b"\n"


def _known(row: Mapping[str, Cell], *but: str) -> dict[str, str | int | float | bool]:
    """The known cells of a row: numbers and truths as they are, days and the rest as text."""
    told = {k: v if isinstance(v, (bool, int)) else float(v) if _is_number(v) else plain(v) for k, v in row.items() if k not in but}  # type: ignore[arg-type]
    return {k: v for k, v in told.items() if v != ""}


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, (str, date)) and cell is not None


def _ends(spell: Spell) -> tuple[str | None, str | None]:
    """The first and last day as text, none where it is open."""
    first, last = spell
    return None if first <= MIN else first.isoformat(), None if last >= MAX else last.isoformat()
