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
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from servers import free, running

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


def ask(connection: http.client.HTTPConnection, path: str, text: str) -> tuple[int, bytes]:
    body = urlencode({"query": text})
    connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"})
    reply = connection.getresponse()
    return reply.status, reply.read()


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
                status, _ = ask(connection, path, text)
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


def memory(pid: int) -> int:
    """The resident memory of a process and its descendants, in MB."""
    parents = {}
    sizes = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            parents[int(folder.name)], sizes[int(folder.name)] = int(fields[1]), int((folder / "statm").read_text().split()[1]) * 4 // 1024
        except OSError:
            continue
    ours = {pid}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(sizes.get(one, 0) for one in ours)


def siege(pid: int, port: int, path: str, texts: list[str], seconds: float) -> dict[str, Any]:
    """32 clients, every eighth of them hostile, each asking something new all the time: wrong answers, failures, p99 and memory."""
    right = {}
    for text in texts:
        status, body = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), path, text)
        assert status == 200
        right[text] = sorted(map(str, json.loads(body)["results"]["bindings"]))
    taken: list[float] = []
    seen = {"asked": 0, "wrong": 0, "busy": 0, "failed": 0, "hostile asked": 0, "hostile answered": 0}
    sizes = [memory(pid)]
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        dice, connection = random.Random(number), http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.perf_counter() < until:
            hostile = number % 8 == 0
            text = HOSTILE if hostile else dice.choice(texts)
            start = time.perf_counter()
            try:
                status, body = ask(connection, path, f"{text}\n# {number} {time.time_ns()}")
            except (OSError, http.client.HTTPException):
                connection.close()
                status, body = 0, b""
            if hostile:
                seen["hostile asked"] += 1
                seen["hostile answered"] += status == 200
                continue
            taken.append(time.perf_counter() - start)
            seen["asked"] += 1
            seen["busy"] += status == 503
            seen["failed"] += status not in (200, 503)
            seen["wrong"] += status == 200 and sorted(map(str, json.loads(body)["results"]["bindings"])) != right[text]
            if status == 503:
                time.sleep(0.5)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(32)]
    for thread in threads:
        thread.start()
    while time.perf_counter() < until:
        time.sleep(1)
        sizes.append(memory(pid))
    for thread in threads:
        thread.join()
    ordered = sorted(taken)
    health = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), path, texts[0])[0]
    times = {"p50_ms": round(1000 * statistics.median(ordered)), "p99_ms": round(1000 * ordered[int(0.99 * len(ordered))])}
    return {**seen, **times, "seconds": seconds, "memory MB before, most, after": [sizes[0], max(sizes), sizes[-1]], "answers afterwards": health == 200}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--siege", type=float, default=120, help="seconds of 32 clients, some of them hostile")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "server.json")
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
            with running(command, port) as process:
                load(port, path, texts, 1, 2, new=True)  # warm
                found[name] = {
                    f"{kind}, {n} clients": load(port, path, texts, n, options.seconds, new=kind == "new") for kind in ("new", "again") for n in (1, 8, 32)
                }
                if name != "rdflib-endpoint":  # it blocks until the hostile query ends
                    found[name]["others' median ms, quiet and beside a hostile query"] = beside_hostile(port, path, texts, options.seconds)
                if name == "socialgraph":
                    found[name]["siege"] = siege(process.pid, port, path, texts, options.siege)
                print(name, json.dumps(found[name], indent=1), flush=True)
    report = {
        "machine": platform.system(),
        "cores": __import__("os").cpu_count(),
        "python": platform.python_version(),
        "quads": g.built.counts["quads"],
        "servers": found,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
