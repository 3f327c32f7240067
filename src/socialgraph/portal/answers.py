"""The page of a question: its form, its answer as table, time line, county map and network, and the files of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from socialgraph import drawing
from socialgraph.errors import ParameterInvalid, SocialGraphError
from socialgraph.model.outline import Part
from socialgraph.model.picture import Text
from socialgraph.model.relations import Relation
from socialgraph.model.report import Block, Chart, Rows
from socialgraph.model.sentences import capital
from socialgraph.model.table import Table
from socialgraph.model.vocabulary import in_language
from socialgraph.pages import explorer, tilemap
from socialgraph.pages.timeline import Span, timeline
from socialgraph.portal.asked import Asked
from socialgraph.portal.reply import HTML, Reply
from socialgraph.portal.tables import tabled
from socialgraph.reporting import pictures
from socialgraph.view import View

if TYPE_CHECKING:
    from socialgraph.portal.service import Service
    from socialgraph.rdf.queries import Question


def page(asked: Asked) -> Reply:
    """The form of a question, and its answer where all that must be given is given."""
    service, g, lang = asked.service, asked.g, asked.lang
    question = g.question(asked.rest)
    form = asked.one("format")
    ready = all(asked.one(p.name) for p in question.parameters if p.required)
    fields = [_field(asked, question, p) for p in question.parameters]
    known = {
        "name": "known_by",
        "label": asked.say("Känt till (dag)", "Known by (day)"),
        "choices": [],
        "value": asked.one("known_by"),
        "hint": "2019-12",
        "required": False,
        "fixed": False,
    }
    values: dict[str, Any] = {
        "question": question,
        "fields": [*fields, known],
        "evidence": bool(asked.one("evidence")),
        "wrong": "",
        "answer": None,
        "line": None,
        "sentences": [],
        "charts": [],
    }
    if not ready:
        if form:
            raise ParameterInvalid(f"question '{question.name}' needs a value for every required parameter", sv="Alla parametrar som måste anges saknar värde")
        missing = ", ".join(in_language(p.label, lang) for p in question.parameters if p.required and not asked.one(p.name))
        told = asked.say(f"Ange också: {missing}.", f"Give also: {missing}.") if any(v for vs in asked.given.values() for v in vs) else ""
        return asked.render("question", **values | {"wrong": told})
    try:
        table = service.asked(question.name, asked.given, lang)
    except SocialGraphError as error:
        if form:
            raise
        return asked.render("question", **values | {"wrong": error.text(lang)})
    if form in ("map", "network"):
        return _pictured(asked, table, form)
    if form:
        return tabled(table, form, question.name, lang)
    view = service.of(asked.one("build")).view(at=table.about["at"] if len(table.about["at"]) == 10 else "", known_by=asked.one("known_by"))
    ids = {w[4:] for row in table.witnesses for w in row}
    behind = [r for r in view.scoped.relations if r.id in ids]
    relations = behind if len(ids) <= 200 else []
    spans = [span(view, r, lang) for r in relations]
    address = f"{asked.url(asked.path)}?{urlencode([(k, v) for k, vs in asked.given.items() for v in vs if v and k not in ('format', 'build')])}"
    kinds = [("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"), ("Markdown", "md")]
    kinds += [(asked.say("Länskarta", "County map"), "map")] if _counties(table) else []
    kinds += [(asked.say("Nätverk", "Network"), "network")] if behind else []
    link = table.about["link"].partition("?")
    takes = [(label, f"{address}&format={kind}") for label, kind in kinds]
    if service.still:  # the files that are written beside the page
        takes = [(label, asked.url(f"/questions/{question.name}.{kind}")) for label, kind in kinds if kind in ("csv", "xlsx", "json")]
    return asked.render(
        "question",
        **values
        | {
            "answer": table,
            "line": timeline(spans, view.at) if spans else None,
            "summary": table.heading(lang).split("\n")[-1] + " · " + table.footing(lang).split("\n")[0],
            "takes": takes,
            "sentences": [(getattr(view.prose(r), lang), r.id) for r in relations],
            "charts": _charts(question, table, view, relations, lang),
            "link": table.about["link"],
            "permalink": f"{asked.url('/questions/' + link[0])}?{link[2]}",
            "sparql": _sparql_of(service, question.name, asked),
        },
    )


def _charts(question: Question, table: Table, view: View, relations: list[Relation], lang: str) -> list[Chart]:
    """The pictures of an answer: its counties on a map, its relations as a network."""
    made: list[Block] = []
    county, value = _counties(table) or ("", None)
    if value:
        label = {"sv": "Länskarta", "en": "County map"}
        part = Part("chart", question.name, columns=(county, value), chart="map", label=label)
        made += pictures.of_table(part, in_language(label, lang), table, Rows(question.name, "", table), lang)
    if len(relations) > 1:
        made += pictures.network(view, relations, {"sv": "Nätverk", "en": "Network"}[lang], lang, "", lambda _: ())
    return [block for block in made if isinstance(block, Chart)]


def _sparql_of(service: Service, name: str, asked: Asked) -> str:
    one = {k: v[-1] for k, v in asked.given.items() if v and v[-1]}
    own = {p.name for p in asked.g.question(name).parameters}
    given = {k: v for k, v in one.items() if k in own and k not in ("mode", "at")}
    return service.of(one.get("build", "")).rendered(name, at=one.get("at", ""), mode=one.get("mode", ""), lang=asked.lang, **given)


def _field(asked: Asked, question: Any, p: Any) -> dict[str, Any]:
    choices = [(str(row[0]), str(row[1])) for row in asked.g.choices(question.name, p.name, lang=asked.lang).rows]
    label = in_language(p.label, asked.lang)
    value = asked.one(p.name, (p.default or "presumed") if p.kind == "mode" else p.default)
    if choices and value and value not in dict(choices):
        choices = [*choices, (value, value)]
    hint = {"day": asked.g.last_day.isoformat(), "entity": "SKR", "integer": "10"}.get(p.kind, question.example.get(p.name, ""))
    return {
        "name": p.name,
        "label": capital(label),
        "choices": choices,
        "value": value,
        "hint": hint,
        "required": p.required,
        "fixed": p.kind == "mode",
    }


def _counties(table: Table) -> tuple[str, str | None] | None:
    """The columns of an answer that a map shows, county and value; none if it has no counties or no rows."""
    try:
        return tilemap.choose(table) if table.rows else None
    except ParameterInvalid:
        return None


def _pictured(asked: Asked, table: Table, form: str) -> Reply:
    if form == "map":
        county, value = tilemap.choose(table)
        return Reply(tilemap.render(table, county=county, value=value, lang=asked.lang).encode("utf-8"), HTML, own_policy=True)
    g = asked.service.of(asked.one("build"))
    view = g.view(at=table.about["at"] if len(table.about["at"]) == 10 else "", mode=asked.one("mode") or "presumed", known_by=asked.one("known_by"))
    ids = {w[4:] for row in table.witnesses for w in row}
    title = Text(in_language(table.title, "sv"), in_language(table.title, "en"))
    picture = drawing.placed(view.picture(among=ids, title=title, every_day=True))
    return Reply(explorer.render(picture, lang=asked.lang).encode("utf-8"), HTML, own_policy=True)


def span(view: View, relation: Relation, lang: str) -> Span:
    """A relation as a bar of the time line."""
    return Span(getattr(view.sentence(relation), lang), view.state(relation), relation.times)
