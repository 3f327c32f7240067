"""A sheet becomes a proposal, told before anything is written, and then a source, whole at every moment."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from socialgraph.build import gather_inputs
from socialgraph.errors import ParameterInvalid
from socialgraph.intake import proposals
from socialgraph.intake.entities import read_entities
from socialgraph.intake.headings import HEADINGS, ORDER
from socialgraph.intake.proposals import propose, write
from socialgraph.intake.sources import read_claims, read_source
from socialgraph.project import Project
from socialgraph.rdf import ontology

ROOT = Path(__file__).parents[2]
WORDS = ontology.read(ROOT / "ontology")
ID = "exempel-2018-04"


@pytest.fixture
def source(world_project):
    """The folder of one source in a fresh copy of the world, with helpers."""
    return Held(world_project)


class Held:
    def __init__(self, root):
        self.root, self.folder = root, root / "data/sources" / ID
        self.entities, _ = read_entities(root / "data/entities", "data/entities", WORDS)

    def rows(self):
        with (self.folder / "claims.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def sheet(self, rows, *, name="blad.csv", head=ORDER, **dialect):
        out = io.StringIO()
        writer = csv.writer(out, **dialect)
        writer.writerows([[HEADINGS[c].name.sv if dialect else c for c in head], *([row.get(c, "") for c in head] for row in rows)])
        path = self.root / name
        path.write_bytes(out.getvalue().encode("cp1252" if dialect else "utf-8"))
        return path

    def propose(self, rows_or_path, **options):
        path = rows_or_path if isinstance(rows_or_path, Path) else self.sheet(rows_or_path, **options)
        return propose(path, self.folder, entities=self.entities, vocabulary=WORDS)

    def findings(self):
        told, found = read_source(self.folder, f"data/sources/{ID}", self.entities)
        return found or read_claims(self.folder, f"data/sources/{ID}", source=told, entities=self.entities, vocabulary=WORDS)[1]

    def files(self):
        return {p.name: p.read_bytes() for p in sorted(self.folder.iterdir())}


NEW = {"kind": "Employment", "from": "fou-exempel", "to": "saga-sagosson", "role": "vikarie", "locator": "p2.s9"}


def counts(proposal):
    return {v: len(proposal.of(v)) for v in ("new", "changed", "ended", "unchanged")} | {"refused": len(proposal.refused), "untouched": proposal.untouched}


def none(**counted):
    return {"new": 0, "changed": 0, "ended": 0, "unchanged": 0, "refused": 0, "untouched": 0} | counted


# ── what becomes of rows


def test_the_sources_own_rows_are_unchanged_and_nothing_is_to_be_written(source):
    proposal = source.propose(source.rows())
    assert counts(proposal) == none(unchanged=19)
    assert proposal.steps == ()
    assert "allt står redan i källan" in proposal.text("sv")


def test_the_default_status_the_order_of_topics_and_the_order_of_rows_are_no_changes(source):
    rows = [r | {"status": r["status"] or "actual", "topic": "|".join(reversed(r["topic"].split("|")))} for r in reversed(source.rows())]
    assert counts(source.propose(rows)) == none(unchanged=19)


def test_rows_are_new_changed_ended_or_untouched(source):
    _, second, third, *_ = source.rows()
    proposal = source.propose([second | {"until": "2019-06"}, third | {"note": "rättad", "role": "forskarassistent"}, NEW])
    assert counts(proposal) == none(new=1, changed=1, ended=1, untouched=17)
    (new,), (changed,), (ended,) = (proposal.of(v) for v in ("new", "changed", "ended"))
    assert (ended.row, ended.cells) == (2, (("until", "", "2019-06"),))
    assert changed.cells == (("role", "forskare", "forskarassistent"), ("note", "", "rättad"))
    assert (new.row, new.said.sv) == (4, "FoU Exempel anställer Saga Sagosson (vikarie)")


def test_a_status_of_ended_is_an_end(source):
    assert counts(source.propose([source.rows()[1] | {"status": "ended"}])) == none(ended=1, untouched=18)


def test_a_kind_set_right_is_a_change_and_another_end_is_another_row(source):
    loan = source.rows()[1]
    assert counts(source.propose([loan | {"kind": "Collaboration"}])) == none(changed=1, untouched=18)
    assert counts(source.propose([loan | {"to": "pahittade-universitetet"}])) == none(new=1, untouched=19)
    assert counts(source.propose([loan | {"locator": "p9.s9"}])) == none(new=1, untouched=19)


def test_nothing_is_overwritten_on_a_guess(source):
    """Two rows of the source are alike in place and ends; which of them the one row of the sheet means, nobody can tell."""
    for role in ("vikarie", "samordnare"):
        write(source.propose([NEW | {"role": role}]) if role == "vikarie" else source.propose([NEW, NEW | {"role": role}]))
    proposal = source.propose([NEW | {"role": "chef"}])
    assert counts(proposal) == none(new=1, untouched=21)
    assert "samma ställe och ändar" in proposal.text("sv")
    both = source.propose([NEW | {"note": "a"}, NEW | {"role": "samordnare", "note": "b"}])
    assert [r.cells for r in both.of("changed")] == [(("note", "", "a"),), (("note", "", "b"),)]


def test_the_summary_reads_in_swedish_and_english(source):
    _, second, *_ = source.rows()
    proposal = source.propose([second | {"until": "2019-06"}, NEW | {"since": "2018"}])
    assert proposal.text("sv").splitlines() == [
        "blad.csv till källan exempel-2018-04: nya 1, ändrade 0, avslutade 1, oförändrade 0, refuserade 0", "",
        "Nya (1)", "  rad 3: FoU Exempel anställer Saga Sagosson (vikarie), ställe p2.s9, från och med 2018", "",
        "Avslutade (1)", "  rad 2: Sagokommun lånar ut personal till FoU Exempel", "    Till och med: tom → 2019-06", "",
        "18 rader i källan finns inte i filen; de lämnas som de är.",
    ]  # fmt: skip
    assert "row 2: Municipality of Saga lends staff to R&D Exempel\n    Until: empty → 2019-06" in proposal.text("en")


def test_what_excel_did_is_said(source):
    proposal = source.propose([NEW | {"note": "åäö"}], delimiter=";")
    assert "Windows-1252" in proposal.text("sv")
    assert "semikolon" in proposal.text("sv")
    write(proposal)
    assert [r["note"] for r in source.rows() if r["role"] == "vikarie"] == ["åäö"]


# ── what is refused

REFUSED = {
    "an unknown id": ({"to": "saga-sagoson"}, ("unknown-entity", "to", "saga-sagosson")),
    "a day in words": ({"since": "hösten"}, ("bad-date", "since", "EDTF")),
    "no place": ({"locator": ""}, ("bad-locator", "locator", "")),
    "a wrong end": ({"to": "sagokommun"}, ("wrong-end", "to", "Person")),
    "a phone number": ({"note": "060-12 34 56"}, ("contact-data", "note", "")),
    "an unknown kind": ({"kind": "Employement"}, ("unknown-kind", "kind", "Employment")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_row_is_told_exactly_and_the_good_ones_too_but_nothing_is_written(source, case):
    change, (rule, column, near) = REFUSED[case]
    before = source.files()
    proposal = source.propose([source.rows()[1] | {"until": "2019-06"}, {}, NEW | change])
    (finding,) = proposal.refused
    assert (finding.rule, finding.file, finding.row, finding.column) == (rule, "blad.csv", 4, column)
    assert near in finding.detail
    assert counts(proposal) == none(ended=1, refused=1)
    assert "Inget skrivs" in proposal.text("sv")
    with pytest.raises(ParameterInvalid, match="nothing is written"):
        write(proposal)
    assert source.files() == before


def test_a_finding_uses_the_sheets_own_headings(source):
    (finding,) = source.propose([NEW | {"since": "hösten"}], delimiter=";").refused
    assert finding.column == "Från och med"
    assert "rad 2, kolumn Från och med" in finding.text("sv")


def test_a_row_that_stands_twice_in_the_sheet_is_refused(source):
    (finding,) = source.propose([NEW, NEW]).refused
    assert (finding.rule, finding.file, finding.row, finding.detail) == ("duplicate-claim", "blad.csv", 3, "2")


def test_a_source_that_is_wrong_already_is_mended_first(source):
    path = source.folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("pahittade-universitetet", "pahittade"), encoding="utf-8")
    proposal = source.propose([NEW])
    assert {f.file for f in proposal.refused} == {f"data/sources/{ID}/claims.csv"}
    (source.folder / "source.yml").write_text("title: x\n", encoding="utf-8")
    assert {f.file for f in source.propose([NEW]).refused} == {f"data/sources/{ID}/source.yml"}


def test_an_empty_sheet_is_refused(source):
    (finding,) = source.propose([]).refused
    assert (finding.rule, finding.file) == ("empty-file", "blad.csv")


# ── what is written


def test_only_what_changes_changes(source):
    before = (source.folder / "claims.csv").read_text(encoding="utf-8").splitlines()
    notes = (source.folder / "notes.md").read_bytes()
    proposal = source.propose([source.rows()[1] | {"until": "2019-06"}, NEW])
    assert [p.name for p in write(proposal)] == ["source.yml", "claims.csv"]
    after = (source.folder / "claims.csv").read_bytes().decode()
    assert "\r" not in after
    assert [line for line in after.splitlines() if line not in before] == [
        "StaffLoan,sagokommun,fou-exempel,,,,,,,,,,,,,2019-06,,,p2.s2,,,", "Employment,fou-exempel,saga-sagosson,,,,vikarie,,,,,,,,,,,,p2.s9,,,",
    ]  # fmt: skip
    assert [line for line in before if line not in after.splitlines()] == ["StaffLoan,sagokommun,fou-exempel,,,,,,,,,,,,,,,,p2.s2,,,"]
    assert "expect: {claims: {min: 20, max: 20}}" in (source.folder / "source.yml").read_text(encoding="utf-8")
    assert (source.folder / "notes.md").read_bytes() == notes
    assert sorted(source.files()) == ["claims.csv", "notes.md", "source.yml"]
    assert source.findings() == []


def test_a_new_row_stands_where_its_sentence_stands(source):
    before = [r["locator"] for r in source.rows()]
    write(source.propose([NEW | {"locator": "p3.s1"}, NEW]))
    after = source.rows()
    at = [i for i, r in enumerate(after) if r["role"] == "vikarie"]
    assert [(after[i - 1]["locator"], after[i]["locator"], after[i + 1]["locator"]) for i in at] == [("p2.s4", "p2.s9", "p3.s1"), ("p3.s1", "p3.s1", "p3.s2")]
    assert [r["locator"] for r in after if r["role"] != "vikarie"] == before


def test_importing_twice_is_importing_once(source):
    rows = [source.rows()[1] | {"until": "2019-06"}, NEW]
    write(source.propose(rows))
    once = source.files()
    again = source.propose(rows)
    assert counts(again) == none(unchanged=2, untouched=18)
    assert write(again) == []
    assert source.files() == once


def test_a_source_that_was_edited_meanwhile_is_left_alone(source):
    proposal = source.propose([NEW])
    path = source.folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = source.files()
    with pytest.raises(ParameterInvalid, match="has changed since"):
        write(proposal)
    assert source.files() == before


@pytest.mark.parametrize("expect", ["expect: {claims: {min: 19, max: 19}}\n", "expect: {claims: {min: 19, max: 25}}\n", ""])
@pytest.mark.parametrize("stop", [0, 1, 2, 3])
def test_killed_at_any_moment_the_source_is_whole_and_the_next_import_ends_it(source, expect, stop):
    """The process dies, without any cleaning up, before the file numbered `stop` is put in place."""
    path = source.folder / "source.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("expect: {claims: {min: 19, max: 19}}\n", expect), encoding="utf-8")
    sheet = source.sheet([NEW])
    assert source.findings() == []
    code = (
        "import os, sys\nfrom pathlib import Path\nsys.path[:0] = [sys.argv[1] + '/src']\n"
        "from socialgraph.intake.entities import read_entities\nfrom socialgraph.intake.proposals import propose, write\n"
        "from socialgraph.rdf import ontology\n"
        "root, sheet, stop = Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])\nwords = ontology.read(Path(sys.argv[1]) / 'ontology')\n"
        "entities, _ = read_entities(root / 'data/entities', 'x', words)\n"
        f"proposal = propose(sheet, root / 'data/sources/{ID}', entities=entities, vocabulary=words)\n"
        "real, done = Path.replace, []\n"
        "def dying(self, target):\n    if len(done) == stop: os._exit(9)\n    done.append(1)\n    return real(self, target)\n"
        "Path.replace = dying\nwrite(proposal)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(ROOT), str(source.root), str(sheet), str(stop)], check=False, env=os.environ)
    assert ran.returncode in ((9,) if stop == 0 else (0, 9))
    assert source.findings() == [], "whatever was written can be built"
    assert len(source.rows()) in (19, 20)
    _, findings = gather_inputs(Project(source.root, source.root / "build"))
    assert findings == []
    write(source.propose([NEW]))
    assert len(source.rows()) == 20
    told, _ = read_source(source.folder, "x", source.entities)
    assert told.expect == (20, 20)


@pytest.mark.parametrize("file", ["source.yml", "claims.csv"])
def test_a_full_disk_leaves_the_files_as_they_were(source, monkeypatch, file):
    proposal, before = source.propose([NEW]), source.files()
    real = Path.write_text

    def full(self, text, **options):
        if file in self.name:
            real(self, text[: len(text) // 2], **options)
            raise OSError("the disk is full")
        return real(self, text, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="full"):
        write(proposal)
    monkeypatch.undo()
    assert sorted(source.files()) == sorted(before), "no half file is left beside them"
    assert source.files()["claims.csv"] == before["claims.csv"]
    assert source.findings() == []


def test_what_would_be_written_is_read_by_the_gate_first(source, monkeypatch):
    monkeypatch.setattr(proposals, "joined", lambda old, _: [*old, old[0]])
    (finding,) = source.propose([NEW]).refused
    assert (finding.rule, finding.file) == ("duplicate-claim", f"data/sources/{ID}/claims.csv")
