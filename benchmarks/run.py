"""The benchmark: what grows how with the data, beside named peers in the same run. `python benchmarks/run.py [--sizes 10k,100k,1M,10M]`.

Every size is a project of `generator.py`. Peers: rdflib in memory, which parses the same quads and answers the same
questions (each at most `LIMIT` seconds); pyoxigraph, asked the same texts without anything of ours around it; Oxigraph server, Jena and Virtuoso
over HTTP, where they are installed. Times are medians in seconds, or as said; ratios are of two figures of the same run. `results.py` lays the results out.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import generator
import servers

from socialgraph import SocialGraph
from socialgraph.errors import SocialGraphError
from socialgraph.model.ids import PREFIXES

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "SOCIALGRAPH_LANG": "sv"}
HEAD = "".join(f"PREFIX {p}: <{i}>\n" for p, i in PREFIXES.items())
LIMIT = 30
"""Seconds that rdflib has for a question."""
GATED, PARSED, SERVED, JENA, VIRTUOSO = 1_500_000, 1_500_000, 1_500_000, 200_000, 20_000
"""Up to so many quads the gates are passed, rdflib is a peer, Oxigraph server is, Jena, and Virtuoso, which takes minutes for some questions beyond."""
_PEAK = "\nimport resource; print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
_BUILD = "import sys; from socialgraph import SocialGraph, build; GATE; SocialGraph.build(sys.argv[1])" + _PEAK
_PARSE = """
import gzip, sys, time, rdflib
start = time.perf_counter()
d = rdflib.Dataset(default_union=True)
d.parse(data=gzip.open(sys.argv[1]).read(), format="nquads")
print("parsed", time.perf_counter() - start)
"""
_ASK = (
    _PARSE
    + """
import json, signal
class Late(Exception): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
taken = {}
for name, text in json.load(open(sys.argv[2])).items():
    start = time.perf_counter()
    signal.alarm(int(sys.argv[3]))
    try:
        n = len(list(d.query(text))); signal.alarm(0)
    except Late:
        n = -1
    taken[name] = [time.perf_counter() - start, n]
print("asked", json.dumps(taken))
"""
    + _PEAK
)


def timed(call: Callable[[], object], *, times: int = 5, most: float = 4.0) -> float:
    """The median of a few runs; fewer if they take long."""
    taken: list[float] = []
    begun = time.perf_counter()
    while len(taken) < times and (not taken or time.perf_counter() - begun < most):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def process(*arguments: str, script: str = "") -> str:
    """A whole Python process and what it printed."""
    command = [sys.executable, *(("-c", script) if script else ("-m", "socialgraph.cli")), *arguments]
    done = subprocess.run(command, check=False, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)[:200]}\n{done.stderr[-2000:]}")
    return done.stdout


def said(output: str, word: str) -> str:
    """What a script printed after a word."""
    return next(line.removeprefix(word).strip() for line in output.splitlines() if line.startswith(word))


def measure(triples: int, folder: Path) -> dict[str, Any]:
    """All figures at one size."""
    project = generator.project(folder / "project", triples)
    gated = triples <= GATED
    builds = []
    for _ in range(3 if triples < 500_000 else 1):
        shutil.rmtree(project / "build", ignore_errors=True)
        start = time.perf_counter()
        built = process(str(project), script=_BUILD.replace("GATE", "pass" if gated else "build.check_graph = lambda *_, **__: []"))
        builds.append(time.perf_counter() - start)
    g = SocialGraph.open(project)
    quads, seconds = g.built.counts["quads"], statistics.median(builds)
    row: dict[str, Any] = {
        "wanted": triples,
        **g.built.counts,
        "gated": gated,
        "build": seconds,
        "build_mb": int(said(built, "peak")),
        "quads_per_second": quads / seconds,
    }
    show(row)
    row["cold_query"] = timed(lambda: process("query", "--root", str(project), "staff-loans", "--at", "2019-12"))
    texts = rendered(g)
    row["questions"] = {
        name: {"ours": timed(lambda q=q, given=given: g.query(q, **given)), "native": timed(lambda t=t: native(g, t))} for name, (q, given, t) in texts.items()
    }
    if triples <= PARSED:
        row |= rdflib(g, texts, row, folder)
    if triples <= SERVED:
        others = {"jena": servers.jena} if triples <= JENA else {}
        others |= {"virtuoso": servers.virtuoso} if triples <= VIRTUOSO else {}
        row["servers"] = over_http(g, texts, folder, {"oxigraph": servers.oxigraph} | others)
    row |= within(g)
    show(row)
    return row


def rendered(g: SocialGraph) -> dict[str, tuple[str, dict[str, str], str]]:
    """Each question with its own example: its name, what is given, the text. What an example names and the data has not is left out."""
    found = {}
    for question in g.catalogue.questions.values():
        if {"sources", "known_by", "source"} & set(question.example):
            continue
        try:
            found[question.name] = (question.name, dict(question.example), HEAD + g.rendered(question.name, **question.example))
        except SocialGraphError as error:
            print(f"  {question.name} is left out: {error}", file=sys.stderr)
    return found


def native(g: SocialGraph, text: str) -> int:
    """The rows of a text, asked of pyoxigraph itself, in the store that the question is asked of."""
    return len(list(g._answering.store.engine.query(text, use_default_graph_as_union=True)))  # type: ignore[attr-defined]


def rdflib(g: SocialGraph, texts: dict[str, tuple[str, dict[str, str], str]], row: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Parsing the same quads, asking the same questions, and a script that does both for one."""
    graph = str(g.built.folder / "graph.nq.gz")
    asked = folder / "asked.json"
    asked.write_text(json.dumps({name: text for name, (_, _, text) in texts.items()}), encoding="utf-8")
    output = process(graph, str(asked), str(LIMIT), script=_ASK)
    for name, (seconds, rows) in json.loads(said(output, "asked")).items():
        row["questions"][name] |= {"rdflib": seconds, "rdflib_late": rows < 0}
        if rows >= 0 and rows != native(g, texts[name][2]):
            row.setdefault("differ", []).append(name)
    start = time.perf_counter()
    only = folder / "one.json"
    only.write_text(json.dumps({"staff-loans": texts["staff-loans"][2]}), encoding="utf-8")
    process(graph, str(only), str(LIMIT), script=_ASK)
    return {
        "rdflib_parse": float(said(output, "parsed")),
        "rdflib_mb": int(said(process(graph, script=_PARSE + _PEAK), "peak")),
        "rdflib_script": time.perf_counter() - start,
    }


