"""The explorer as a file: one file, nothing outside, the same bytes, and no text that can become markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.errors import ParameterInvalid
from socialgraph.model.picture import DrawnKind, Edge, Node, Picture, PictureClaim, PictureFact, PictureSource, Text
from socialgraph.pages import explorer
from socialgraph.pages.explorer import render, write
from socialgraph.pages.texts import LANGUAGES, STATES, STATUSES, TEXTS

HOSTILE = "<!--<script></script ></script\n></script><script>alert(1)</script>\"'><img src=x onerror=alert(2)> href=javascript:alert(3)"
HOSTILE += " {{ 7*7 }} \u2028"
SRC = Path(__file__).resolve().parents[2] / "src"


class Reader(HTMLParser):
    """Elements, attributes and the raw text of scripts and styles, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in {"script", "style"}:
            tag, attributes = self.elements[-1]
            if self.texts and self.texts[-1][1] is attributes:
                data = self.texts.pop()[2] + data
            self.texts.append((tag, attributes, data))

    def block(self, name: str) -> Any:
        return next(json.loads(text) for _, attributes, text in self.texts if attributes.get("id") == name)


def picture(word: str = "Rosornas ring") -> Picture:
    text = Text(word, word)
    claim = PictureClaim("s", "p3.s2", "actual", "2016", "", word, word, (word,))
    fact = PictureFact("name", word, text, (claim,))
    nodes = tuple(Node(id, "Kind", text, (word,), (fact,), x, 0.0) for id, x in (("a", 0.0), ("b", 200.0), ("c", 400.0)))
    edges = (
        Edge("e1", "Tie", "a", "b", "certain", text, text, ((text, text),), (claim,)),
        Edge("e2", "Tie", "b", "a", "planned", text, text, (), (claim,)),
        Edge("e3", "Both", "a", "b", "ended", text, text, (), (claim,)),
        Edge("e4", "Tie", "b", "c", "wished", text, text, (), ()),
    )
    source = PictureSource("s", word, word, "2018-04", "inferred", "https://example.org/x", (word,))
    kinds = (DrawnKind("Kind", text, "#1f5fa8", "box"),)
    relations = (DrawnKind("Tie", text), DrawnKind("Both", text, glyph="line"))
    return Picture(text, "2018-04-30", "certain", "", "b7", nodes, edges, kinds, relations, (DrawnKind("name", text),), (source,))


@pytest.fixture(scope="module")
def html() -> str:
    return render(picture())


def test_pyvis_still_carries_the_renderer_where_we_read_it() -> None:
    assert version("pyvis") == "0.3.2"
    for path in explorer.VIS.values():
        assert files("pyvis").joinpath(path).is_file(), path


def test_the_network_is_a_pyvis_network() -> None:
    from pyvis.network import Network

    network = explorer._network(picture(), "sv")
    assert isinstance(network, Network)
    assert network.num_nodes() == 3
    assert network.num_edges() == 4
    assert network.get_nodes() == ["a", "b", "c"]


def test_the_same_picture_gives_the_same_bytes() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_explorer import picture\n"
        "from socialgraph.pages.explorer import render\n"
        "import hashlib; print(hashlib.sha256(render(picture()).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(SRC)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {hashlib.sha256(render(picture()).encode()).hexdigest() + "\n"}


def test_importing_the_module_does_not_import_pyvis() -> None:
    code = "import sys, socialgraph.pages.explorer; sys.exit('pyvis' in sys.modules or 'IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(SRC)}, check=False).returncode == 0


def test_nothing_points_outside(html: str) -> None:
    read = Reader(html)
    for tag, attributes in read.elements:
        for name in ("src", "href", "action", "data", "poster", "srcset", "xlink:href", "formaction"):
            value = attributes.get(name)
            assert value is None or value.startswith(("#", "data:")), (tag, name, value)
    assert "sourceMappingURL" not in html
    for tag, _, text in read.texts:
        if tag == "style":
            assert "url(" not in text
            assert "@import" not in text
    assert {attributes.get("rel") for tag, attributes in read.elements if tag == "link"} == {"icon"}


def test_the_policy_allows_exactly_what_stands_in_the_page(html: str) -> None:
    read = Reader(html)
    policy = next(attributes["content"] for tag, attributes in read.elements if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    allowed = {part.split(" ")[0]: part.split(" ")[1:] for part in policy.split("; ")}
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        inline = [text for kind, attributes, text in read.texts if kind == tag and attributes.get("type") != "application/json"]
        hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'" for text in inline]
        assert allowed[directive] == hashes
    assert not [attributes for _, attributes in read.elements if any(name.startswith("on") or name == "style" for name in attributes)]


def test_hostile_texts_stay_texts() -> None:
    hostile, calm = Reader(render(picture(HOSTILE))), Reader(render(picture()))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in calm.elements]
    blocks = [text for _, attributes, text in hostile.texts if attributes.get("type") == "application/json"]
    assert len(blocks) == 3
    assert not [text for text in blocks if "<" in text]
    assert hostile.block("data-picture")["title"] == HOSTILE  # the same in both languages
    assert hostile.block("data-picture")["nodes"][0]["label"] == HOSTILE


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_whole(word: str) -> None:
    read = Reader(render(picture(word)))
    assert read.block("data-picture")["nodes"][0].get("label", "") == word  # what is empty goes without saying
    assert len(read.elements) == len(Reader(render(picture())).elements)


