"""Workbooks: a cell becomes the text it means, what is no value is a finding, and a template comes back as it went."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from socialgraph.errors import ParameterInvalid
from socialgraph.intake import workbook
from socialgraph.intake.entities import read_entities
from socialgraph.intake.headings import HEADINGS, ORDER
from socialgraph.intake.sheets import read_sheet
from socialgraph.intake.sources import read_source
from socialgraph.intake.template import template
from socialgraph.rdf import ontology

ROOT = Path(__file__).parents[2]
WORLD = ROOT / "tests" / "world" / "data"
WORDS = ontology.read(ROOT / "ontology")
ENTITIES, _ = read_entities(WORLD / "entities", "data/entities", WORDS)


# ── XLSX


def book(tmp_path, *rows, name="f.xlsx", title=None):
    path = tmp_path / name
    made = openpyxl.Workbook()
    made.active.title = title or "Blad1"
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


CELLS = {
    "a text": ("å", "å"), "a whole number": (120, "120"), "a large number": (94_000_000, "94000000"), "a part": (0.5, "0.5"),
    "a small part": (0.00001, "0.00001"), "a negative number": (-3, "-3"), "a day": (date(2019, 9, 30), "2019-09-30"),
    "a day with a clock at midnight": (datetime.combine(date(2019, 9, 30), time()), "2019-09-30"),
    "a month as text": ("2019-09", "2019-09"), "nothing": (None, ""), "a number as text": ("007", "007"), "a defused formula": ("'=1+1", "=1+1"),
    "an apostrophe of its own": ("'t Hooft", "'t Hooft"),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_becomes_the_text_it_means(tmp_path, case):
    cell, expected = CELLS[case]
    read = read_sheet(book(tmp_path, ["kind", "value", "note"], ["x", cell, "y"]))
    assert (read.findings, read.records[1]) == ((), ("x", expected, "y"))


NO_VALUES = {
    "a formula": ("=1+1", "=1+1"), "a link as a formula": ('=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'),
    "an error": ("#REF!", "#REF!"), "a truth value": (True, "True"), "a time of day": (time(3, 2), "03:02:00"),
    "a length of time": (timedelta(hours=30), "1 day, 6:00:00"),
    "a day with a clock": (datetime.combine(date(2019, 9, 1), time(3)), "2019-09-01 03:00:00"),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_VALUES)
def test_what_is_no_value_is_a_finding_with_row_and_heading(tmp_path, case):
    cell, found = NO_VALUES[case]
    read = read_sheet(book(tmp_path, ["kind", "Anmärkning"], [], ["x", cell]))
    (finding,) = read.findings
    assert (finding.file, finding.row, finding.column, finding.found) == ("f.xlsx", 3, "Anmärkning", found)
    assert read.records == ()
    assert f"rad 3, kolumn Anmärkning: fann '{found}'" in finding.text("sv")


def test_a_formula_with_a_remembered_result_is_refused_all_the_same(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "f.xlsx")) as made:
        other, ours = made.add_worksheet("Räkning"), made.add_worksheet("Påståenden")
        other.write_formula("A1", "=1+1", None, 2)
        ours.write_row(0, 0, ["kind", "note"])
        ours.write_formula("B3", "=SUM(A1:A2)", None, 7)
    findings = read_sheet(tmp_path / "f.xlsx").findings
    assert [(f.row, f.column, f.found) for f in findings] == [(3, "note", "=SUM(A1:A2)")], "those on other sheets are nobody's business"


def test_real_dates_are_said_because_excel_makes_days_of_months(tmp_path):
    read = read_sheet(book(tmp_path, ["kind", "since"], ["x", date(2019, 9, 1)], ["x", "2019-09"]))
    assert "1 cells are real dates" in " ".join(r.en for r in read.remarks)


def test_the_sheet_of_that_name_is_read_else_the_first(tmp_path):
    path = book(tmp_path, ["kind"], ["first"])
    assert read_sheet(path).records[1] == ("first",)
    made = openpyxl.load_workbook(path)
    for row in (["kind"], ["named"]):
        made.create_sheet("Claims").append(row) if "Claims" not in made else made["Claims"].append(row)
    made.save(path)
    assert read_sheet(path).records[1] == ("named",)


def test_empty_rows_and_columns_before_the_table_are_not_skipped(tmp_path):
    (finding,) = read_sheet(book(tmp_path, [], ["kind"], ["x"])).findings
    assert (finding.rule, finding.row) == ("missing-column", 1)
    assert read_sheet(book(tmp_path, ["", "kind"], ["", "x"])).records == (("", "kind"), ("", "x"))


# ── the template


@pytest.fixture(params=["sv", "en"])
def filled(tmp_path, request):
    folder = WORLD / "sources" / "exempel-2018-04"
    source, _ = read_source(folder, "x", ENTITIES)
    path = template(tmp_path / "mall.xlsx", entities=ENTITIES, vocabulary=WORDS, source=(source, folder), lang=request.param)
    return path, openpyxl.load_workbook(path), request.param


def test_it_comes_back_as_it_went(filled):
    path, _, _ = filled
    with (WORLD / "sources/exempel-2018-04/claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read = read_sheet(path)
    width = len(read.records[0])
    assert [dict(zip(ORDER[:width], r, strict=True)) for r in read.records[1:]] == [{c: row[c] for c in ORDER[:width]} for row in rows]
    assert read.remarks == ()


def test_its_headings_are_frozen_explained_and_in_the_language_asked_for(filled):
    _, made, lang = filled
    claims, explained, lists = made.worksheets
    assert claims.freeze_panes == "A2"
    assert [c.value for c in claims[1]] == [getattr(HEADINGS[c].name, lang) for c in ORDER]
    assert all(getattr(HEADINGS[c].note, lang) in cell.comment.text for c, cell in zip(ORDER, claims[1], strict=True))
    assert (explained.sheet_state, lists.sheet_state) == ("visible", "hidden")
    assert explained.max_row == len(ORDER)


def offered(made, column):
    """What the drop-down of a column offers, and whether anything else is refused."""
    claims = made.worksheets[0]
    letter = openpyxl.utils.get_column_letter(ORDER.index(column) + 1)
    for rule in claims.data_validations.dataValidation:
        if f"{letter}2" in rule.sqref:
            title, _, area = rule.formula1.partition("!")
            return [row[0].value for row in made[title.strip("'")][area.replace("$", "")]], rule.showErrorMessage, rule.sqref
    return None


def test_its_drop_downs_offer_what_the_gate_lets_through(filled):
    _, made, _ = filled
    assert offered(made, "kind")[0] == sorted({*WORDS.relation_kinds, *WORDS.fact_kinds})
    assert offered(made, "status")[0] == sorted(WORDS.in_scheme("status-scheme"))
    assert offered(made, "basis")[0] == sorted(WORDS.in_scheme("basis-scheme"))
    for column in ("from", "to", "person", "about"):
        assert offered(made, column)[:2] == (sorted(ENTITIES), True)
    assert offered(made, "topic")[:2] == (sorted({*WORDS.in_scheme("topic-scheme"), *WORDS.in_scheme("counted-scheme")}), False), "several may be written"
    assert "Exempelbrevet april 2018.pdf" in offered(made, "documents")[0]
    assert offered(made, "note") is None
    assert f"A{workbook.ROWS}" in offered(made, "kind")[2]


def test_its_lists_say_what_ids_mean(filled):
    _, made, lang = filled
    rows = {row[2].value: row[3].value for row in made.worksheets[2].iter_rows(min_row=2) if row[2].value}
    assert rows["sagokommun"] == ENTITIES["sagokommun"].name(lang)


def test_excel_leaves_dates_and_places_alone(filled):
    _, made, _ = filled
    formats = {}  # those that a cell below the rows gets from its column; openpyxl groups columns of one format
    for dimension in made.worksheets[0].column_dimensions.values():
        formats |= {ORDER[i - 1]: dimension.number_format for i in range(dimension.min, dimension.max + 1)}
    assert {c for c in ORDER if formats[c] != "@"} == {"share", "amount"}


def test_the_same_input_gives_the_same_bytes(tmp_path):
    one, other = (template(tmp_path / f"{n}.xlsx", entities=ENTITIES, vocabulary=WORDS).read_bytes() for n in "ab")
    assert one == other


def test_somebodys_work_is_never_overwritten(tmp_path):
    path = tmp_path / "mall.xlsx"
    path.write_bytes(b"theirs")
    with pytest.raises(ParameterInvalid, match="exists already"):
        template(path, entities=ENTITIES, vocabulary=WORDS)
    assert path.read_bytes() == b"theirs"


def test_a_template_that_cannot_be_finished_is_not_begun(tmp_path, monkeypatch):
    def broken(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(workbook, "_lists", broken)
    with pytest.raises(OSError, match="full"):
        template(tmp_path / "mall.xlsx", entities=ENTITIES, vocabulary=WORDS)
    assert list(tmp_path.iterdir()) == []


def test_cells_that_look_like_formulas_go_out_harmless_and_come_back_whole(tmp_path):
    row = dict.fromkeys(ORDER, "") | {"kind": "name", "note": "=cmd|' /C calc'!A0", "stated": "-", "value": "@SUM(1)"}
    path = workbook.write(tmp_path / "mall.xlsx", rows=[row], choices=[])
    cells = [c.value for c in openpyxl.load_workbook(path).worksheets[0][2]]
    assert {"'=cmd|' /C calc'!A0", "'-", "'@SUM(1)"} <= set(cells)
    assert not [c for c in cells if c and c[0] in "=+-@"]
    assert dict(zip(ORDER, read_sheet(path).records[1], strict=True)) == row
