"""Measuring: a measure of a view's network as a table that says what it means, for which day, and what missing data does to it.

Named people are not ranked unless asked for: they are in the network, since they bind it, but not in the list.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from socialgraph.errors import UnknownName
from socialgraph.model.picture import Text
from socialgraph.model.table import Cell, Column, Ref, Table
from socialgraph.model.vocabulary import near
from socialgraph.view import View

if TYPE_CHECKING:
    import networkx

    from socialgraph.analysis.measures import Measure

_HEADS = {
    "entity": Text("Entitet", "Entity"), "other": Text("Den andra", "The other"), "kind": Text("Slag", "Kind"), "county": Text("Län", "County"),
    "attribute": Text("Egenskap", "Attribute"),
}  # fmt: skip
_SAY = {
    "sv": {
        "size": "Nätverket har {nodes} noder och {ties} par i {parts} delar; den största har {largest}.",
        "none": "Nätverket är tomt den dagen i det läget.",
        "single": "{single} av {all} relationer vilar på en enda källa, och {open} har inget känt slut.",
        "people": "Namngivna personer är med i nätverket men inte i listan.",
    },
    "en": {
        "size": "The network has {nodes} nodes and {ties} pairs in {parts} parts; the largest has {largest}.",
        "none": "The network is empty on that day in that mode.",
        "single": "{single} of {all} relations rest on a single source, and {open} have no known end.",
        "people": "Named people are in the network but not in the list.",
    },
}
_ATTRIBUTES = {"kind": _HEADS["kind"], "county": _HEADS["county"]}


@dataclass(frozen=True, slots=True)
class Measuring:
    """A view, which of its networks, and who is listed.

    `network` is `relations`, `people` or `networks`: everything that ties two agents, or those bound by people, or by networks, that both belong to.
    """

    view: View
    kinds: tuple[str, ...] = ()
    network: str = "relations"
    people: bool = False
    lang: str = "sv"

    def table(self, name: str) -> Table:
        """A measure as a table, the highest first. Raises `UnknownName`."""
        from socialgraph.analysis.measures import ALL, reciprocity, simple

        if name not in ALL:
            close = ", ".join(near(name, ALL)) or ", ".join(ALL)
            raise UnknownName(f"no measure '{name}'; near: {close}", sv=f"inget mått '{name}'; nära: {close}")
        measure = ALL[name]
        if self.network == "relations":
            whole = self._relations()
            graph, held = simple(whole), {key for _, _, key in whole.edges(keys=True)}
            if name == "reciprocity":
                either_way = {k.id for k in self.view.scoped.vocabulary.relation_kinds.values() if k.symmetric}
                return self._table(measure, [row for row in reciprocity(whole) if row[0] not in either_way], graph, held)
        elif name == "reciprocity":
            raise UnknownName("reciprocity is of relations, which have a direction", sv="ömsesidighet gäller relationer, som har en riktning")
        else:
            graph = self.view.projection(self.network)
            held = {id for _, _, told in graph.edges(data=True) for id in told["relations"]}
        return self._table(measure, measure.compute(graph), graph, held)

    def _relations(self) -> networkx.MultiDiGraph[str]:
        """What holds between agents, of the kinds asked for."""
        found, kinds = self.view.network(kinds=self.kinds), self.view.scoped.vocabulary.entity_kinds
        return found.subgraph([id for id in found if kinds[found.nodes[id]["kind"]].is_agent])

    def _table(self, measure: Measure, rows: list[tuple[Cell, ...]], graph: networkx.Graph[str], held: set[str]) -> Table:
        words = self.view.scoped.vocabulary
        whole_of = "attribute" if "assortativity" in measure.columns else "kind"
        lead = {"node": ("entity", "kind", "county"), "edge": ("entity", "other"), "whole": (whole_of,)}[measure.of]
        listed = [row for row in rows if measure.of == "whole" or self._listed(row[: 2 if measure.of == "edge" else 1])]
        last = len(measure.columns)
        if measure.of != "whole":
            up = next(iter(measure.columns)) in ("group", "constraint")
            listed.sort(key=lambda r: ((r[-last] if up else -r[-last]), *(-v if isinstance(v, (int, float)) else 0 for v in r[len(r) - last + 1 :]), r[0]))  # type: ignore[operator]
        cells = tuple((*self._lead(row, measure), *row[-last:]) for row in listed)
        heads = [Column(c, _both(_HEADS[c])) for c in lead] + [Column(c, _both(label)) for c, label in measure.columns.items()]
        about = {"at": self.view.at.isoformat(), "mode": words.label(self.view.mode, self.lang)}
        about |= {"known_by": self.view.known_by.isoformat()} if self.view.known_by else {}
        about |= {"sources": str(len(self.view.scoped.sources)), "build": self.view.build}
        return Table(tuple(heads), cells, about, _both(measure.name), notes=tuple(_both(n) for n in self._notes(measure, graph, held)), lang=self.lang)

    def _listed(self, ids: tuple[Cell, ...]) -> bool:
        kinds = self.view.scoped.vocabulary.entity_kinds
        return self.people or not any(kinds[self.view.entity(str(id)).kind].is_person for id in ids)

    def _lead(self, row: tuple[Cell, ...], measure: Measure) -> tuple[Cell, ...]:
        words, lang = self.view.scoped.vocabulary, self.lang
        if measure.of == "whole":
            word = str(row[0])
            return (getattr(_ATTRIBUTES[word], lang) if word in _ATTRIBUTES else Ref(words.label(word, lang), word, "sg"),)
        ends = [Ref(self.view.name(str(id), lang), str(id), "sgd") for id in row[: 2 if measure.of == "edge" else 1]]
        if measure.of == "edge":
            return tuple(ends)
        entity = self.view.entity(ends[0].id)
        county = Ref(self.view.name(entity.county, lang), entity.county, "sgd") if entity.county else None
        return ends[0], words.label(entity.kind, lang), county

    def _notes(self, measure: Measure, graph: networkx.Graph[str], held: set[str]) -> list[Text]:
        from socialgraph.analysis.measures import parts

        sizes = parts(graph)
        size = {"nodes": len(graph), "ties": graph.number_of_edges(), "parts": len(sizes), "largest": max(sizes, default=0)}
        relations = [r for r in self.view.scoped.relations if r.id in held]
        stand = {
            "single": sum(len({c.source for c in r.claims}) == 1 for r in relations), "all": len(relations),
            "open": sum(not any(c.until for c in r.claims) for r in relations),
        }  # fmt: skip

        def said(key: str, **numbers: int) -> Text:
            return Text(_SAY["sv"][key].format(**numbers), _SAY["en"][key].format(**numbers))

        found = [measure.means, said("size", **size) if sizes else said("none"), said("single", **stand), measure.beware]
        if measure.of != "whole" and not self.people:
            found.append(said("people"))
        return found


def measures(lang: str) -> Table:
    """The measures there are: name, what each is called, what it means."""
    from socialgraph.analysis.measures import ALL

    heads = {"measure": Text("Mått", "Measure"), "title": Text("Namn", "Name"), "means": Text("Betyder", "Means")}
    rows = tuple((name, getattr(m.name, lang), getattr(m.means, lang)) for name, m in ALL.items())
    return Table(tuple(Column(c, _both(t)) for c, t in heads.items()), rows, lang=lang)


def path(view: View, one: str, other: str, *, kinds: Collection[str] = (), lang: str = "sv") -> Table:
    """The shortest way from one entity to another over relations that hold, a row for each step, with its sources as witnesses.

    Of several ways as short the first by ids. No rows, and a note, if there is none.
    """
    from socialgraph.analysis.measures import simple, way

    network = view.network(kinds=kinds)
    graph = simple(network)
    heads = {
        "step": Text("Steg", "Step"),
        "from": Text("Från", "From"),
        "to": Text("Till", "To"),
        "relation": Text("Relation", "Relation"),
        "sources": Text("Källor", "Sources"),
    }
    rows: list[tuple[Cell, ...]] = []
    behind: list[tuple[str, ...]] = []
    notes: list[Text] = []
    steps = way(graph, one, other)
    if not steps:
        notes.append(Text("Ingen väg är känd mellan dem den dagen i det läget.", "No way is known between them on that day in that mode."))
    held = {r.id: r for r in view.relations()}
    for number, (a, b) in enumerate(pairwise(steps), 1):
        ids = sorted({key for x, y in ((a, b), (b, a)) if network.has_edge(x, y) for key in network[x][y]})
        told = "; ".join(getattr(view.sentence(held[id]), lang) for id in ids)
        rows.append(
            (number, Ref(view.name(a, lang), a, "sgd"), Ref(view.name(b, lang), b, "sgd"), told, len({c.source for id in ids for c in held[id].claims}))
        )
        behind.append(tuple(f"sgr:{id}" for id in ids))
    about = {"at": view.at.isoformat(), "mode": view.scoped.vocabulary.label(view.mode, lang), "build": view.build}
    title = Text(f"Vägen från {view.name(one)} till {view.name(other)}", f"The way from {view.name(one, 'en')} to {view.name(other, 'en')}")
    return Table(tuple(Column(c, _both(t)) for c, t in heads.items()), tuple(rows), about, _both(title), tuple(behind), tuple(map(_both, notes)), lang=lang)


def _both(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}
