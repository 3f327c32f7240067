"""From a reply to a response, and the language of a request."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from socialgraph.portal.accept import language
from socialgraph.portal.reply import Reply

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""The Content-Security-Policy of every page that has none of its own."""


def spoken(request: Request) -> str:
    """The language of a request: what it says, the place it asks, else what the client likes."""
    said = request.query_params.get("lang", "")
    return (
        said
        if said in ("sv", "en")
        else "en"
        if request.url.path.startswith("/en/") or request.url.path == "/en"
        else language(request.headers.get("accept-language", ""))
    )


def sent(reply: Reply) -> Response:
    """A reply as a response; pages under the policy of the site, unless they carry their own."""
    headers = dict(reply.headers)
    if reply.media.startswith("text/html"):
        headers["Content-Security-Policy"] = "frame-ancestors 'none'" if reply.own_policy else POLICY
    return Response(reply.body, reply.status, headers, reply.media or None)
