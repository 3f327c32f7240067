"""A real server in a process of its own, on loopback, over the invented world or the real data."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from socialgraph.graph import SocialGraph

ROOT = Path(__file__).parents[2]
_RUN = """
import sys
from socialgraph.graph import SocialGraph
from socialgraph.server.generation import Settings
from socialgraph.server.pool import Limits
from socialgraph.server import serve
if __name__ == "__main__":
    root = sys.argv[1]
    at = serve.listen("127.0.0.1", 0)
    settings = eval(sys.argv[2])
    serve.serve(SocialGraph.open(root), root, at, settings=settings, started=lambda: print(at.getsockname()[1], flush=True))
"""


class Server:
    """A running server: its address, its process, a client."""

    def __init__(self, process: subprocess.Popen[str], port: int, log: Path) -> None:
        self.process, self.url, self.log = process, f"http://127.0.0.1:{port}", log
        self.client = httpx.Client(base_url=self.url, timeout=60)

    def get(self, path: str, **more) -> httpx.Response:
        return self.client.get(path, **more)

    def post(self, path: str, **more) -> httpx.Response:
        return self.client.post(path, **more)


@contextmanager
def running(root: Path, folder: Path, settings: str = "Settings()") -> Iterator[Server]:
    """Serve a built project with these settings."""
    script, log = folder / "serve_it.py", folder / "log"
    script.write_text(_RUN, encoding="utf-8")
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, str(script), str(root), settings], stdout=subprocess.PIPE, stderr=out, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
    try:
        line = process.stdout.readline() if process.stdout else ""
        assert line.strip().isdigit(), log.read_text(encoding="utf-8")
        server = Server(process, int(line), log)
        yield server
        server.client.close()
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


@pytest.fixture(scope="session")
def served(world: SocialGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The invented world, served as users get it."""
    with running(world.project.inputs, tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="session")
def served_real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real data, served; built in a project of its own, so that nothing of the clone is touched."""
    folder = tmp_path_factory.mktemp("real-project")
    for name in ("ontology", "queries", "data"):
        (folder / name).symlink_to(ROOT / name)
    SocialGraph.build(folder)
    with running(folder, tmp_path_factory.mktemp("served-real")) as server:
        yield server


@pytest.fixture
def serve_with(tmp_path: Path) -> Callable[..., object]:
    """Serve a project with settings of the test's own."""
    return lambda root, settings="Settings()": running(root, tmp_path, settings)
