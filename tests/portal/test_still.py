"""The site without a server: every link leads to a file, from disk too; nothing needs a server; what is written is whole."""

from __future__ import annotations

import json
import re
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe

from socialgraph.errors import SiteBroken
from socialgraph.portal import still

LINK = re.compile(r'\b(?:href|src|action|data-entities)="([^"]*)"')
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def public(world, tmp_path_factory) -> Path:
    into = tmp_path_factory.mktemp("site") / "public"
    assert still.write(world, into, address="https://example.org/sg") == sum(1 for p in into.rglob("*") if p.is_file())
    return into


def parsed(path: Path) -> ET.Element:
    return ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  # our own file


def pages(public: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in public.rglob("*.html")}


def test_every_page_is_there_in_both_languages(public, world):
    for start, lang in ((public, "sv"), (public / "en", "en")):
        for place in ("", "questions", "entities", "sources", "ontology", "about", "coverage", "explorer", "reports", "find", "reports/national"):
            assert f'lang="{lang}"' in (start / place / "index.html").read_text(encoding="utf-8"), place
        for folder, ids in (("entities", world.holdings.entities), ("sources", world.holdings.sources), ("questions", world.catalogue.questions)):
            assert {p.name for p in (start / folder).iterdir() if p.is_dir()} == set(ids)
        relations = {r.id for r in world.holdings.relations} | {f.id for f in world.holdings.facts}
        assert {p.name for p in (start / "relations").iterdir()} == relations


def test_every_link_leads_to_a_file_and_every_fragment_to_a_place(public):
    told = pages(public)
    assert len(told) > 300
    links = 0
    for path, text in told.items():
        for link in map(unescape, LINK.findall(text)):
            if link.startswith(("https://", "http://", "data:", "#")) or not link:
                continue
            assert not link.startswith("/"), f"{path}: {link} works on one server only"
            target, _, fragment = link.partition("#")
            file = (path.parent / unquote(target)).resolve() if target else path
            assert file.is_file(), f"{path}: {link}"
            assert file.is_relative_to(public.resolve())
            if fragment and file.suffix == ".html" and "=" not in fragment:
                assert f'id="{fragment}"' in told[file], f"{path}: {link}"
            links += 1
    assert links > 5000


def test_nothing_needs_a_server(public):
    for path, text in pages(public).items():
        forms = re.findall(r'<form[^>]*action="([^"]*)"', text)
        assert all(str((path.parent / action).resolve()).endswith("/find/index.html") for action in forms), path
        assert "/bench" not in text.replace("bench.js", "") or "explorer" in str(path)


def test_an_answer_has_its_files_and_its_link(public, world):
    page = (public / "questions" / "staff-loans" / "index.html").read_text(encoding="utf-8")
    link = unescape(re.search(r"socialgraph query '([^<]*)'</code>", page)[1])
    table = world.query(link)
    held = json.loads((public / "questions" / "staff-loans" / "staff-loans.json").read_text(encoding="utf-8"))
    assert len(held["rows"]) == len(table.rows) > 0
    assert zipfile.is_zipfile(public / "questions" / "staff-loans" / "staff-loans.xlsx")


def test_dumps_reports_feed_and_sitemap_are_whole(public, world):
    assert len(list((public / "exports").iterdir())) == len(world.forms().rows)
    assert (public / "reports" / "county" / "exempellan" / "exempellan.pdf").read_bytes().startswith(b"%PDF")
    for lang in ("", "en/"):
        feed = parsed(public / lang / "feed.xml")
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == len(world.holdings.sources)
        days = [e.find(f"{ATOM}updated").text for e in entries]
        assert days == sorted(days, reverse=True)
        assert all(e.find(f"{ATOM}link").get("href").startswith(f"https://example.org/sg/{lang}sources/") for e in entries)
    locations = {e.text for e in parsed(public / "sitemap.xml").iter() if e.tag.endswith("loc")}
    assert {str(p.relative_to(public)) for p in public.rglob("index.html")} == {loc.removeprefix("https://example.org/sg/") for loc in locations}
    assert "sitemap.xml" in (public / "robots.txt").read_text(encoding="utf-8")


def test_without_an_address_links_of_the_feed_are_relative_and_there_is_no_sitemap(world, tmp_path):
    still.write(world, tmp_path / "public")
    assert not (tmp_path / "public" / "sitemap.xml").exists()
    for lang in ("", "en"):
        for entry in parsed(tmp_path / "public" / lang / "feed.xml").findall(f"{ATOM}entry"):
            assert (tmp_path / "public" / lang / entry.find(f"{ATOM}link").get("href")).is_file()
    before = {p.relative_to(tmp_path): p.read_bytes() for p in (tmp_path / "public").rglob("*") if p.is_file()}
    still.write(world, tmp_path / "public")
    assert {p.relative_to(tmp_path): p.read_bytes() for p in (tmp_path / "public").rglob("*") if p.is_file()} == before, "the same build, the same bytes"
    assert [p.name for p in tmp_path.iterdir()] == ["public"]


def test_a_folder_of_something_else_is_left_alone(world, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(still.Still, "write", lambda *_: 0)
    with pytest.raises(SiteBroken, match="something else"):
        still.write(world, tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]


def test_a_link_to_what_is_not_written_is_an_error(world, tmp_path):
    made = still.Still(still.Service(world, None, still=True), tmp_path)
    made._files = {"/": "index.html"}
    assert made._relative('<a href="/#x">', "/entities/skr", "sv") == '<a href="../../index.html#x">'
    with pytest.raises(SiteBroken, match="/bench"):
        made._relative('<a href="/bench?q=1">', "/entities/skr", "sv")


def test_entities_are_told_in_the_words_of_schema_org(public, world):
    page = (public / "entities" / "kommunernas-forbund" / "index.html").read_text(encoding="utf-8")
    blocks = [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)]
    told = next(b for b in blocks if isinstance(b, dict) and b.get("@context") == "https://schema.org")
    assert told["@type"] == "Organization"
    assert told["name"] == world.view().name("kommunernas-forbund")
    start = (public / "index.html").read_text(encoding="utf-8")
    assert '"@type": "Dataset"' in start


# ── in a browser, from disk


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_search_finds_what_the_server_finds_from_disk(public, page, world, lang):
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith(("file://", "data:")) else None)
    start = public if lang == "sv" else public / "en"
    for sought in ("fou", "Kommunernas", "saga", "exempelforbundet"):
        page.goto((start / "index.html").as_uri())
        page.fill("#big-q", sought)
        page.press("#big-q", "Enter")
        page.wait_for_selector("#found li")
        found = [link.rstrip("/").split("/")[-2] for link in page.eval_on_selector_all("#found a", "links => links.map(l => l.getAttribute('href'))")]
        assert {e.id for e in world.find(sought)} == set(found)
        page.click("#found a")
        assert page.locator("h1").count() == 1
    page.goto((start / "find" / "index.html").as_uri() + "?q=xyzzy")
    assert page.inner_text("#told") in ("Inget namn, ingen förkortning och inget nummer liknar det.", "No name, abbreviation or number is like that.")
    assert not outside


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("place", ["", "entities", "entities/kommunernas-forbund", "questions/staff-loans", "reports", "find", "about"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(public, page, place, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((public / place / "index.html").as_uri())
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
