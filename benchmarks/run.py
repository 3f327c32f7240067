"""Benchmarks beside a named peer, in the same run: ratios, medians. `python benchmarks/run.py [--scale N] [--out FILE]`.

The data is the real data, and the same made N times larger: every claim is told again of N sets of entities, so that
the shape (kinds, dates, sources) stays that of the domain. The peer is rdflib, which parses the same quads and answers
the same questions.
"""

from __future__ import annotations

import argparse
import csv
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
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SRC), "SOCIALGRAPH_LANG": "sv"}

_PARSE = """
import gzip, sys, rdflib
d = rdflib.Dataset(default_union=True)
d.parse(data=gzip.open(sys.argv[1]).read(), format="nquads")
"""
_ASK = _PARSE + "print(len(list(d.query(open(sys.argv[2]).read()))))"
_PEAK = "\nimport resource; print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
_BUILD = "import sys; from socialgraph import SocialGraph; SocialGraph.build(sys.argv[1])" + _PEAK


def enlarged(folder: Path, scale: int) -> Path:
    """A project whose data is the repository's, told `scale` times of different entities; the register is copied along."""
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    if scale == 1:
        shutil.copytree(ROOT / "data", folder / "data")
        return folder
    (folder / "data" / "entities").mkdir(parents=True)
    for path in sorted((ROOT / "data" / "entities").glob("*.csv")):
        _repeat(path, folder / "data" / "entities" / path.name, scale, ("id", "part_of", "county"))
    for source in sorted((ROOT / "data" / "sources").iterdir()):
        target = folder / "data" / "sources" / source.name
        target.mkdir(parents=True)
        shutil.copy(source / "notes.md", target)
        text = (source / "source.yml").read_text(encoding="utf-8")
        (target / "source.yml").write_text(text[: text.index("expect:")], encoding="utf-8")
        _repeat(source / "claims.csv", target / "claims.csv", scale, ("from", "to", "person", "about"))
    return folder


def _repeat(path: Path, target: Path, scale: int, columns: tuple[str, ...]) -> None:
    with path.open(encoding="utf-8", newline="") as read, target.open("w", encoding="utf-8", newline="") as write:
        rows = list(csv.DictReader(read))
        writer = csv.DictWriter(write, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for number in range(scale):
            for row in rows:
                ours = {c: f"{row[c]}-{number}" for c in columns if row.get(c) and number}
                writer.writerow({**row, **ours})


def timed(call: Callable[[], object], *, times: int = 3) -> float:
    """The median of a few runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def process(*arguments: str, script: str = "") -> str:
    """A whole Python process and what it printed."""
    command = [sys.executable, *(("-c", script) if script else ("-m", "socialgraph.cli")), *arguments]
    return subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def peak(output: str) -> int:
    """The peak memory a script printed, in MB."""
    return int(output.rsplit("peak", maxsplit=1)[-1])


def measure(scale: int) -> dict[str, object]:
    """All figures at one scale."""
    with tempfile.TemporaryDirectory() as scratch:
        project = enlarged(Path(scratch) / "project", scale)
        builds: list[float] = []
        for _ in range(3 if scale < 20 else 1):
            shutil.rmtree(project / "build", ignore_errors=True)
            start = time.perf_counter()
            built = process(str(project), script=_BUILD)
            builds.append(time.perf_counter() - start)
        sys.path.insert(0, str(SRC))
        from socialgraph import SocialGraph

        g = SocialGraph.open(project)
        graph = str(g.built.folder / "graph.nq.gz")
        start = time.perf_counter()
        parsed = process(graph, script=_PARSE + _PEAK)
        parse = time.perf_counter() - start
        row: dict[str, object] = {"scale": scale, **g.built.counts}
        build = statistics.median(builds)
        row |= {"build s": round(build, 2), "build MB": peak(built), "rdflib parse s": round(parse, 2), "rdflib MB": peak(parsed)}
        row |= {"build / rdflib parse": round(build / parse, 2), "build MB / rdflib MB": round(peak(built) / peak(parsed), 2)}
        row |= cold(project, g, graph)
        row |= questions(g, graph)
        return row


def cold(project: Path, g: object, graph: str) -> dict[str, object]:
    """A question as a whole process, beside an rdflib script that parses the same quads and asks the same."""
    question = g.catalogue["staff-loans"]  # type: ignore[attr-defined]
    text = question.render({"at": "2019-12"})
    with tempfile.NamedTemporaryFile("w", suffix=".rq", delete=False) as file:
        from socialgraph.model.ids import PREFIXES

        file.write("".join(f"PREFIX {p}: <{i}>\n" for p, i in PREFIXES.items()) + text)
    ours = timed(lambda: process("query", "--root", str(project), "staff-loans", "--at", "2019-12"), times=5)
    theirs = timed(lambda: process(graph, file.name, script=_ASK), times=1)
    Path(file.name).unlink()
    return {"cold query s": round(ours, 2), "rdflib script s": round(theirs, 2), "cold query / rdflib script": round(ours / theirs, 3)}


def questions(g: object, graph: str) -> dict[str, object]:
    """Every question with its own example, on the store and on rdflib: the geometric mean of the ratios."""
    import gzip

    import rdflib

    from socialgraph.model.ids import PREFIXES

    peer = rdflib.Dataset(default_union=True)
    peer.parse(data=gzip.decompress(Path(graph).read_bytes()), format="nquads")
    ratios: dict[str, float] = {}
    slowest = 0.0
    for question in g.catalogue.questions.values():  # type: ignore[attr-defined]
        kinds = {p.name: p.kind for p in question.parameters}
        if "sources" in question.example or "known_by" in question.example:
            continue
        values = {k: g.resolve(v).id if kinds[k] in ("entity", "county") else v for k, v in question.example.items()}  # type: ignore[attr-defined]
        values |= {p.name: g.last_day.isoformat() for p in question.parameters if p.kind == "day" and p.name not in values}  # type: ignore[attr-defined]
        text = question.render(values)
        ours = timed(lambda text=text: g.store.table(text))  # type: ignore[attr-defined, misc]
        theirs = timed(lambda text=text: list(peer.query(text, initNs=PREFIXES)), times=1)  # type: ignore[misc]
        ratios[question.name] = theirs / ours
        slowest = max(slowest, ours)
    mean = math.exp(statistics.fmean(math.log(r) for r in ratios.values()))
    least = round(min(ratios.values()), 1)
    return {"questions": len(ratios), "× rdflib, geometric mean": round(mean, 1), "× rdflib, least": least, "slowest question s": round(slowest, 3)}


def main() -> None:
    """Measure, print and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, nargs="*", default=[1, 10])
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results.json")
    asked = parser.parse_args()
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    rows = []
    for scale in asked.scale:
        print(f"scale {scale} …", file=sys.stderr, flush=True)
        rows.append(measure(scale))
        for name, value in rows[-1].items():
            print(f"  {name:<28}{value}")
    asked.out.write_text(json.dumps({"machine": machine, "results": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
