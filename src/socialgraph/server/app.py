"""The application: the routes together, and the guard around them."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, Final, cast
from urllib.parse import parse_qs

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from socialgraph.portal.reply import Problem, fault, problem
from socialgraph.server import questions as operations
from socialgraph.server.generation import Settings, Site
from socialgraph.server.protocols import Protocols
from socialgraph.server.sending import sent, spoken

log = logging.getLogger("socialgraph.server")
_SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_CORS: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}


class Guard:
    """Around everything: security headers, reading from other sites allowed, and no stack trace to anybody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**_SAFE, **_CORS}.items():
                    headers.setdefault(name, value)
                headers["Server"] = "socialgraph"
            await send(message)

        try:
            if scope["method"] == "OPTIONS":
                allowed = {
                    "Allow": "GET, HEAD, POST, OPTIONS",
                    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
                    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
                    "Access-Control-Max-Age": "86400",
                }
                return await Response(status_code=204, headers=allowed)(scope, receive, sending)
            await self._app(scope, receive, sending)
        except ClientDisconnect:
            return None
        except Exception:
            log.exception("a request failed")  # the client was told 500, and nothing else
        return None


def application(root: str | None, questions: list[dict[str, Any]], settings: Settings | None = None) -> ASGIApp:
    """The server of a project whose catalogue has these questions (as `portal.service.questions` gives them)."""
    site = Site(root, settings or Settings())
    api = FastAPI(
        title="socialgraph",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=site.running,
        description="The sourced, time-aware knowledge graph of the network that supports Sweden's social services. For reading.",
    )
    for path, does, methods in Protocols(site).routes():
        api.router.routes.append(Route(path, does, methods=methods))
    operations.add(api, site, questions)
    api.router.routes.append(Route("/{rest:path}", partial(_page, site), methods=["GET", "HEAD"]))
    api.add_exception_handler(405, _no_method)
    api.add_exception_handler(Problem, _refused)
    api.add_exception_handler(Exception, _failed)
    api.add_exception_handler(RequestValidationError, _does_not_fit)
    return Guard(GZipMiddleware(api, minimum_size=1000, compresslevel=5))


async def _no_method(request: Request, error: Exception) -> Response:
    allowed = getattr(error, "headers", None) or {"Allow": "GET, HEAD, OPTIONS"}
    return sent(problem(405, "Servern är för läsning.", "The server is for reading.", lang=spoken(request), headers=allowed))


async def _page(site: Site, request: Request) -> Response:
    path = request.url.path.removeprefix("/en") if request.url.path.startswith("/en/") or request.url.path == "/en" else request.url.path
    given = parse_qs(request.url.query, keep_blank_values=False, max_num_fields=100)
    lang = "en" if request.url.path != path or given.get("lang", [""])[-1] == "en" else "sv"
    return await site.reply(request, "queries" if path == "/bench" else "pages", "page", path=path or "/", given=given, lang=lang)


async def _does_not_fit(request: Request, error: Exception) -> Response:
    """What was given does not fit an operation: which parameter, and why."""
    told = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in getattr(error, "errors", list)())
    return sent(problem(400, told, told, lang=spoken(request)))


async def _refused(request: Request, error: Exception) -> Response:
    refusal = cast("Problem", error)
    return sent(problem(refusal.status, refusal.sv, refusal.en, lang=spoken(request)))


async def _failed(request: Request, _: Exception) -> Response:
    return sent(fault(spoken(request)))
