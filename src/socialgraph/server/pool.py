"""Workers that can be killed: each process has opened one build, answers one request at a time, and dies if it takes too long.

An engine has no way to stop a query, so a time limit that holds is a process that is ended. A new one stands in its place
before the next request needs it; the other workers notice nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_SLICE = 0.2
"""So often a waiting request is looked for, in seconds."""
Answer = Callable[[str, dict[str, Any]], Any]
Open = Callable[[], Answer]
"""Opens what answers, in the worker: a picklable function that gives a function from a name and arguments to a reply."""


class TimeUp(Exception):
    """The request took longer than it may; its worker was ended. `crowded` says that it would have had more time, had nobody waited."""

    def __init__(self, seconds: float, *, crowded: bool = False) -> None:
        super().__init__(f"{seconds} s")
        self.seconds, self.crowded = seconds, crowded


class Died(Exception):
    """The worker died under the request, as of memory."""


class Busy(Exception):
    """Too many wait already, or one has waited too long."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a pool allows: workers, seconds for a request, requests that wait and seconds they do, bytes of memory, niceness.

    `crowded` are the seconds a request has while others wait: a few heavy ones cannot hold every worker for long.
    """

    workers: int = 2
    seconds: float = 10.0
    crowded: float = 60.0
    waiting: int = 64
    patience: float = 10.0
    memory: int = 3_000_000_000
    nice: int = 0


def _work(connection: Connection, opened: Open, limits: Limits) -> None:
    """The life of a worker: open, then answer until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes its workers
    if hasattr(os, "nice"):
        os.nice(limits.nice)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    answer = opened()
    connection.send("ready")
    while True:
        try:
            name, arguments = connection.recv()
        except (EOFError, OSError):
            return
        try:
            reply = answer(name, arguments)
        except MemoryError:
            os._exit(1)
        except Exception:  # noqa: BLE001  # whatever it is, the client is told nothing of it and the log everything
            traceback.print_exc()
            reply = None
        connection.send(reply)


class Worker:
    """A process and the pipe to it."""

    def __init__(self, context: Any, opened: Open, limits: Limits) -> None:
        self._near, far = context.Pipe()
        self.process = context.Process(target=_work, args=(far, opened, limits), daemon=True)
        self.process.start()
        far.close()

    def ready(self, seconds: float = 120) -> None:
        """Wait until it has opened the build. Raises `Died`."""
        try:
            if self._near.poll(seconds) and self._near.recv() == "ready":
                return
        except (EOFError, OSError):
            pass
        self.end()
        raise Died

    def ask(self, name: str, arguments: dict[str, Any], limits: Limits, others_wait: Callable[[], bool]) -> Any:
        """The reply to a request. Raises `TimeUp`, `Died`; the worker is then of no more use."""
        begun = time.monotonic()
        try:
            self._near.send((name, arguments))
            while not self._near.poll(min(_SLICE, limits.seconds)):
                taken = time.monotonic() - begun
                if taken >= limits.seconds:
                    raise TimeUp(limits.seconds)
                if taken >= limits.crowded and others_wait():
                    raise TimeUp(limits.crowded, crowded=True)
            return self._near.recv()
        except (EOFError, OSError) as error:
            raise Died from error

    def end(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.join()
        self._near.close()


class Pool:
    """Some workers of one build, and those who wait for them. Start it with `start`, end it with `close`."""

    def __init__(self, opened: Open, limits: Limits) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(["socialgraph.portal.service"])
        self._opened, self.limits = opened, limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(limits.workers * 2 + 1, thread_name_prefix="worker")
        self._waiting, self._closed = 0, False
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start every worker and wait until all are ready. Raises `Died`."""
        await asyncio.gather(*(self._add() for _ in range(self.limits.workers)))

    async def _add(self) -> None:
        worker = await self._run(self._make)
        if self._closed:
            worker.end()
            return
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    def _make(self) -> Worker:
        worker = Worker(self._context, self._opened, self.limits)
        worker.ready()
        return worker

    async def _run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)

    async def ask(self, name: str, **arguments: Any) -> Any:
        """The reply of the next worker that is free. Raises `Busy`, `TimeUp`, `Died`."""
        if self._waiting >= self.limits.waiting:
            raise Busy
        self._waiting += 1
        try:
            worker = await asyncio.wait_for(self._idle.get(), self.limits.patience)
        except TimeoutError as error:
            raise Busy from error
        finally:
            self._waiting -= 1
        asked = asyncio.ensure_future(self._run(worker.ask, name, arguments, self.limits, lambda: self._waiting > 0))
        asked.add_done_callback(lambda done: self._back(worker, done))
        return await asyncio.shield(asked)  # a client that goes away leaves a worker that still has to finish, or to be ended

    def _back(self, worker: Worker, done: asyncio.Future[Any]) -> None:
        if done.cancelled() or done.exception() or self._closed:
            self._workers.discard(worker)
            task = asyncio.ensure_future(self._replace(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._idle.put_nowait(worker)

    async def _replace(self, worker: Worker) -> None:
        if self._closed:
            worker.end()
            return
        await self._run(worker.end)
        for pause in (0, 1, 5, 25):
            await asyncio.sleep(pause)
            try:
                await self._add()
            except Died:
                continue
            else:
                return

    @property
    def alive(self) -> int:
        """How many workers stand."""
        return sum(worker.process.is_alive() for worker in self._workers)

    def close(self) -> None:
        """End every worker at once."""
        self._closed = True
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)
