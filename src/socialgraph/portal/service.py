"""The service of one build: requests by name, replies out. It runs in a worker that may be killed at any time, and keeps nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from socialgraph.errors import SocialGraphError
from socialgraph.exporting import FORMS
from socialgraph.graph import SocialGraph
from socialgraph.model.table import Table
from socialgraph.portal import pages, protocol, reconcile
from socialgraph.portal.reply import JSON, Problem, Reply, as_json, problem, status_of
from socialgraph.portal.tables import tabled

MOST = 20_000_000
"""Bytes of the largest answer."""
SCOPE = ("at", "mode", "known_by", "source", "lang", "format", "build", "evidence")
_FILES = {
    ".zip": "application/zip",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".trig": "application/trig; charset=utf-8",
}
Given = Mapping[str, Sequence[str]]


def opened(root: str | None, build: str, most: int = MOST) -> Callable[[str, dict[str, Any]], Reply]:
    """A build opened for answering: what a worker runs. Everything that is slow the first time is done here."""
    g = SocialGraph.open(root, build=build)
    g.find("skr")
    g.vet(g.catalogue.text("views", "bench"))
    return partial(answer, Service(g, root, most))


def answer(service: Service, name: str, arguments: Mapping[str, Any]) -> Reply:
    """The reply to a request; an error the graph raises on purpose becomes a problem, as a page where a page was asked for."""
    lang = arguments.get("lang", "sv")
    try:
        return _DOES[name](service, **arguments)
    except SocialGraphError as error:
        status, sv, en = status_of(error), error.text("sv"), error.text("en")
    except Problem as error:
        status, sv, en = error.status, error.sv, error.en
    if name == "page":
        return pages.failed(status, sv if lang == "sv" else en, lang=lang)
    return problem(status, sv, en, lang=lang)


class Service:
    """One build, and the other builds that links may name; `still` says that the pages are written to files, with no server behind them."""

    def __init__(self, g: SocialGraph, root: str | None, most: int = MOST, *, still: bool = False) -> None:
        self.g, self.still = g, still
        self.most = most
        self._of = cache(lambda build: SocialGraph.open(root, build=build))

    def of(self, build: str) -> SocialGraph:
        """The build a link names; without a name, or of its own, the one that is served. Raises `BuildMissing`."""
        return self.g if not build or self.g.built.id.startswith(build) else self._of(build)

    # ── SPARQL

    def sparql(self, *, text: str, accept: str = "", default: Sequence[str] = (), named: Sequence[str] = (), lang: str = "sv") -> Reply:  # noqa: ARG002
        """SPARQL 1.1 Protocol, the query operation."""
        return protocol.sparql(self.g, text, accept=accept, default=default, named=named, most=self.most)

    def graph(self, *, iri: str | None, accept: str = "", lang: str = "sv") -> Reply:  # noqa: ARG002
        """SPARQL 1.1 Graph Store Protocol, GET."""
        return protocol.graph(self.g.store, iri, accept=accept, most=self.most)

    def description(self, *, accept: str = "", endpoint: str, lang: str = "sv") -> Reply:  # noqa: ARG002
        """The service description and VoID, of the endpoint under this address."""
        return protocol.description(self._exported("void").replace(b"https://w3id.org/socialgraph/sparql", endpoint.encode("ascii")), accept=accept)

    def checked(self, *, text: str, lang: str = "sv") -> Reply:
        """What is wrong with a query, for an editor: an empty list, or one error with its text."""
        try:
            self.g.vet(text)
        except SocialGraphError as error:
            return Reply(as_json([{"text": error.text(lang)}]), JSON)
        return Reply(as_json([]), JSON)

    def offers(self, *, lang: str = "sv") -> Reply:
        """What a SPARQL writer may be offered."""
        made = [{"term": o.text, "label": o.label, "what": o.what, "names": list(o.words)} for o in self.g.offers(lang=lang)]
        return Reply(as_json(made), JSON)

    # ── questions, entities, relations

    def query(self, *, question: str, given: Given, lang: str = "sv", form: str = "json") -> Reply:
        """A question of the catalogue, answered as a table in a form."""
        return tabled(self.asked(question, given, lang), form, question, lang)

    def asked(self, question: str, given: Given, lang: str) -> Table:
        """The answer to a question, of what a form or a link gives. Raises as `SocialGraph.query` does."""
        one = {name: values[-1] for name, values in given.items() if values and values[-1] != ""}
        scope = {name: one[name] for name in ("at", "mode", "known_by") if name in one}
        sources = tuple(s for s in given.get("source", ()) if s)
        rest = {k: v for k, v in one.items() if k not in SCOPE or (k == "source" and "source" in self._own(question))}
        if "source" in rest:
            sources = ()
        return self.of(one.get("build", "")).query(question, lang=lang, evidence="evidence" in one, sources=sources, **scope, **rest)

    def _own(self, question: str) -> set[str]:
        return {p.name for p in self.g.question(question).parameters}

    def catalogue(self, *, lang: str = "sv") -> Reply:
        """Every question with its title, description and typed parameters."""
        return Reply(as_json(questions(self.g, lang)), JSON)

    def find(self, *, q: str, most: int = 20, lang: str = "sv") -> Reply:
        """Entities by any name past or present, or number."""
        return tabled(self.g.entities(self.g.find(q, most=most), lang=lang), "json", "find", lang)

    def entity(self, *, id: str, lang: str = "sv", accept: str = "", form: str = "json") -> Reply:
        """Everything held of an entity: as a table, or as RDF where `accept` likes that."""
        entity = self.g.resolve(id)
        if accept:
            return protocol.about(self.g, entity.id, accept=accept, most=self.most)
        return tabled(self.g.show(entity.id, lang=lang), form, entity.id, lang)

    def relation(self, *, id: str, lang: str = "sv", form: str = "json") -> Reply:
        """The witnesses of a relation or fact."""
        return tabled(self.g.why(id, lang=lang), form, id, lang)

    # ── files and pages

    def export(self, *, form: str, lang: str = "sv") -> Reply:
        """The graph in a form of export."""
        body = self._exported(form, lang)  # raises for a form that is not known
        suffix = FORMS[form].suffix
        name = f"socialgraph-{form}-{self.g.built.id}{suffix}"
        return Reply(body, _FILES[suffix], headers={"Content-Disposition": f'attachment; filename="{name}"'})

    def _exported(self, form: str, lang: str = "sv") -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            return self.g.export(form, into=Path(folder) / f"export{FORMS[form].suffix if form in FORMS else ''}", lang=lang).read_bytes()

    def page(self, *, path: str, given: Given, lang: str = "sv") -> Reply:
        """A page for people."""
        return pages.page(self, path, given, lang)

    def reconcile(self, *, what: str, given: Mapping[str, Any], address: str, lang: str = "sv") -> Reply:
        """The Reconciliation API: manifest, queries, suggestions, previews, data extension."""
        return reconcile.reply(self.g, what, given, address, lang)


def questions(g: SocialGraph, lang: str) -> list[dict[str, Any]]:
    """The catalogue as values: name, theme, title, description, parameters with their kinds and choices."""
    made = []
    for question in g.catalogue.questions.values():
        parameters = [
            {
                "name": p.name,
                "kind": p.kind,
                "label": dict(p.label),
                "required": p.required,
                "default": p.default,
                "choices": ([str(row[0]) for row in g.choices(question.name, p.name, lang=lang).rows] if p.kind in ("mode", "kind", "concept") else []),
            }
            for p in question.parameters
        ]
        made.append(
            {
                "name": question.name,
                "theme": question.theme,
                "title": dict(question.title),
                "description": dict(question.description),
                "parameters": parameters,
                "example": dict(question.example),
                "evidence": not question.without_evidence,
            }
        )
    return made


_DOES: Mapping[str, Callable[..., Reply]] = {
    name: getattr(Service, name)
    for name in (
        "sparql",
        "graph",
        "description",
        "checked",
        "offers",
        "query",
        "catalogue",
        "find",
        "entity",
        "relation",
        "export",
        "page",
        "reconcile",
    )
}
"""The requests there are; nothing else can be called from outside."""
