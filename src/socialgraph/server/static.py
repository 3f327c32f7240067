"""A small static server: one folder of finished pages on loopback, until stopped. The full server comes in a later step."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


class _Handler(SimpleHTTPRequestHandler):
    server_version, sys_version = "socialgraph", ""
    timeout = 10  # a client that sends nothing is let go

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: Any) -> None:  # noqa: ARG002
        """No listings: a folder without an index page is not found."""
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged: an address is personal data."""


def server(folder: Path, *, host: str = "127.0.0.1", port: int = 8000) -> ThreadingHTTPServer:
    """A server of the files in a folder, bound but not yet running. Raises `OSError` if the port is taken."""
    return ThreadingHTTPServer((host, port), partial(_Handler, directory=str(folder)))
