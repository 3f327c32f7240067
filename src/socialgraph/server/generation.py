"""What is served now: one build with its workers and the answers it has given; and the watch over the next."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from socialgraph.portal.reply import Problem, Reply, fault, problem
from socialgraph.portal.service import opened
from socialgraph.portal.shared import current_build
from socialgraph.server.pool import Busy, Died, Limits, Pool, TimeUp
from socialgraph.server.sending import sent, spoken

log = logging.getLogger("socialgraph.server")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server allows: limits for pages and questions, for queries of users, bytes of a request, seconds to send it, bytes remembered."""

    pages: Limits = field(default_factory=lambda: Limits(seconds=20))
    queries: Limits = field(default_factory=lambda: Limits(seconds=10, nice=10, crowded=2))
    body: int = 1_000_000
    body_seconds: float = 10.0
    answer: int = 20_000_000
    remembered: int = 64_000_000
    watch_seconds: float = 2.0


class Generation:
    """One build being served: its workers and the answers it has given. It is ended when nobody uses it any more."""

    def __init__(self, build: str, root: str | None, settings: Settings) -> None:
        self.build, self._most = build, settings.remembered
        ready = partial(opened, root, build, settings.answer)
        self.pools = {"pages": Pool(ready, settings.pages), "queries": Pool(ready, settings.queries)}
        self._given: OrderedDict[str, Reply] = OrderedDict()
        self._size = self._users = 0
        self._asking: dict[str, asyncio.Future[Reply]] = {}

    async def start(self) -> Generation:
        """Start the workers."""
        await asyncio.gather(*(pool.start() for pool in self.pools.values()))
        return self

    def close(self) -> None:
        """End the workers."""
        for pool in self.pools.values():
            pool.close()

    @contextlib.contextmanager
    def used(self) -> Iterator[Generation]:
        """While a request uses this build, it stays."""
        self._users += 1
        try:
            yield self
        finally:
            self._users -= 1

    async def drained(self) -> None:
        """Wait until nobody uses it, at most a minute."""
        for _ in range(600):
            if not self._users:
                return
            await asyncio.sleep(0.1)

    def key(self, name: str, arguments: Mapping[str, Any]) -> str:
        """What names an answer of this build: an ETag, and a place in its memory."""
        told = json.dumps([self.build, name, arguments], sort_keys=True, default=list)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    async def ask(self, pool: str, name: str, arguments: Mapping[str, Any]) -> Reply:
        """The reply, remembered or made; those who ask the same at the same time wait for one answer. Raises `Busy`, `TimeUp`, `Died`."""
        key = self.key(name, arguments)
        if key in self._given:
            self._given.move_to_end(key)
            return self._given[key]
        if key not in self._asking:
            future = self._asking[key] = asyncio.ensure_future(self.pools[pool].ask(name, **arguments))
            future.add_done_callback(lambda _: self._asking.pop(key, None))
        reply = await asyncio.shield(self._asking[key])
        if reply is None:
            return fault(arguments.get("lang", "sv"))
        if reply.status == 200 and key not in self._given and len(reply.body) < self._most // 8:
            self._given[key] = reply
            self._size += len(reply.body)
            while self._size > self._most:
                self._size -= len(self._given.popitem(last=False)[1].body)
        return reply


class Site:
    """The server's state: the generation that is served now, and the watch over the next."""

    def __init__(self, root: str | None, settings: Settings) -> None:
        self.root, self.settings = root, settings
        self.now: Generation
        self._watching: asyncio.Task[None]
        self._ending: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def running(self, _: Any) -> AsyncIterator[None]:
        """Serve the current build, and every later one as soon as it is there."""
        self.now = await Generation(current_build(self.root), self.root, self.settings).start()
        self._watching = asyncio.ensure_future(self._watch())
        try:
            yield
        finally:
            self._watching.cancel()
            self.now.close()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self.settings.watch_seconds)
            try:
                build = current_build(self.root)
                if build != self.now.build:
                    await self._swap(build)
            except Exception:
                log.exception("the new build cannot be served; the former one stays")

    async def _swap(self, build: str) -> None:
        fresh = Generation(build, self.root, self.settings)
        try:
            await fresh.start()
        except Exception:
            fresh.close()
            raise
        former, self.now = self.now, fresh
        log.info("now serving build %s", build)
        task = asyncio.ensure_future(self._end(former))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    @staticmethod
    async def _end(former: Generation) -> None:
        await former.drained()
        former.close()

    # ── a request

    async def reply(self, request: Request, pool: str, name: str, **arguments: Any) -> Response:
        """Ask a worker and send what it says; what was sent before and has not changed is not sent again."""
        lang = arguments.setdefault("lang", spoken(request))
        with self.now.used() as generation:
            tag = f'W/"{generation.key(name, arguments)}"'
            if request.method in ("GET", "HEAD") and tag in [t.strip() for t in request.headers.get("if-none-match", "").split(",")]:
                return sent(Reply(b"", "", 304, {"ETag": tag}))
            try:
                reply = await generation.ask(pool, name, arguments)
            except TimeUp as error:
                reply = self._late(error, lang)
            except (Busy, Died) as error:
                sv, en = {
                    Busy: ("Många frågar just nu. Försök igen om en stund.", "Many are asking just now. Try again in a while."),
                    Died: ("Frågan krävde för mycket minne. Begränsa den.", "The query took too much memory. Narrow it."),
                }[type(error)]
                reply = problem(503, sv, en, lang=lang, headers={"Retry-After": "5"})
            if reply.status != 200:
                return sent(reply)
            # the same text may be asked for under another Accept or language, and it changes with the build
            headers = {**reply.headers, "ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Language"}
            return sent(replace(reply, headers=headers))

    @staticmethod
    def _late(error: TimeUp, lang: str) -> Reply:
        sv, en = ("gränsen när andra väntar", "the limit while others wait") if error.crowded else ("som är gränsen", "the limit")
        return problem(
            503,
            f"Frågan avbröts efter {error.seconds:g} sekunder, {sv}. Begränsa den.",
            f"The query was stopped after {error.seconds:g} seconds, {en}. Narrow it.",
            lang=lang,
        )

    async def body(self, request: Request) -> bytes:
        """The body of a request. Raises `Problem` 413 if it is too large, 408 if it comes too slowly."""
        most, sofar = self.settings.body, bytearray()
        too_large = Problem(413, f"Begäran får vara högst {most} byte.", f"A request may have at most {most} bytes.")
        if int(request.headers.get("content-length") or 0) > most:
            raise too_large
        try:
            async with asyncio.timeout(self.settings.body_seconds):
                async for piece in request.stream():
                    sofar += piece
                    if len(sofar) > most:
                        raise too_large
        except TimeoutError:
            raise Problem(408, "Begäran kom för långsamt.", "The request came too slowly.") from None
        return bytes(sofar)
