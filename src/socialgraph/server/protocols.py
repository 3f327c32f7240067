"""The routes of W3C protocols and of files, where a framework would only be in the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialgraph.portal.accept import choose
from socialgraph.portal.reply import Problem
from socialgraph.portal.shared import asset
from socialgraph.server.generation import Site
from socialgraph.server.sending import spoken

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_MEDIA: Final = {"turtle": "text/turtle", "jsonld": "application/ld+json", "ntriples": "application/n-triples", "rdfxml": "application/rdf+xml"}


class Protocols:
    """What answers them."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[tuple[str, Callable[[Request], Awaitable[Response]], list[str]]]:
        """Every route: path, what answers, methods."""
        both = ["GET", "POST"]
        return [
            ("/sparql", self.sparql, both),
            ("/graph", self.graph, ["GET"]),
            ("/void", self.void, ["GET"]),
            ("/.well-known/void", self.void, ["GET"]),
            ("/id/{slug}", self.identified, ["GET"]),
            ("/exports/{form}", self.export, ["GET"]),
            ("/static/{name}", self.static, ["GET"]),
            ("/health", self.health, ["GET"]),
            ("/reconcile", self.reconcile, both),
            ("/reconcile/{what:path}", self.reconcile, both),
        ]

    async def _asked(self, request: Request) -> dict[str, list[str]]:
        """What is asked, in the address, in a form, or as the body itself."""
        given = parse_qs(request.url.query, keep_blank_values=True, max_num_fields=50)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method == "POST":
            try:
                text = (await self._site.body(request)).decode("utf-8")
            except UnicodeDecodeError:
                raise Problem(400, "Begäran är inte UTF-8.", "The request is not UTF-8.") from None
            if kind == FORM:
                given = parse_qs(text, keep_blank_values=True, max_num_fields=50)
            elif kind == QUERY:
                given["query"] = [text]
            elif kind != UPDATE:
                raise Problem(415, f"En fråga sänds som {FORM} eller {QUERY}.", f"A query is sent as {FORM} or {QUERY}.")
        if "update" in given or kind == UPDATE:
            raise Problem(403, "Grafen ändras inte härifrån.", "The graph is not changed from here.")
        return given

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol, section 2.1: GET, POST with a form, POST directly."""
        given = await self._asked(request)
        texts = given.get("query", [])
        if not texts and request.method != "POST":
            wanted = choose(
                request.headers.get("accept", ""), ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples", "text/html")
            )
            if wanted == "text/html":
                return _see("/bench")
            return await self._site.reply(request, "pages", "description", accept=request.headers.get("accept", ""), endpoint=_address(request) + "/sparql")
        if len(texts) != 1:
            raise Problem(400, "Sänd exakt en fråga som query.", "Send exactly one query as query.")
        wanted = given.get("format", [""])[-1]  # a media type, for links; other clients send other words there
        accept = wanted if "/" in wanted else request.headers.get("accept", "")
        return await self._site.reply(
            request,
            "queries",
            "sparql",
            text=texts[0],
            accept=accept,
            default=given.get("default-graph-uri", []),
            named=given.get("named-graph-uri", []),
        )

    async def graph(self, request: Request) -> Response:
        """Graph Store Protocol, section 5.2: GET of a named graph or the default one."""
        given = parse_qs(request.url.query, keep_blank_values=True, max_num_fields=20)
        names = given.get("graph", [])
        if (len(names) == 1) == ("default" in given):
            raise Problem(400, "Skriv ?default eller ?graph=IRI.", "Write ?default or ?graph=IRI.")
        return await self._site.reply(request, "queries", "graph", iri=names[0] if names else None, accept=request.headers.get("accept", ""))

    async def void(self, request: Request) -> Response:
        """VoID and the service description."""
        return await self._site.reply(request, "pages", "description", accept=request.headers.get("accept", ""), endpoint=_address(request) + "/sparql")

    async def identified(self, request: Request) -> Response:
        """Linked data: 303 to the page or the data (Cool URIs for the Semantic Web, section 4.2)."""
        slug, form = request.path_params["slug"], request.query_params.get("format", "")
        if form in _MEDIA:
            return await self._site.reply(request, "pages", "entity", id=slug, accept=_MEDIA[form])
        wanted = choose(request.headers.get("accept", ""), ("text/html", *_MEDIA.values()))
        if not wanted:
            raise Problem(406, "Formerna är HTML, Turtle, JSON-LD, N-Triples och RDF/XML.", "The forms are HTML, Turtle, JSON-LD, N-Triples and RDF/XML.")
        check = await self._site.reply(request, "pages", "entity", id=slug)
        if check.status_code >= 400:
            return check
        chosen = next((name for name, m in _MEDIA.items() if m == wanted), "")
        place = f"/id/{slug}?{urlencode({'format': chosen})}" if chosen else f"{'/en' if spoken(request) == 'en' else ''}/entities/{slug}"
        return _see(place)

    async def export(self, request: Request) -> Response:
        """The graph in a form of export."""
        return await self._site.reply(request, "pages", "export", form=request.path_params["form"])

    async def static(self, request: Request) -> Response:
        """A style or script of the pages."""
        found = asset(request.path_params["name"])
        if found is None:
            raise Problem(404, "Filen finns inte.", "There is no such file.")
        body, media = found
        tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(body, headers={"ETag": tag, "Cache-Control": "no-cache"}, media_type=media)

    async def health(self, _: Request) -> Response:
        """The build that is served and how many workers stand."""
        now = self._site.now
        standing = {name: pool.alive for name, pool in now.pools.items()}
        return Response(
            json.dumps({"status": "ok" if all(standing.values()) else "starting", "build": now.build, "workers": standing}) + "\n",
            200 if all(standing.values()) else 503,
            {"Cache-Control": "no-store"},
            "application/json",
        )

    async def reconcile(self, request: Request) -> Response:
        """The Reconciliation API 0.2: the service at its root, its parts below it."""
        what = request.path_params.get("what", "")
        given: dict[str, Any] = {k: v[-1] for k, v in parse_qs(request.url.query, max_num_fields=50).items()}
        if request.method == "POST":
            given |= {k: v[-1] for k, v in parse_qs((await self._site.body(request)).decode("utf-8", "replace"), max_num_fields=50).items()}
        for name in ("queries", "extend"):
            if name in given:
                what = what or name
                try:
                    given[name] = json.loads(given[name])
                except ValueError:
                    raise Problem(400, f"{name} är inte JSON.", f"{name} is not JSON.") from None
        return await self._site.reply(request, "pages", "reconcile", what=what or "manifest", given=given, address=_address(request))


def _see(place: str) -> Response:
    """See other (303): the answer is there."""
    return RedirectResponse(place, 303, headers={"Vary": "Accept, Accept-Language"})


def _address(request: Request) -> str:
    """The address the client used, as its own request gives it."""
    return f"{request.url.scheme}://{request.url.netloc}"
