"""Sheets as people save them as CSV: the common forms give the same rows, what was done is said, the rest is a finding."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialgraph.errors import ParameterInvalid
from socialgraph.intake.headings import HEADINGS, ORDER, column_of
from socialgraph.intake.sheets import read_sheet
from socialgraph.intake.sources import COLUMNS, OPTIONAL
from socialgraph.model.formulas import defuse, restore


def sheet(tmp_path, content, name="f.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(path)


def said(read):
    return " / ".join(r.en for r in read.remarks)


CSV = {
    "ours": ("kind,note\nname,å\n", ""),
    "Swedish headings": ("Slag,Anmärkning\nname,å\n", ""),
    "English headings, other case and blanks": (" KIND , note \nname,å\n", ""),
    "with a byte order mark": ("\ufeffkind,note\nname,å\n".encode(), ""),
    "semicolons": ("Slag;Anmärkning\nname;å\n", "separated by semicolons"),
    "tabs": ("kind\tnote\nname\tå\n", "separated by tabs"),
    "as Swedish Excel saves it": (
        "Slag;Anmärkning;;\r\nname;å;;\r\n".encode("cp1252"), "Windows-1252; check å, ä and ö / the columns are separated by semicolons",
    ),
    "columns once touched": ("kind,note,,\nname,å,,\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", CSV)
def test_every_common_form_gives_the_same_rows_and_says_what_was_done(tmp_path, case):
    content, remark = CSV[case]
    read = sheet(tmp_path, content)
    assert (read.findings, [tuple(c.strip() for c in r) for r in read.records]) == ((), [("kind", "note"), ("name", "å")])
    assert said(read).endswith(remark)
    assert bool(read.remarks) == bool(remark)


def test_findings_can_name_the_sheets_own_headings(tmp_path):
    assert dict(sheet(tmp_path, "Slag,until,Datum\na,b,c\n").spelt) == {"kind": "Slag", "until": "until", "Datum": "Datum"}


BAD = {
    "empty": (b"", ("empty-file", 0)),
    "blanks": (b" \n , \n", ("empty-file", 0)),
    "neither UTF-8 nor Windows-1252": (b"kind,note\n\x81\xe5,x\n", ("not-utf8", 0)),
    "nothing we know": (b"a,b\n1,2\n", ("missing-column", 1)),
    "headings in the second row": (b",\nkind,note\n", ("missing-column", 1)),
    "an open quotation mark": (b'kind,note\nname,"x\n', ("bad-csv", 2)),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_a_finding(tmp_path, case):
    content, expected = BAD[case]
    (finding,) = sheet(tmp_path, content).findings
    assert (finding.rule, finding.row) == expected
    assert finding.file == "f.csv"


def test_decimal_commas_are_read_where_they_can_mean_one_thing_only(tmp_path):
    read = sheet(tmp_path, "share;amount;note\n0,5;94,000;0,5\n1,25;1;x\n")
    assert read.records[1:] == (("0.5", "94,000", "0,5"), ("1.25", "1", "x"))
    assert "points in 2 cells" in said(read)


def test_rows_keep_their_numbers(tmp_path):
    rows = list(csv.reader(io.StringIO(sheet(tmp_path, "kind,note\n\nname,å\n").to_csv())))
    assert rows == [["kind", "note"], [], ["name", "å"]]


NO_SHEETS = [("f.xls", "neither .csv nor .xlsx"), ("f.pdf", "neither .csv nor .xlsx"), ("f.xlsx", "cannot be read as a workbook")]


@pytest.mark.parametrize(("name", "message"), NO_SHEETS)
def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(tmp_path, name, message):
    with pytest.raises(ParameterInvalid, match=message):
        sheet(tmp_path, b"%PDF", name)


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path):
    with pytest.raises(ParameterInvalid, match="there is no file"):
        read_sheet(tmp_path / "x.csv")


# ── the pieces


def test_every_column_has_a_heading_and_no_two_have_the_same():
    assert set(ORDER) == {*COLUMNS, *OPTIONAL} == set(HEADINGS)
    assert tuple(HEADINGS) == ORDER
    names = [getattr(h.name, lang).casefold() for lang in ("sv", "en") for h in HEADINGS.values()]
    owners = {name: {c for c, h in HEADINGS.items() if name in (c, h.name.sv.casefold(), h.name.en.casefold())} for name in names}
    assert all(len(columns) == 1 for columns in owners.values()), owners
    assert all(column_of(getattr(h.name, lang)) == c for lang in ("sv", "en") for c, h in HEADINGS.items())


@pytest.mark.parametrize("text", ["=1+1", "+46", "-", "@x", "\tx", "\rx", "＝1", "'=1", "''=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert defuse(text) == "'" + text
    assert restore("'" + text) == text


@pytest.mark.parametrize("text", ["", "SKR", "'t Hooft", "a=b", "12", "'"])
def test_what_it_would_not_run_stays_as_it_is(text):
    assert defuse(text) == restore(text) == text


@given(st.text("'=+-@\t\r\nax", max_size=8))
def test_nothing_is_lost_on_the_way_out_and_back(text):
    assert restore(defuse(text)) == text
    assert not defuse(text).startswith(("=", "+", "-", "@", "\t", "\r"))
