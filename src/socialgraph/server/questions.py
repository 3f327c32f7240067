"""The question API: one operation for each question, its parameters from the question's header; OpenAPI follows from it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import FastAPI, Query
from starlette.requests import Request
from starlette.responses import Response

from socialgraph.server.generation import Site
from socialgraph.server.sending import spoken

_Lang = Annotated[Literal["sv", "en"] | None, Query(description="Language of names and headings")]
_Form = Annotated[Literal["json", "csv", "md", "xlsx"], Query(alias="format", description="Form of the table")]
_TABLE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A table",
        "content": {"application/json": {}, "text/csv": {}, "text/markdown": {}, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {}},
    },
    400: {"description": "What was given does not fit", "content": {"application/problem+json": {}}},
    404: {"description": "There is no such thing", "content": {"application/problem+json": {}}},
    503: {"description": "Time or power did not suffice", "content": {"application/problem+json": {}}},
}


def add(api: FastAPI, site: Site, questions: list[dict[str, Any]]) -> None:
    """Add the operations of these questions (`portal.service.questions`), and those that find, show and check."""

    def route(path: str, does: Callable[..., Any], summary: str, **more: Any) -> None:
        api.add_api_route(path, does, methods=["GET"], summary=summary, response_class=Response, responses=more.pop("responses", _TABLE), **more)

    async def catalogue(request: Request, lang: _Lang = None) -> Response:
        return await site.reply(request, "pages", "catalogue", lang=lang or spoken(request))

    async def find(
        request: Request, q: Annotated[str, Query(min_length=1, max_length=200)], most: Annotated[int, Query(ge=1, le=200)] = 20, lang: _Lang = None
    ) -> Response:
        return await site.reply(request, "pages", "find", q=q, most=most, lang=lang or spoken(request))

    async def entity(request: Request, id: str, form: _Form = "json", lang: _Lang = None) -> Response:
        return await site.reply(request, "pages", "entity", id=id, form=form, lang=lang or spoken(request))

    async def relation(request: Request, id: str, form: _Form = "json", lang: _Lang = None) -> Response:
        return await site.reply(request, "pages", "relation", id=id, form=form, lang=lang or spoken(request))

    async def check(request: Request, query: Annotated[str, Query(max_length=20_000)], lang: _Lang = None) -> Response:
        return await site.reply(request, "pages", "checked", text=query, lang=lang or spoken(request))

    async def offers(request: Request, lang: _Lang = None) -> Response:
        return await site.reply(request, "pages", "offers", lang=lang or spoken(request))

    route("/api/questions", catalogue, "The question catalogue")
    route("/api/find", find, "Entities by any name, past or present, or number")
    route("/api/entities/{id}", entity, "Everything held of an entity")
    route("/api/relations/{id}", relation, "Who attests a relation or fact")
    route("/api/sparql/check", check, "What is wrong with a query, if anything")
    route("/api/sparql/offers", offers, "What a SPARQL writer may be offered")
    for question in questions:
        route(
            f"/api/questions/{question['name']}",
            _operation(site, question),
            question["title"]["en"],
            description=question["description"]["en"],
            operation_id=question["name"].replace("-", "_"),
            tags=[question["theme"]],
        )


def _operation(site: Site, question: Mapping[str, Any]) -> Callable[..., Any]:
    """A function whose signature FastAPI reads: the question's own parameters, then day, mode, known-by, sources, language and form."""

    async def ask(request: Request, **given: Any) -> Response:
        lang, form = given.pop("lang") or spoken(request), given.pop("form")
        told = {name: [str(v) for v in (value if isinstance(value, list) else [value])] for name, value in given.items() if value not in (None, "", False)}
        return await site.reply(request, "pages", "query", question=question["name"], given=told, lang=lang, form=form)

    day = Query(description="A day, month, season or year (EDTF)", max_length=40)
    found: dict[str, tuple[Any, Any]] = {}
    for p in question["parameters"]:
        said = Query(description=p["label"]["en"], max_length=400)
        kind: Any = Literal[tuple(p["choices"])] if p["choices"] else int if p["kind"] == "integer" else str
        found[p["name"]] = (
            (Annotated[kind, said], inspect.Parameter.empty) if p["required"] else (Annotated[kind | None, day if p["kind"] == "day" else said], None)
        )
    found.setdefault("at", (Annotated[str | None, day], None))
    found.setdefault("mode", (Annotated[Literal["certain", "presumed", "possible"] | None, Query(description="How sure")], None))
    found["known_by"] = (Annotated[str | None, day], None)
    found.setdefault("source", (Annotated[list[str] | None, Query(description="Use only these sources")], None))
    found["build"] = (Annotated[str | None, Query(description="A build that was kept", pattern=r"^[0-9a-f]{8,64}$")], None)
    found["evidence"] = (Annotated[bool, Query(description="Each row with its witnesses")], False)
    found |= {"lang": (_Lang, None), "form": (_Form, "json")}
    only = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter(n, only, default=d, annotation=a) for n, (a, d) in found.items()]
    ask.__signature__ = inspect.Signature([inspect.Parameter("request", only, annotation=Request), *parameters])  # type: ignore[attr-defined]
    ask.__name__ = question["name"].replace("-", "_")
    return ask
