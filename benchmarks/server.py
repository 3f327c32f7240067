"""The server beside Oxigraph's own and rdflib-endpoint, in the same run: mixed questions from 1, 8 and 32 clients, and what a hostile query does to others.

`python benchmarks/server.py [--seconds N] [--out FILE]`. The queries are the catalogue's, rendered; `new` asks texts that were
never asked before (nothing can be remembered), `again` the same texts over and over, as pages and reports do. rdflib-endpoint
is measured where it is installed (`pip install rdflib-endpoint`); it is no part of the locked requirements.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import importlib.util
import json
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from socialgraph import SocialGraph
from socialgraph.model.ids import PREFIXES

ROOT = Path(__file__).parents[1]
QUESTIONS = ("staff-loans", "names", "rss-hosts", "members", "heads", "parts", "sources", "funding", "collaborations", "roles")
HEAD = "".join(f"PREFIX {p}: <{i}>\n" for p, i in PREFIXES.items())
HOSTILE = HEAD + "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_ENDPOINT = """
import gzip, sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
d = Dataset(default_union=True); d.parse(data=gzip.open(sys.argv[1]).read(), format="nquads")
uvicorn.run(SparqlEndpoint(graph=d, path="/query"), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


def free() -> int:
    with closing(socket.socket()) as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            with closing(socket.socket()) as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended before it answered")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def ask(connection: http.client.HTTPConnection, path: str, text: str) -> int:
    body = urlencode({"query": text})
    connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"})
    reply = connection.getresponse()
    reply.read()
    return reply.status


def load(port: int, path: str, texts: list[str], clients: int, seconds: float, *, new: bool) -> dict[str, float]:
    """Requests a second and milliseconds (p50, p99) of some clients that each ask one question after the other."""
    taken: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        nonlocal failed
        connection, turn, mine = http.client.HTTPConnection("127.0.0.1", port, timeout=120), number, []
        while time.perf_counter() < until:
            text = texts[turn % len(texts)] + (f"\n# {clients} {number} {turn} {time.time_ns()}" if new else "")
            start = time.perf_counter()
            try:
                status = ask(connection, path, text)
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 0
            mine.append(time.perf_counter() - start)
            failed += status != 200
            turn += 1
        taken.extend(mine)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(taken)
    return {
        "per_second": round(len(ordered) / (time.perf_counter() - start), 1), "p50_ms": round(1000 * statistics.median(ordered), 1),
        "p99_ms": round(1000 * ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))], 1), "failed": failed,
    }  # fmt: skip


def beside_hostile(port: int, path: str, texts: list[str], seconds: float) -> tuple[float, float]:
    """The median of others' requests, in milliseconds, without and with one hostile query after the other."""
    quiet = load(port, path, texts, 1, seconds, new=True)["p50_ms"]
    stop = threading.Event()

    def hostile() -> None:
        while not stop.is_set():
            try:
                ask(http.client.HTTPConnection("127.0.0.1", port, timeout=20), path, HOSTILE + f"# {time.time_ns()}")
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)

    threading.Thread(target=hostile, daemon=True).start()
    time.sleep(0.5)
    loud = load(port, path, texts, 1, seconds, new=True)["p50_ms"]
    stop.set()
    return quiet, loud


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    g = SocialGraph.build(ROOT)
    texts = [HEAD + g.rendered(q, **{k: v for k, v in g.question(q).example.items() if k not in ("at", "mode")}) for q in QUESTIONS]
    graph = g.built.folder / "graph.nq.gz"
    found: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "graph.nq"
        plain.write_bytes(gzip.decompress(graph.read_bytes()))
        program = str(Path(sys.executable).parent / "oxigraph")
        subprocess.run([program, "load", "--location", f"{folder}/db", "--file", str(plain)], check=True, capture_output=True)
        ours, theirs, rdflib = free(), free(), free()
        servers = {
            "socialgraph": ([sys.executable, "-m", "socialgraph.cli", "serve", "--port", str(ours)], ours, "/sparql"),
            "oxigraph": (
                [program, "serve-read-only", "--location", f"{folder}/db", "--bind", f"127.0.0.1:{theirs}", "--union-default-graph"],
                theirs,
                "/query",
            ),
        }
        if importlib.util.find_spec("rdflib_endpoint"):
            servers["rdflib-endpoint"] = ([sys.executable, "-c", _ENDPOINT, str(graph), str(rdflib)], rdflib, "/query")
        for name, (command, port, path) in servers.items():
            with running(command, port):
                load(port, path, texts, 1, 2, new=True)  # warm
                found[name] = {
                    f"{kind}, {n} clients": load(port, path, texts, n, options.seconds, new=kind == "new") for kind in ("new", "again") for n in (1, 8, 32)
                }
                if name != "rdflib-endpoint":  # it blocks until the hostile query ends
                    found[name]["others' median ms, quiet and beside a hostile query"] = beside_hostile(port, path, texts, options.seconds)
                print(name, json.dumps(found[name], indent=1), flush=True)
    report = {
        "machine": platform.platform(),
        "cores": __import__("os").cpu_count(),
        "python": platform.python_version(),
        "quads": g.built.counts["quads"],
        "servers": found,
    }
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
