"""Listening: uvicorn with limits of ours, until it is told to stop; then what is being answered is answered first."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from socialgraph.graph import SocialGraph
from socialgraph.portal.service import questions
from socialgraph.server.app import application
from socialgraph.server.generation import Settings

HEAD_SECONDS = 10.0
"""So long may a client take to send the head of a request."""


class Patient(H11Protocol):
    """HTTP/1.1 that hangs up on a client who begins a request and does not go on."""

    _hanging: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._hang_up_later()

    def data_received(self, data: bytes) -> None:
        """Wait on while there is no whole head; no longer once there is one."""
        super().data_received(data)
        waiting = self.cycle is None or self.cycle.response_complete
        if waiting and self._hanging is None:
            self._hang_up_later()
        elif not waiting:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _hang_up_later(self) -> None:
        self._hanging = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._hanging is not None:
            self._hanging.cancel()
            self._hanging = None


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises `OSError` if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sends small answers at once on TCP sockets that say so
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made


def serve(g: SocialGraph, root: str | None, at: socket.socket, *, settings: Settings | None = None, started: Callable[[], None] = lambda: None) -> None:
    """Serve a project until SIGINT or SIGTERM; `started` is called when it answers. Nothing is logged about those who ask."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started()

    app = application(root, questions(g, "en"), settings)
    config = uvicorn.Config(
        app,
        http=Patient,
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="on",
        limit_concurrency=512,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=64 * 1024,
        timeout_graceful_shutdown=20,
        backlog=512,
    )
    Server(config).run(sockets=[at])
