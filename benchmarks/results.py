"""The results laid out: tables and plots in `docs/reference/benchmarks.md`, from what `run.py` and `server.py` wrote. `python benchmarks/results.py`."""

from __future__ import annotations

import itertools
import json
import math
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams.update({"svg.hashsalt": "socialgraph", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False})

from matplotlib import pyplot as plt  # noqa: E402

ROOT = Path(__file__).parents[1]
RUNS = ("sizes", "sizes-memory")
"""The results of `run.py` that the page shows, the complete run first: its plots are drawn."""
RESULTS, PAGE = ROOT / "benchmarks" / "results", ROOT / "docs" / "reference" / "benchmarks.md"
Row = dict[str, Any]


def mean(values: Iterable[float]) -> float:
    """The geometric mean."""
    found = list(values)
    return math.exp(statistics.fmean(map(math.log, found))) if found else math.nan


def ratio(row: Row, one: str, other: str) -> list[float]:
    """How many times longer `one` takes than `other`, question by question."""
    return [q[one] / q[other] for q in row["questions"].values() if one in q and other in q]


def told(value: float | None, unit: str = "") -> str:
    """A figure for people."""
    if value is None or value != value:  # noqa: PLR0124
        return "–"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4
    return f"{value:,.{digits}f}{unit}".replace(",", "\u00a0")


def table(heads: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, ["---"] * len(heads), *rows)) + "\n"


def growth(sizes: list[Row], value: Callable[[Row], float]) -> str:
    """How a figure grows from one size to the next, as a power of the growth of the data."""
    found = []
    for one, other in itertools.pairwise(sizes):
        try:
            found.append(f"{math.log(value(other) / value(one)) / math.log(other['quads'] / one['quads']):.2f}")
        except (KeyError, ValueError, ZeroDivisionError):
            found.append("–")
    return " · ".join(found)


def plot(sizes: list[Row], lines: dict[str, Callable[[Row], float]], name: str, title: str, axis: str) -> None:
    figure, axes = plt.subplots(figsize=(7, 3.8))
    for (label, value), mark in zip(lines.items(), "osD^vx", strict=False):
        points = [(row["quads"], y) for row in sizes if (y := _or_nothing(value, row)) is not None]
        if points:
            axes.plot(*zip(*points, strict=True), marker=mark, label=label)
    axes.set(xscale="log", yscale="log", xlabel="quads", ylabel=axis, title=title)
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(frameon=False, fontsize=9)
    figure.tight_layout()
    figure.savefig(PAGE.parent / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)


def _or_nothing(value: Callable[[Row], float], row: Row) -> float | None:
    try:
        found = value(row)
    except (KeyError, statistics.StatisticsError, ZeroDivisionError):
        return None
    return found if found == found and found > 0 else None  # noqa: PLR0124


def slowest(row: Row) -> tuple[str, float]:
    name = max(row["questions"], key=lambda q: row["questions"][q]["ours"])
    return name, row["questions"][name]["ours"]