def test_a_hostile_colour_or_glyph_is_not_drawn() -> None:
    kind = DrawnKind("Kind", Text("x", "x"), "red;background:url(//x)", "image")
    node = Reader(render(replace(picture(), entity_kinds=(kind,)))).block("data-drawing")["nodes"][0]
    assert (node["color"], node["shape"]) == (explorer.PLAIN, "dot")


def test_physics_is_off_and_every_node_has_its_place(html: str) -> None:
    drawing = Reader(html).block("data-drawing")
    assert drawing["options"]["physics"] == {"enabled": False}
    assert drawing["options"]["interaction"]["hideEdgesOnDrag"] is True
    assert drawing["options"]["interaction"]["hideEdgesOnZoom"] is True
    assert [(node["id"], node["x"]) for node in drawing["nodes"]] == [("a", 0.0), ("b", 200.0), ("c", 400.0)]


def test_parallel_edges_bow_apart_whichever_way_they_run(html: str) -> None:
    bows = Reader(html).block("data-drawing")["bows"]
    packed = Reader(html).block("data-picture")
    edges = {row[0]: {"source": packed["nodes"][row[2]]["id"]} for row in packed["edges"]}
    sides = []
    for name in ("e1", "e2", "e3"):
        side = bows.get(name, 0.0)
        sides.append(side if edges[name]["source"] == "a" else -side)
    assert len(set(sides)) == 3
    assert "e4" not in bows


def test_states_differ_by_pattern_not_only_by_shade() -> None:
    patterns = {str(stroke["dashes"]) for stroke in explorer.STROKES.values()}
    assert len(patterns) == len(explorer.STROKES) == len(STATES)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [explorer.PLAIN, *(stroke["color"] for stroke in explorer.STROKES.values())])
def test_lines_stand_out_from_white(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 3.0  # WCAG 2.1, 1.4.11


def test_a_relation_kind_that_reads_both_ways_has_no_arrow(html: str) -> None:
    packed = Reader(html).block("data-picture")
    assert {row[0] for row in packed["edges"] if packed["relation_kinds"][row[1]].get("glyph") == explorer.UNDIRECTED} == {"e3"}


def test_language_and_summary(html: str) -> None:
    assert '<html lang="sv">' in html
    assert "Visar 30 april 2018, säkra uppgifter, 1 källa, bygge b7" in html
    english = render(picture(), lang="en")
    assert '<html lang="en">' in english
    assert "Showing 30 April 2018, certain facts, 1 source, build b7" in english


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ParameterInvalid, match="expected one of sv, en"):
        render(picture(), lang="fi")


def test_an_edge_into_nowhere_is_refused() -> None:
    whole = picture()
    with pytest.raises(ParameterInvalid, match="its end 'c' is not among the nodes"):
        render(replace(whole, nodes=whole.nodes[:2]))


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    path = write(picture(), tmp_path / "new" / "bild.html")
    assert path.read_bytes() == render(picture()).encode("utf-8")
    whole = picture()
    with pytest.raises(ParameterInvalid):
        write(replace(whole, nodes=()), path)
    assert path.read_bytes() == render(picture()).encode("utf-8")
    assert [entry.name for entry in path.parent.iterdir()] == ["bild.html"]


def test_every_word_the_scripts_ask_for_exists() -> None:
    asked: set[str] = set()
    for name in explorer.SCRIPTS:
        script = files("socialgraph.pages").joinpath("static", name).read_text(encoding="utf-8")
        asked |= set(re.findall(r"(?:words|this)\.t\(\"(\w+)\"", script))
        asked |= {f"{key}_{number}" for key in re.findall(r"words\.count\(\"(\w+)\"", script) for number in ("one", "many")}
    template = files("socialgraph.pages").joinpath("templates", "explorer.html.j2").read_text(encoding="utf-8")
    asked |= set(re.findall(r"data-(?:text|label|placeholder)=\"(\w+)\"", template))
    assert asked
    assert asked <= set(TEXTS), asked - set(TEXTS)


@pytest.mark.parametrize("name", [*TEXTS, *STATES, *STATUSES])
def test_both_languages_are_filled_in_with_the_same_gaps(name: str) -> None:
    text = {**TEXTS, **STATES, **STATUSES}[name]
    gaps = [set(re.findall(r"\{(\w+)\}", getattr(text, lang))) for lang in LANGUAGES]
    assert all(getattr(text, lang) for lang in LANGUAGES)
    assert gaps[0] == gaps[1]
