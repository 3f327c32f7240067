"""The network page beside stock pyvis, physics off, on the same graphs in the same run: .venv/bin/python benchmarks/explorer.py [nodes …]

Headless Chromium, no GPU, the network shut. Measured: file size; time to the first picture (median of `OPENED` openings, ours and
theirs by turns); frames while panning and zooming on a processor slowed down `SLOWED` times, since at full speed both wait for the
screen (50th and 95th percentile of the gaps between animation frames); for ours a day chosen, until it is drawn,
and a name typed, until the list stands.
The figures go to `benchmarks/results/explorer.json`, which `results.py` lays out.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

from socialgraph.drawing import placed
from socialgraph.model.picture import Days, DrawnKind, Edge, NameFrom, Node, Picture, PictureClaim, PictureSource, Text, day_number
from socialgraph.pages.explorer import write

FRAMES = """
window.__first = 0; window.__gaps = []; let last = 0;
const tick = (now) => {
  if (last) window.__gaps.push(now - last);
  last = now;
  const canvas = document.querySelector("canvas");
  if (!window.__first && canvas && canvas.width > 10) {
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    for (let i = 3; i < data.length; i += 397 * 4) if (data[i] > 100) { window.__first = performance.now(); break; }
  }
  requestAnimationFrame(tick);
};
requestAnimationFrame(tick);
"""
SIZES = (300, 1500, 5000)
OPENED = 11
SLOWED = 4
RESULTS = Path(__file__).with_name("results") / "explorer.json"


def picture(nodes: int) -> Picture:
    """An invented network of a size, two relations a node, over seven years, in communities: the shape of real claims."""
    dice = random.Random(nodes)
    kinds = [DrawnKind(f"K{i}", Text(f"slag {i}", f"kind {i}"), colour, glyph) for i, (colour, glyph) in enumerate(
        [("#1f5fa8", "box"), ("#7a3e9d", "diamond"), ("#b3261e", "dot"), ("#2f6b1f", "triangle"), ("#8a4b00", "hexagon")])]  # fmt: skip
    relations = [DrawnKind(f"R{i}", Text(f"relation {i}", f"relation {i}"), forward=Text(f"gör {i} med", f"does {i} with")) for i in range(8)]
    sources = tuple(PictureSource(f"s{i}", f"Krönika {i}", "Förbundet", f"20{10 + i % 14}-04", "stated", "", (f"dok{i}.pdf",)) for i in range(60))
    first = date(2015, 1, 1)
    changed = day_number(date(2019, 11, 27))
    called = tuple(NameFrom(day, Text(word, word), Text(f"{word} hette det så", f"{word} it was called")) for day, word in ((-719162, "Förr"), (changed, "Nu")))
    people = tuple(
        Node(f"n{i}", kinds[i % 5].id, Text(f"Enheten för sak {i}", f"Unit {i}"), (f"Enheten för sak {i}", f"ES{i}"), (), called=called if i % 40 == 0 else ())
        for i in range(nodes)
    )
    edges = []
    for i in range(2 * nodes):
        a = dice.randrange(nodes)
        b = (a + dice.randrange(1, 25)) % nodes if dice.random() < 0.85 else dice.randrange(nodes)
        b = b if b != a else (a + 1) % nodes
        start = first + timedelta(days=dice.randrange(2500))
        end = start + timedelta(days=dice.randrange(100, 1500))
        days = Days(*(day_number(d) for d in (start, start + timedelta(days=30), end, start, end, start)))
        claim = PictureClaim(f"s{dice.randrange(60)}", f"p{dice.randrange(1, 9)}.s{dice.randrange(1, 6)}", "actual", start.isoformat()[:7], "", "", "", ())
        said = Text("sedan 2018", "since 2018")
        edges.append(Edge(f"{i:016x}", f"R{i % 8}", f"n{a}", f"n{b}", "presumed", Text("", ""), said, (), (claim,), (), "actual", days))
    return placed(Picture(
        Text("Ett nätverk", "A network"), "2018-06-30", "possible", "", "bench", people, tuple(edges), tuple(kinds), tuple(relations), (), sources,
        day_number(first), day_number(date(2024, 12, 31)),
    ))  # fmt: skip


def stock(of: Picture, path: Path) -> Path:
    """The same graph as pyvis itself writes it, coordinates given, physics off."""
    net = Network(height="800px", width="100%", directed=True, cdn_resources="in_line")
    net.toggle_physics(False)
    for node in of.nodes:
        net.add_node(node.id, label=node.label.sv, x=node.x, y=node.y, physics=False)
    held = day_number(date(2018, 6, 30))
    for edge in of.edges:
        if edge.days and edge.days.possible_from <= held <= edge.days.possible_until:
            net.add_edge(edge.source, edge.target, title=edge.kind)
    path.write_text(net.generate_html(notebook=False), encoding="utf-8")
    return path


def gaps(page: Page, act: Any) -> tuple[float, float]:
    page.evaluate("() => { window.__gaps.length = 0; }")
    act()
    found = sorted(page.evaluate("() => window.__gaps"))
    return statistics.median(found), found[int(len(found) * 0.95)]


def pan(page: Page) -> None:
    page.mouse.move(560, 420)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(560 + (step % 30) * 6, 420 + (step % 20) * 4)
        page.wait_for_timeout(16)
    page.mouse.up()


def zoom(page: Page) -> None:
    page.mouse.move(560, 420)
    for step in range(30):
        page.mouse.wheel(0, -60 if step < 15 else 60)
        page.wait_for_timeout(16)


def opened(browser: Browser, path: Path) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    page.add_init_script(FRAMES)
    page.goto(path.as_uri())
    page.wait_for_function("() => window.__first > 0", timeout=120_000)
    return page


def first_pictures(browser: Browser, *paths: Path) -> list[float]:
    """The median time to the first picture of each, in ms, opened by turns."""
    found: list[list[float]] = [[] for _ in paths]
    for _ in range(OPENED):
        for path, times in zip(paths, found, strict=True):
            page = opened(browser, path)
            times.append(page.evaluate("() => window.__first"))
            page.close()
    return [statistics.median(times) for times in found]


def measure(browser: Browser, path: Path) -> dict[str, float]:
    page = opened(browser, path)
    page.wait_for_timeout(1500)
    told = {"file MB": path.stat().st_size / 1e6}
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    for name, act in (("pan", pan), ("zoom", zoom)):
        p50, p95 = gaps(page, lambda act=act: act(page))
        told |= {f"{name} p50 ms": p50, f"{name} p95 ms": p95}
        page.wait_for_timeout(500)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 1})
    if page.evaluate("() => Boolean(window.socialgraph)"):
        told["a day chosen p95 ms"] = _p95(page.evaluate("""async () => { const { page } = window.socialgraph; const took = [];
          for (let i = 0; i < 40; i += 1) {
            const t = performance.now();
            page.setDay(page.picture.first_day + i * 60);
            await new Promise(requestAnimationFrame); // asked for after the picture's own: it is drawn by then
            took.push(performance.now() - t);
          }
          return took; }"""))
        told["a name typed p95 ms"] = _p95(page.evaluate("""() => { const field = document.getElementById("search"); const took = [];
          for (const text of ["e", "en", "enh", "enheten", "es1", "es12", "sak 7", "nu", "förr"]) {
            field.value = text;
            const t = performance.now();
            field.dispatchEvent(new Event("input"));
            took.push(performance.now() - t);
          }
          return took; }"""))
    page.close()
    return told


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        results = []
        for size in sizes:
            drawn = picture(size)
            pages = write(drawn, Path(folder) / "ours.html"), stock(drawn, Path(folder) / "stock.html")
            ours, theirs = ({"first picture ms": first} | measure(browser, path) for first, path in zip(first_pictures(browser, *pages), pages, strict=True))
            results.append({"nodes": size, "relations": len(drawn.edges), "ours": ours, "stock": theirs})
            print(f"\n{size} nodes, {len(drawn.edges)} relations")
            for name, value in ours.items():
                beside = f"{theirs[name]:9.1f}  {theirs[name] / value:5.2f}×" if name in theirs else ""
                print(f"  {name:<22}{value:9.1f}  {beside}")
        if sizes == list(SIZES):
            RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    main()