def over_http(g: SocialGraph, texts: dict[str, tuple[str, dict[str, str], str]], folder: Path, peers: dict[str, Any]) -> dict[str, Any]:
    """The same questions on servers of others: seconds each, or what was said instead."""
    found: dict[str, Any] = {}
    for name, running in peers.items():
        with running(folder / name) as address:
            if address is None:
                continue
            start = time.perf_counter()
            there = g.put(address)
            loaded = time.perf_counter() - start
            taken = {}
            for question, (_, given, _) in texts.items():
                try:
                    taken[question] = timed(lambda there=there, q=question, given=given: there.query(q, **given), times=3, most=2)
                except SocialGraphError:
                    taken[question] = math.nan
            failed = [q for q, t in taken.items() if math.isnan(t)]
            found[name] = {"load": loaded, "questions": {q: t for q, t in taken.items() if not math.isnan(t)}, "failed": failed}
    return found


def within(g: SocialGraph) -> dict[str, Any]:
    """What is done with everything held in memory: a lookup, a dossier, an ego network, a day's network, its centrality, two days compared."""
    import networkx

    row: dict[str, Any] = {}
    start = time.perf_counter()
    SocialGraph.open(g.project.inputs).holdings  # noqa: B018
    row["read"] = time.perf_counter() - start
    g.find("skr")
    row["find"] = timed(lambda: g.find("Sundsvalls kommun"), times=9)
    g.resolve("Sundsvalls kommun")
    row["resolve"] = timed(lambda: g.resolve("Sundsvalls kommun"), times=9)
    view = g.view(at="2018-12", mode="possible")
    ids = [id for id in ("sundsvalls-kommun", "kommunforbundet-vasternorrland", "mittuniversitetet") if id in g.holdings.entities] or sorted(
        g.holdings.entities
    )[:3]
    row["dossier"] = timed(lambda: [g.show(id, view=view) for id in ids], times=9) / len(ids)
    row["ego"] = timed(lambda: [view.picture(of=[id]) for id in ids], times=9) / len(ids)
    row["day_network"] = timed(lambda: g.view(at="2018-12", mode="possible").network(), times=3)
    network = networkx.Graph(view.network())
    row["day_relations"] = len(view.relations())
    row["pagerank"] = timed(lambda: networkx.pagerank(network), times=3)
    row["betweenness_sampled"] = timed(lambda: networkx.betweenness_centrality(network, k=min(100, len(network)), seed=1), times=1)
    earlier, later = g.view(at="2017-12", mode="possible"), g.view(at="2019-12", mode="possible")
    row["changes"] = timed(lambda: earlier.changes(later), times=3)
    return row


def show(row: dict[str, Any]) -> None:
    """The figures of a size so far."""
    print(
        "  " + ", ".join(f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items() if isinstance(v, (int, float))),
        file=sys.stderr,
        flush=True,
    )


def rounded(value: Any) -> Any:
    """The same with figures of four digits: no clock here is better."""
    if isinstance(value, dict):
        return {key: rounded(held) for key, held in value.items()}
    if isinstance(value, list):
        return [rounded(held) for held in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


@contextmanager
def scratch(keep: Path | None) -> Iterator[Path]:
    """A folder for the projects of a run: one that goes, or one that stays."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10k,100k,1M")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "sizes.json")
    parser.add_argument("--keep", type=Path, help="a folder in which the projects stay")
    parser.add_argument("--note", default="", help="what else is to be known of the run, such as the machine")
    asked = parser.parse_args()
    packages = {p: version(p) for p in ("pyoxigraph", "rdflib", "networkx", "pyshacl")}
    day = date.today().isoformat()  # noqa: DTZ011
    machine = {"system": platform.system(), "python": platform.python_version(), "cores": os.cpu_count(), "day": day, "rdflib_seconds": LIMIT, "note": asked.note, **packages}
    rows = []
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    with scratch(asked.keep) as folder:
        for triples in generator.sizes(asked.sizes):
            print(f"{triples} triples …", file=sys.stderr, flush=True)
            (folder / str(triples)).mkdir()
            rows.append(measure(triples, folder / str(triples)))
            asked.out.write_text(json.dumps(rounded({"machine": machine, "sizes": rows}), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