def goals(sizes: list[Row], server: Row, limit: int) -> list[list[str]]:
    """A row for each goal of the design: what was asked, what was measured in a run."""
    by = {row["wanted"]: row for row in sizes}
    million = by.get(1_000_000, sizes[-1])
    versus = ratio(million, "rdflib", "ours")
    late = sum(q.get("rdflib_late", False) for q in million["questions"].values())
    name, worst = slowest(million)
    ours, theirs, endpoint = (server.get("servers", {}).get(s, {}) for s in ("socialgraph", "oxigraph", "rdflib-endpoint"))
    new = "new, 8 clients"
    per = [s.get(new, {}).get("per_second") for s in (ours, theirs, endpoint)]
    quiet, loud = ours.get("others' median ms, quiet and beside a hostile query", (math.nan, math.nan))
    largest = sizes[-1]
    doubled = [math.log(o["day_network"] / e["day_network"]) / math.log(o["quads"] / e["quads"]) for e, o in itertools.pairwise(sizes) if "day_network" in o]
    return [
        [
            "G1",
            "questions ≥ 50 × rdflib (geometric mean, 1M)",
            f"{told(mean(versus))} × (a lower bound: rdflib was stopped after {limit} s in {late} of {len(versus)})",
        ],
        ["", "≤ 1.3 × native pyoxigraph", f"{told(mean(ratio(million, 'ours', 'native')))} ×"],
        ["", "no question over 1 s at 1M", f"slowest: {name}, {told(worst)} s; {sum(q['ours'] > 1 for q in million['questions'].values())} over 1 s"],
        [
            "G2",
            "cold `query` ≤ 0.35 s, ≤ 0.25 × rdflib script",
            "; ".join(f"{told(r['cold_query'])} s at {told(r['quads'])} quads, {told(r['cold_query'] / r['rdflib_script'])} ×" for r in sizes if "rdflib_script" in r),
        ],
        [
            "G3",
            "build ≥ 8 × faster than rdflib parses",
            f"{told(mean(row['rdflib_parse'] / row['build'] for row in sizes if 'rdflib_parse' in row))} ×: not met; three quarters are the gates and the store on disk",
        ],
        ["", "peak memory ≤ 0.7 × rdflib's", f"{told(million['build_mb'] / million['rdflib_mb'])} × at 1M" if "rdflib_mb" in million else "–"],
        [
            "G4",
            "server, 8 clients: ≥ 0.7 × Oxigraph server",
            f"{told(per[0] / per[1])} × ({told(per[0])} and {told(per[1])} a second)" if per[0] and per[1] else "–",
        ],
        ["", "≥ 10 × rdflib-endpoint", f"{told(per[0] / per[2])} × ({told(per[2])} a second)" if per[0] and per[2] else "–"],
        ["", "a hostile query slows others by ≤ 20 %", f"{told(100 * (loud / quiet - 1))} % (median {told(quiet)} and {told(loud)} ms)" if ours else "–"],
        [
            "G5",
            "a day's view of 1e5 relations to networkx ≤ 3 s",
            "; ".join(f"{told(r['day_network'])} s for {told(r['relations'])} relations, {told(r['day_relations'])} on the day" for r in sizes[-2:] if "day_network" in r),
        ],
        ["", "`changes` between two days ≤ 3 s", f"{told(largest.get('changes'))} s"],
        ["G6", "doubling the data at most doubles a full scan", f"a day's network grows by the power {', '.join(told(d) for d in doubled)} of the data"],
        [
            "",
            "lookups, dossiers, ego networks unchanged",
            f"the entity of a name {', '.join(told(1000 * row['resolve']) for row in sizes if 'resolve' in row) or '–'} ms; dossier {', '.join(told(1000 * row['dossier']) for row in sizes)} ms; ego network {', '.join(told(1000 * row['ego']) for row in sizes)} ms; find, a sweep, {', '.join(told(1000 * row['find']) for row in sizes)} ms",
        ],
    ]


