"""The pages for people: what each shows, gathered from the graph and handed to the templates."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from socialgraph import looking
from socialgraph.errors import SocialGraphError
from socialgraph.exporting import FORMS
from socialgraph.model.sentences import capital
from socialgraph.model.table import Column, Ref, Table
from socialgraph.model.vocabulary import in_language
from socialgraph.model.words import date_words
from socialgraph.pages import site, tilemap
from socialgraph.pages.timeline import timeline
from socialgraph.portal import answers, dossier, protocol, reports
from socialgraph.portal.asked import Asked
from socialgraph.portal.reply import HTML, TITLES, Problem, Reply
from socialgraph.telling import about_source, dated

if TYPE_CHECKING:
    from socialgraph.graph import SocialGraph
    from socialgraph.model.claims import Entity
    from socialgraph.portal.service import Given, Service

_ASKED: Final = ("rss-hosts", "staff-loans", "members", "funding", "coverage", "county-profile")
"""Questions that the start page names, those of them that there are."""
_ROUTES: Final = (
    ("/sparql", "SPARQL 1.1 Protocol, GET och POST", "SPARQL 1.1 Protocol, GET and POST"),
    ("/graph?default · /graph?graph=IRI", "SPARQL 1.1 Graph Store Protocol, läsning", "SPARQL 1.1 Graph Store Protocol, for reading"),
    ("/api/questions", "frågekatalogen", "the question catalogue"),
    ("/api/find?q=…", "entiteter efter namn eller nummer", "entities by name or number"),
    ("/api/entities/{id}", "allt om en entitet", "everything about an entity"),
    ("/api/relations/{id}", "vem som säger det", "who says so"),
    ("/id/{id}", "länkade data: 303 till sida, Turtle eller JSON-LD", "linked data: 303 to page, Turtle or JSON-LD"),
    ("/reconcile", "OpenRefine: Reconciliation API 0.2", "OpenRefine: Reconciliation API 0.2"),
    ("/void", "VoID och tjänstebeskrivning", "VoID and service description"),
    ("/exports/{form}", "hela grafen: " + ", ".join(FORMS), "the whole graph: " + ", ".join(FORMS)),
    ("/health", "bygget som visas", "the build that is served"),
)


def page(service: Service, path: str, given: Given, lang: str) -> Reply:
    """The page at a path. Raises `Problem` 404, and as the graph does."""
    first, _, rest = path.strip("/").partition("/")
    made = _PAGES.get((first, bool(rest)))
    if made is None:
        raise Problem(404, f"Det finns ingen sida {path}.", f"There is no page {path}.")
    return made(Asked(service, path, rest, given, lang))


def failed(status: int, detail: str, *, lang: str) -> Reply:
    """The page that says what went wrong."""
    title = TITLES[status][lang == "en"]
    return Reply(site.render("failed", lang=lang, path="/", title=title, detail=detail), HTML, status)


# ── start and catalogue


def _start(asked: Asked) -> Reply:
    g, lang = asked.g, asked.lang
    counts = g.built.counts
    words = {
        "entities": ("entiteter", "entities"),
        "relations": ("relationer", "relations"),
        "claims": ("påståenden", "claims"),
        "sources": ("källor", "sources"),
    }
    counties = [(c.id, c.name) for c in sorted(tilemap.GRID, key=lambda c: c.name.translate(_SORTED)) if c.id in g.holdings.entities]
    latest = sorted(g.holdings.sources.values(), key=lambda s: (s.published_day, s.id), reverse=True)[:6]
    held = g.query("coverage", lang=lang)
    return asked.render(
        "start",
        counts=[(words[k][lang == "en"], f"{counts[k]:,}".replace(",", "\u00a0")) for k in words if k in counts],
        counties=counties,
        asked=[g.question(q) for q in _ASKED if q in g.catalogue],
        questions=len(g.catalogue.questions),
        latest=[{"id": s.id, "title": s.title, "published": date_words(s.published, lang)} for s in latest],
        dataset=site.data_block(json.dumps(dossier.dataset(g, lang), ensure_ascii=False)),
        known=sum(isinstance(s, Ref) and s.id == "coverage-known" for s in held.column("state")),
        cells=len(held),
    )


_SORTED = str.maketrans("ÅÄÖåäö", "{|}{|}")


def _questions(asked: Asked) -> Reply:
    found: dict[str, list[Any]] = {theme: [] for theme in asked.g.catalogue.themes}
    for question in asked.g.catalogue.questions.values():
        found[question.theme].append(question)
    themes = [(in_language(asked.g.catalogue.themes[t], asked.lang), qs) for t, qs in found.items() if qs]
    return asked.render("questions", themes=themes)


# ── finding and telling


def _find(asked: Asked) -> Reply:
    g, sought = asked.g, asked.one("q").strip()[:200]
    if asked.service.still:
        return asked.render("find")
    found = g.entities(g.find(sought, most=50), lang=asked.lang) if sought else Table((), ())
    near = ""
    if sought and not found.rows:
        try:
            g.resolve(sought)
        except SocialGraphError as error:
            near = error.text(asked.lang).partition("; ")[2].partition(": ")[2]
    return asked.render("found", sought=sought, found=found, near=near)


def _entities(asked: Asked) -> Reply:
    g, lang, view = asked.g, asked.lang, asked.g.view()
    groups: dict[str, list[tuple[str, str]]] = {}
    for entity in g.holdings.entities.values():
        groups.setdefault(entity.kind, []).append((view.name(entity.id, lang), entity.id))
    listed = sorted((capital(g.vocabulary.label(kind, lang)), sorted(found, key=_alphabetical)) for kind, found in groups.items())
    return asked.render("entities", groups=listed, number=len(g.holdings.entities))


def _alphabetical(named: tuple[str, str]) -> tuple[str, str]:
    return named[0].casefold().translate(_SORTED), named[1]


def _entity(asked: Asked) -> Reply:
    g = asked.g
    entity = g.resolve(asked.rest)
    view = g.view(at=asked.one("at"), mode=asked.one("mode") or "presumed", known_by=asked.one("known_by"))
    told = dossier.dossier(g, entity, view, asked.lang)
    spans = [answers.span(view, r, asked.lang) for r in told.relations]
    data = protocol.about(g, entity.id, accept="application/ld+json", most=2_000_000).body.decode("utf-8")
    modes = [(m, g.vocabulary.label(m, asked.lang)) for m in ("certain", "presumed", "possible")]
    return asked.render(
        "entity",
        **told.values,
        line=timeline(spans, view.at),
        at=asked.one("at"),
        mode=view.mode,
        modes=modes,
        jsonld=site.data_block(data),
        schema=site.data_block(json.dumps(dossier.schema_org(g, entity, asked.lang), ensure_ascii=False)),
        report=_reported(g, entity),
    )


def _reported(g: SocialGraph, entity: Entity) -> str:
    """The report that an entity has: a county its profile, an organisation or network that of organisations; people none."""
    if entity in g.counties:
        return "county"
    kind = g.vocabulary.entity_kinds[entity.kind]
    return "organisation" if kind.is_agent and not kind.is_person else ""


def _relation(asked: Asked) -> Reply:
    g, lang = asked.g, asked.lang
    if not looking.is_digest((asked.rest,)):
        raise Problem(404, f"Det finns ingen relation {asked.rest}.", f"There is no relation {asked.rest}.")
    view = g.view()
    item, *_ = looking.meant((asked.rest,), (), view)
    witnesses = g.why(asked.rest, lang=lang, view=view)
    values = dossier.relation(view, item, lang)
    shown = [i for i, c in enumerate(witnesses.columns) if c.name != "relation"]
    told = Table(tuple(witnesses.columns[i] for i in shown), tuple(tuple(row[i] for i in shown) for row in witnesses.rows), lang=lang)
    return asked.render("relation", witnesses=told, **values)


def _sources(asked: Asked) -> Reply:
    g, lang = asked.g, asked.lang
    heads = (
        Column("source", {"sv": "Källa", "en": "Source"}),
        Column("publisher", {"sv": "Utgivare", "en": "Publisher"}),
        Column("published", {"sv": "Publicerad", "en": "Published"}),
        Column("claims", {"sv": "Påståenden", "en": "Claims"}),
    )
    numbers = Counter(claim.source for claim in g.holdings.claims)
    view = g.view()
    found = sorted(g.holdings.sources.values(), key=lambda s: (s.published_day, s.id), reverse=True)
    rows = tuple((Ref(s.title, s.id, "sgs"), Ref(view.name(s.publisher, lang), s.publisher, "sgd"), dated(s, lang), numbers[s.id]) for s in found)
    return asked.render("sources", sources=Table(heads, rows, lang=lang))


def _source(asked: Asked) -> Reply:
    g, lang = asked.g, asked.lang
    if asked.rest not in g.holdings.sources:
        raise Problem(404, f"Det finns ingen källa {asked.rest}.", f"There is no source {asked.rest}.")
    source, view = g.holdings.sources[asked.rest], g.view()
    return asked.render("source", source=source, about=about_source(view, source, lang), says=dossier.says(view, source, lang))


def _ontology(asked: Asked) -> Reply:
    v, lang = asked.g.vocabulary, asked.lang
    other = "en" if lang == "sv" else "sv"

    def word(id: str, labels: Mapping[str, str], prefix: str, told: str) -> dict[str, str]:
        return {"id": id, "label": in_language(labels, lang), "other": in_language(labels, other), "name": f"{prefix}:{id}", "told": told}

    def names(kinds: Any) -> str:
        return ", ".join(v.label(k, lang) for k in sorted(kinds)) or asked.say("vilka som helst", "any")

    relations = [
        word(
            k.id,
            k.label,
            "sg",
            asked.say(
                f"”{in_language(k.forward, 'sv')}”, från {names(k.from_kinds)} till {names(k.to_kinds)}",
                f"“{in_language(k.forward, 'en')}”, from {names(k.from_kinds)} to {names(k.to_kinds)}",
            ),
        )
        for k in v.relation_kinds.values()
    ]
    schemes: dict[str, list[dict[str, str]]] = {}
    for c in v.concepts.values():
        schemes.setdefault(c.scheme, []).append(word(c.id, c.label, "sgc", ""))
    kinds = [word(k.id, k.label, "sg", names(k.ancestors - {k.id}) if k.ancestors - {k.id} else "") for k in v.entity_kinds.values()]
    facts = [word(k.id, k.label, "sg", "") for k in v.fact_kinds.values()]
    groups = [(asked.say("Entiteter", "Entities"), kinds), (asked.say("Relationer", "Relations"), relations), (asked.say("Uppgifter", "Facts"), facts)]
    named = {*v.entity_kinds, *v.relation_kinds, *v.fact_kinds}
    groups.append((asked.say("Egenskaper", "Properties"), [word(id, labels, "sg", "") for id, labels in sorted(v.properties.items()) if id not in named]))
    groups += [(v.label(s, lang) or s, words) for s, words in sorted(schemes.items())]
    return asked.render("ontology", groups=groups)


# ── bench, about, pictures


def _bench(asked: Asked) -> Reply:
    g, lang = asked.g, asked.lang
    examples = [(q.name, in_language(q.title, lang)) for q in g.catalogue.questions.values()]
    example, query = asked.one("example"), asked.one("query")
    if example and (asked.one("take") or not query):
        question = g.question(example)
        query = g.rendered(example, lang=lang, **{k: v for k, v in question.example.items() if k not in ("at", "mode")})
    values: dict[str, Any] = {
        "examples": examples,
        "example": example,
        "query": query or g.catalogue.text("views", "bench"),
        "wrong": "",
        "answer": None,
        "summary": "",
        "takes": [],
        "chart": None,
        "has_editor": site.has_editor(),
    }
    if query and not asked.one("take"):
        try:
            table = g.sparql(query, lang=lang)
        except SocialGraphError as error:
            return asked.render("bench", **values | {"wrong": error.text(lang)})
        forms = [("JSON", "application/sparql-results+json"), ("CSV", "text/csv"), ("Turtle", "text/turtle")]
        triples = [c.name for c in table.columns] == ["subject", "predicate", "object"]
        takes = [(n, f"/sparql?{urlencode({'query': query, 'format': media})}") for n, media in forms if (media == "text/turtle") == triples]
        values |= {"answer": table, "summary": table.footing(lang).split("\n")[0], "takes": takes, "chart": _chart(table)}
    return asked.render("bench", **values)


def _chart(table: Table) -> dict[str, Any] | None:
    """Bars where the answer is words with one number each."""
    if not 2 <= len(table.rows) <= 60 or len(table.columns) != 2:
        return None
    rows = [(row[0], row[1]) for row in table.rows]
    if any(isinstance(n, bool) or not isinstance(n, (int, float)) or n < 0 or not isinstance(w, str) for w, n in rows):
        return None
    most = max(float(n) for _, n in rows) or 1.0  # type: ignore[arg-type]
    return {"title": table.columns[1].heading(table.lang), "bars": [(w, round(100 * float(n) / most, 1), n) for w, n in rows]}  # type: ignore[arg-type]


def _about(asked: Asked) -> Reply:
    return asked.render("about", forms=[(name, what) for name, _, what in asked.g.forms(lang=asked.lang)])


def _api(asked: Asked) -> Reply:
    routes = [(place, asked.say(sv, en)) for place, sv, en in _ROUTES]
    found = [
        (q, [p for p in q.parameters if p.kind != "mode" and p.name != "at"], f"/api/questions/{q.name}?{urlencode(q.example)}".rstrip("?"))
        for q in asked.g.catalogue.questions.values()
    ]
    return asked.render("api", routes=routes, questions=found)


def _explorer(asked: Asked) -> Reply:
    g = asked.g
    view = g.view(at=asked.one("at"), mode=asked.one("mode") or "possible", known_by=asked.one("known_by"))
    of = [v for v in asked.given.get("of", ()) if v]
    return _written(lambda into: g.explore(view, into=into, of=of, lang=asked.lang))


def _coverage(asked: Asked) -> Reply:
    return _written(lambda into: asked.g.coverage(into=into, at=asked.one("at"), mode=asked.one("mode") or "presumed", lang=asked.lang))


def _written(write: Callable[[Path], Path]) -> Reply:
    """A page that is one file with a policy of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return Reply(write(Path(folder) / "page.html").read_bytes(), HTML, own_policy=True)


_PAGES: Final[Mapping[tuple[str, bool], Callable[[Asked], Reply]]] = {
    ("", False): _start,
    ("questions", False): _questions,
    ("questions", True): answers.page,
    ("find", False): _find,
    ("entities", False): _entities,
    ("entities", True): _entity,
    ("reports", False): reports.listed,
    ("reports", True): reports.page,
    ("relations", True): _relation,
    ("sources", False): _sources,
    ("sources", True): _source,
    ("ontology", False): _ontology,
    ("bench", False): _bench,
    ("about", False): _about,
    ("api", False): _api,
    ("explorer", False): _explorer,
    ("coverage", False): _coverage,
}
"""The pages by the first word of the path, and whether more follows it."""
