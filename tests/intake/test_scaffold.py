"""A new source: a folder whole or not at all; and the one figure of `source.yml` that the program writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from socialgraph.build import gather_inputs
from socialgraph.intake import scaffold
from socialgraph.intake.entities import read_entities
from socialgraph.intake.scaffold import new_source, with_expect
from socialgraph.intake.sources import read_source
from socialgraph.model.claims import Copy, Source
from socialgraph.project import Project
from socialgraph.rdf import ontology

ROOT = Path(__file__).parents[2]
WORDS = ontology.read(ROOT / "ontology")
TOLD = Source(
    "exempel-2020-06", "Junibrev: från #Exempellän", "column", "exempelforbundet", "2020-06", "stated", url="https://exempel.example/juni", language="sv"
)


@pytest.fixture
def make(world_project):
    """Make a source in a fresh copy of the world; gives the folder or none, and the findings."""
    entities, _ = read_entities(world_project / "data/entities", "data/entities", WORDS)

    def making(**change):
        source = Source(**{f: getattr(TOLD, f) for f in TOLD.__slots__} | change)
        return new_source(world_project / "data/sources", source, entities=entities)

    making.entities = entities
    making.folder = world_project / "data/sources"
    return making


def everything(folder):
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_new_source_is_three_files_that_read_back_as_what_was_said(make):
    folder, findings = make()
    assert findings == []
    assert sorted(p.name for p in folder.iterdir()) == ["claims.csv", "notes.md", "source.yml"]
    source, findings = read_source(folder, "x", make.entities)
    assert findings == []
    assert source == Source(**{f: getattr(TOLD, f) for f in TOLD.__slots__} | {"expect": (0, 0)})


def test_the_header_is_that_of_the_other_sources(make):
    folder, _ = make()
    world = (make.folder / "exempel-2018-04" / "claims.csv").read_text(encoding="utf-8")
    assert (folder / "claims.csv").read_bytes().decode() == world.split("\n", maxsplit=1)[0] + "\n"


def test_the_notes_have_the_four_headings_and_say_how_the_day_is_known(make):
    folder, _ = make(published_basis="inferred", published_note="senaste händelsen är från maj")
    notes = (folder / "notes.md").read_text(encoding="utf-8")
    assert re.findall(r"^#+ (.*)$", notes, re.MULTILINE) == ["Junibrev: från #Exempellän", "Läsning", "Datering", "Avstämning", "Utanför"]
    assert "Härledd: senaste händelsen är från maj" in notes
    assert yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))["published_note"] == "senaste händelsen är från maj"


def test_copies_and_authors_are_written_too(make):
    folder, findings = make(copies=(Copy("a.pdf", note="n"), Copy("b.pdf", "https://b.example")), authors=("fiktiva-fabelsson",))
    assert findings == []
    source, _ = read_source(folder, "x", make.entities)
    assert (source.copies, source.authors) == ((Copy("a.pdf", note="n"), Copy("b.pdf", "https://b.example")), ("fiktiva-fabelsson",))


def test_a_source_without_rows_stops_the_build_and_is_told_of(make, world_project):
    make()
    _, findings = gather_inputs(Project(world_project, world_project / "build"))
    assert [(f.rule, f.file) for f in findings] == [("empty-file", "data/sources/exempel-2020-06/claims.csv")]


WRONG = {
    "a bad slug": ({"id": "Juni 2020"}, [("bad-slug", "Juni 2020", "")]),
    "a slug that leads elsewhere": ({"id": "../juni"}, [("bad-slug", "../juni", "")]),
    "a slug that is taken": ({"id": "exempel-2018-04"}, [("duplicate-id", "exempel-2018-04", "data/sources/exempel-2018-04")]),
    "an unknown publisher": ({"publisher": "exempelforbund"}, [("unknown-entity", "exempelforbund", "exempelforbundet")]),
    "a day that is none": ({"published": "juni 2020"}, [("bad-date", "juni 2020", "EDTF")]),
    "an unknown kind": ({"kind": "blog"}, [("wrong-field", "blog", "column | page")]),
    "inferred without a reason": ({"published_basis": "inferred"}, [("missing-field", "", "published_note")]),
    "a phone number": ({"title": "Ring 060-12 34 56"}, [("contact-data", "…", "")]),
    "several at once": (
        {"publisher": "", "published": "x", "kind": "y"}, [("missing-field", "", "publisher"), ("bad-date", "x", "EDTF"), ("wrong-field", "y", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_at_once_and_nothing_is_made(make, case):
    change, expected = WRONG[case]
    before = everything(make.folder.parent)
    folder, findings = make(**change)
    assert folder is None
    assert [(f.rule, f.found) for f in findings] == [(rule, found) for rule, found, _ in expected]
    assert all(part in f.detail for f, (_, _, part) in zip(findings, expected, strict=True))
    assert everything(make.folder.parent) == before


def test_a_folder_that_somebody_else_makes_meanwhile_is_not_touched(make, monkeypatch):
    real = scaffold.read_source

    def slow(*arguments):
        (make.folder / TOLD.id).mkdir()
        (make.folder / TOLD.id / "source.yml").write_text("theirs", encoding="utf-8")
        return real(*arguments)

    monkeypatch.setattr(scaffold, "read_source", slow)
    folder, (finding,) = make()
    assert (folder, finding.rule) == (None, "duplicate-id")
    assert (make.folder / TOLD.id / "source.yml").read_text(encoding="utf-8") == "theirs"


def test_an_empty_folder_is_somebodys_too(make):
    (make.folder / TOLD.id).mkdir()
    assert [f.rule for f in make()[1]] == ["duplicate-id"]
    assert list((make.folder / TOLD.id).iterdir()) == []


def test_a_build_at_the_same_time_sees_no_half_made_source(make, monkeypatch):
    real, seen = scaffold.read_source, []
    monkeypatch.setattr(scaffold, "read_source", lambda *a: seen.append({p.name for p in make.folder.iterdir()}) or real(*a))
    before = {p.name for p in make.folder.iterdir()}
    assert make()[1] == []
    assert seen == [before]


@pytest.mark.parametrize("file", ["source.yml", "claims.csv", "notes.md"])
def test_a_stop_in_the_middle_leaves_nothing(make, monkeypatch, file):
    real, before = Path.write_text, everything(make.folder.parent)

    def full(self, *arguments, **options):
        if self.name == file:
            raise OSError("the disk is full")
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="full"):
        make()
    assert everything(make.folder.parent) == before
    assert not (make.folder / TOLD.id).exists()
    assert not list(make.folder.parent.glob(".*"))


# ── expect

EXPECT = {
    "flow": ("title: x\nexpect: {claims: {min: 19, max: 19}}\nurl: u\n", "title: x\nexpect: {claims: {min: 7, max: 8}}\nurl: u\n"),
    "block": ("expect:\n  claims:\n    max: 2\n    min: 1\nurl: u\n", "expect:\n  claims:\n    max: 8\n    min: 7\nurl: u\n"),
    "mixed, with a comment": ("expect:\n  claims: {min: 63, max: 63}   # counted\n", "expect:\n  claims: {min: 7, max: 8}   # counted\n"),
    "quoted": ("expect: {claims: {min: '1', max: \"2\"}}\n", "expect: {claims: {min: 7, max: 8}}\n"),
    "none": ("title: x\n", "title: x\nexpect:\n  claims:\n    min: 7\n    max: 8\n"),
    "none, without a line end": ("title: x", "title: x\nexpect:\n  claims:\n    min: 7\n    max: 8\n"),
    "a title that says it": (
        "title: 'expect: min: 1'\nexpect: {claims: {min: 1, max: 1}}\n", "title: 'expect: min: 1'\nexpect: {claims: {min: 7, max: 8}}\n",
    ),
    "Windows line ends": ("title: x\r\nexpect: {claims: {min: 1, max: 1}}\r\n", "title: x\r\nexpect: {claims: {min: 7, max: 8}}\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", EXPECT)
def test_only_the_figures_change(case):
    before, after = EXPECT[case]
    assert with_expect(before, 7, 8) == after


TOLD_FILES = sorted([*ROOT.glob("data/sources/*/source.yml"), *ROOT.glob("tests/world/data/sources/*/source.yml")])


@pytest.mark.parametrize("path", TOLD_FILES, ids=lambda p: p.parent.name)
def test_the_figures_of_every_source_there_is_can_be_changed(path):
    text = path.read_text(encoding="utf-8")
    changed = with_expect(text, 1234567, 7654321)
    told, before = (yaml.safe_load(t) for t in (changed, text))
    assert told.pop("expect") == {"claims": {"min": 1234567, "max": 7654321}}
    before.pop("expect", None)
    assert told == before