def main() -> None:
    """Write the page and its plots."""
    runs = [json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8")) for name in RUNS]
    server = json.loads((RESULTS / "server.json").read_text(encoding="utf-8"))
    sizes, machine = runs[0]["sizes"], runs[0]["machine"]
    plot(sizes, {
        "build, gates and all": lambda r: r["build"] if r["gated"] else math.nan, "rdflib parses the same quads": lambda r: r["rdflib_parse"],
        "build without the gates": lambda r: math.nan if r["gated"] else r["build"],
    }, "bench-build", "From rows to a queryable store", "seconds")  # fmt: skip
    plot(sizes, {
        "socialgraph": lambda r: statistics.median(q["ours"] for q in r["questions"].values()),
        "native pyoxigraph": lambda r: statistics.median(q["native"] for q in r["questions"].values()),
        f"rdflib (at most {machine['rdflib_seconds']} s)": lambda r: statistics.median(q["rdflib"] for q in r["questions"].values()),
        "Oxigraph server, through us": lambda r: statistics.median(r["servers"]["oxigraph"]["questions"].values()),
    }, "bench-questions", "The question suite, median question", "seconds")  # fmt: skip
    plot(sizes, {
        "find": lambda r: r["find"], "dossier": lambda r: r["dossier"], "ego network": lambda r: r["ego"], "a day's network": lambda r: r["day_network"],
        "changes between two days": lambda r: r["changes"], "PageRank": lambda r: r["pagerank"],
    }, "bench-growth", "What grows with the data, and what does not", "seconds")  # fmt: skip
    told_of = [goals(run["sizes"], server if run is runs[0] else {}, run["machine"]["rdflib_seconds"]) for run in runs]
    lines = [
        "# Benchmarks",
        "",
        f"*Made by `make bench` on {machine['day']}: {machine['system']}, {machine['cores']} cores, Python {machine['python']}, pyoxigraph {machine['pyoxigraph']}, rdflib {machine['rdflib']}, networkx {machine['networkx']}, pySHACL {machine['pyshacl']}. Medians; peers in the same run. Little else ran on the machine at the time.*",
        "",
        "The data are made by `benchmarks/generator.py`: real sources told anew of other entities, seeded, in the shape of the real claims.",
        "",
        "## Goals",
        "",
        table(["", "goal", "run 1", "run 2"], [[*one, other[-1]] for one, other in zip(*told_of, strict=True)]),
        *(f"*Run {number}.* {run['machine']['note']}\n" for number, run in enumerate(runs, 1)),
        "![Build time by size](bench-build.svg)",
        "",
        "![Question suite by size](bench-questions.svg)",
        "",
        "The gates are SHACL (pySHACL) and the check queries; beyond 1.5 million quads they are left out here. The whole build is held in memory on the way: about 1 kB a quad at the largest size.",
        "",
        "Ours and native are asked in the same process. After the tenth question both are asked of the graph in memory (run 2), up to two million quads. A question that finds nothing is asked once more in a wider mode, to say why; native is asked once.",
        "",
        "![Growth](bench-growth.svg)",
        "",
        *(line for number, run in enumerate(runs, 1) for line in _run(number, run["sizes"])),
        "## Server",
        "",
        f"The real data ({told(server['quads'])} quads), mixed questions; *new* are texts never asked before, *again* the same over and over.",
        "",
        _server(server),
        *_explorer(),
    ]
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _run(number: int, sizes: list[Row]) -> list[str]:
    """The tables of a run."""
    virtuoso = [(row, row["servers"]["virtuoso"]) for row in sizes if "virtuoso" in row.get("servers", {})]

    def over(row: Row, name: str) -> str:
        """How many times longer a server of others takes than we do, question by question."""
        there = row.get("servers", {}).get(name)
        return told(mean(t / row["questions"][q]["ours"] for q, t in there["questions"].items())) if there else "–"

    return [
        f"## Run {number}: sizes",
        "",
        table(
            ["quads", "claims", "relations", "build s", "quads/s", "peak MB", "rdflib parses s", "rdflib MB", "cold query s"],
            [
                [
                    told(r["quads"]),
                    told(r["claims"]),
                    told(r["relations"]),
                    told(r["build"]) + ("" if r["gated"] else " (no gates)"),
                    told(r["quads_per_second"]),
                    told(r["build_mb"]),
                    told(r.get("rdflib_parse")),
                    told(r.get("rdflib_mb")),
                    told(r["cold_query"]),
                ]
                for r in sizes
            ],
        ),
        f"## Run {number}: questions",
        "",
        table(
            ["quads", "questions", "median ms", "slowest", "× native (mean)", "rdflib × ours (mean)", "Oxigraph server × ours (mean)", "Jena × ours (mean)"],
            [
                [
                    told(r["quads"]),
                    str(len(r["questions"])),
                    told(1000 * statistics.median(q["ours"] for q in r["questions"].values())),
                    f"{slowest(r)[0]} {told(slowest(r)[1])} s",
                    told(mean(ratio(r, "ours", "native"))),
                    told(mean(ratio(r, "rdflib", "ours"))),
                    over(r, "oxigraph"),
                    over(r, "jena"),
                ]
                for r in sizes
            ],
        ),
        *(
            f"Virtuoso 7 (Debian's package), {told(r['quads'])} quads: {len(v['questions'])} questions answered, {over(r, 'virtuoso')} × our time, {len(v['failed'])} end in an error of its own ({', '.join(v['failed'])}); at 100 000 quads some take minutes. Jena is Debian's 4.5 with TDB2 in memory."
            for r, v in virtuoso
        ),
        "",
        f"## Run {number}: growth",
        "",
        table(
            ["", *(told(r["quads"]) for r in sizes), "power of the data"],
            [
                [label, *(told(1000 * r[key], " ms") if key in r else "–" for r in sizes), growth([r for r in sizes if key in r], lambda r, k=key: r[k])]
                for label, key in (
                    ("the entity of a name", "resolve"),
                    ("find by a part of a name", "find"),
                    ("dossier", "dossier"),
                    ("ego network", "ego"),
                    ("a day's network", "day_network"),
                    ("PageRank of it", "pagerank"),
                    ("betweenness, 100 sampled", "betweenness_sampled"),
                    ("changes between two days", "changes"),
                    ("read everything as values", "read"),
                )
            ],
        ),
    ]


def _explorer() -> list[str]:
    rows = json.loads((RESULTS / "explorer.json").read_text(encoding="utf-8"))
    aims = {"first picture ms": "no later than stock pyvis", "file MB": "1.6 at 1 500", "pan p95 ms": "half of stock pyvis at 1 500", "a day chosen p95 ms": "50 at 1 500", "a name typed p95 ms": "50 at 1 500"}
    cell = lambda row, name: told(row["ours"][name]) + (f" · {told(row['stock'][name])}" if name in row["stock"] else "")  # noqa: E731
    return [
        "## Network page",
        "",
        "`benchmarks/explorer.py`: ours · stock pyvis with physics off, the same graph, in headless Chromium; panning and zooming on a processor slowed down four times. Ours holds every relation of every day with its sources, stock pyvis the relations of one day.",
        "",
        table(["", *(f"{row['nodes']} entities, {row['relations']} relations" for row in rows), "aim"], [[name, *(cell(row, name) for row in rows), aims.get(name, "")] for name in rows[0]["ours"]]),
    ]


def _server(server: Row) -> str:
    rows = [
        [name, load, told(figures["per_second"]), told(figures["p50_ms"]), told(figures["p99_ms"]), str(figures["failed"])]
        for name, told_ in server["servers"].items()
        for load, figures in told_.items()
        if isinstance(figures, dict) and "per_second" in figures
    ]
    siege = server["servers"]["socialgraph"].get("siege", {})
    after = (
        f"\nUnder 32 clients for {told(siege['seconds'])} seconds, every eighth of them hostile: {siege['asked']} questions asked, {siege['wrong']} wrong answers, {siege['failed']} failed, {siege['busy']} told to come back later (503); p50 {siege['p50_ms']} ms, p99 {siege['p99_ms']} ms; {siege['hostile asked']} hostile queries, {siege['hostile answered']} of them answered, the others ended; memory {siege['memory MB before, most, after'][0]} MB before, {siege['memory MB before, most, after'][1]} MB at most, {siege['memory MB before, most, after'][2]} MB after.\n"
        if siege
        else ""
    )
    return table(["server", "load", "a second", "p50 ms", "p99 ms", "failed"], rows) + after


if __name__ == "__main__":
    main()
