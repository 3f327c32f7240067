"""Reading CSV strictly: every row is given on or is a finding; what would swallow rows is refused whole."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.intake.tables import has_contact_data, read_csv, read_text, split_list


@pytest.fixture
def read(tmp_path):
    """Read bytes or text as the file `f.csv` with columns a, b and, optionally, c."""

    def reading(content):
        path = tmp_path / "f.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        rows, findings = read_csv(path, "f.csv", columns=("a", "b"), optional=("c",))
        return [(r.number, r.cells) for r in rows], [(f.rule, f.row, f.column, f.found) for f in findings]

    return reading


GOOD = {
    "plain": ("a,b\n1,2\n", [(2, "1", "2")]),
    "columns in any order": ("b,a\n2,1\n", [(2, "1", "2")]),
    "an optional column": ("a,b,c\n1,2,3\n", [(2, "1", "2", "3")]),
    "Windows line ends": ("a,b\r\n1,2\r\n3,4\r\n", [(2, "1", "2"), (3, "3", "4")]),
    "old Macintosh line ends": ("a,b\r1,2\r", [(2, "1", "2")]),
    "a byte order mark, as Excel writes it": ("\ufeffa,b\n1,2\n", [(2, "1", "2")]),
    "no line end at the end": ("a,b\n1,2", [(2, "1", "2")]),
    "quoted commas, quotes and line breaks": ('a,b\n"1, ""one""","2\nlines"\n', [(2, '1, "one"', "2\nlines")]),
    "blanks around cells and headings": ("a , b\n 1 ,\t2\n", [(2, "1", "2")]),
    "non-breaking blanks": ("a,b\n\u00a01\u00a0000,\u00a0\n", [(2, "1 000", "")]),
    "blank rows are counted, not read": ("a,b\n\n1,2\n,\n3,4\n", [(3, "1", "2"), (5, "3", "4")]),
    "a line separator inside a cell is no row end": ("a,b\n1\u2028x,2\n", [(2, "1\u2028x", "2")]),
}


@pytest.mark.parametrize("case", GOOD)
def test_what_is_read(read, case):
    content, expected = GOOD[case]
    rows, findings = read(content)
    assert findings == []
    assert rows == [(number, {"c": ""} | dict(zip("abc", cells, strict=False))) for number, *cells in expected]


BAD = {
    "not UTF-8": ("a,b\nå,2\n".encode("latin-1"), [("not-utf8", 0, "", "byte 0xe5, position 4")]),
    "a control character": (b"a,b\n1,2\nx\x0by,2\n", [("control-character", 3, "", "U+000B")]),
    "UTF-16": ("a,b\n".encode("utf-16"), [("not-utf8", 0, "", "byte 0xff, position 0")]),
    "empty": ("", [("empty-file", 0, "", "")]),
    "blank": (" \n\n", [("empty-file", 0, "", "")]),
    "a header and no row": ("a,b\n", [("empty-file", 0, "", "")]),
    "unknown column": ("a,b,d\n1,2,3\n", [("unknown-column", 1, "d", "d")]),
    "repeated column": ("a,b,b\n1,2,3\n", [("unknown-column", 1, "b", "b")] * 2),
    "missing column": ("a\n1\n", [("missing-column", 1, "b", "")]),
    "misspelt column": ("a,B\n1,2\n", [("unknown-column", 1, "B", "B"), ("missing-column", 1, "b", "")]),
    "too few cells": ("a,b\n1\n", [("cell-count", 2, "", "1")]),
    "too many cells": ("a,b\n1,2\n1,2,3\n", [("cell-count", 3, "", "3")]),
    "a quotation mark that is never closed": ('a,b\n1,"2\n3,4\n5,6\n', [("bad-csv", 2, "", "unexpected end of data")]),
    "text after a closing mark": ('a,b\n1,2\n3,"4"x\n', [("bad-csv", 3, "", "',' expected after '\"'")]),
    "contact details, which are not repeated": ("a,b\n1,ring 060-12 34 56\n", [("contact-data", 2, "b", "…")]),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_refused_and_where(read, case):
    content, expected = BAD[case]
    rows, findings = read(content)
    assert findings == expected
    assert not {number for number, _ in rows} & {number for _, number, *_ in findings}


def test_a_file_that_is_not_there(tmp_path):
    text, (finding,) = read_text(tmp_path / "notes.md", "data/x/notes.md")
    assert (text, finding.rule, finding.file, finding.detail) == ("", "missing-file", "data/x/notes.md", "notes.md")
    assert read_text(tmp_path, "data/x")[1], "a folder is no file"


CELL = st.text(alphabet='ab1 ,"\n\r;å', max_size=5)


@settings(max_examples=80, deadline=None)
@given(records=st.lists(st.lists(CELL, min_size=1, max_size=3), min_size=1, max_size=6))
def test_no_row_is_dropped_silently(tmp_path_factory, records):
    out = io.StringIO()
    csv.writer(out).writerows([["a", "b"], *records])
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    path.write_bytes(out.getvalue().encode())
    rows, findings = read_csv(path, "rows.csv", columns=("a", "b"))
    blank = [n for n, record in enumerate(records, 2) if not any(cell.strip() for cell in record)]
    told = [f.row for f in findings if f.rule == "cell-count"]
    assert sorted([r.number for r in rows] + told + blank) == list(range(2, 2 + len(records)))
    assert all([r["a"], r["b"]] == [cell.strip() for cell in records[r.number - 2]] for r in rows)


CONTACT = [
    "060-12 34 56", "060 – 12 34 56", "(060) 12 34 56", "08-508 250 00", "08-123 45 67", "08 508 25 000", "070-123 45 67", "0701234567", "0701-23 45 67",
    "+46 60 12 34 56", "+46 (0)60-12 34 56", "+46601234567", "0046 60 12 34 56", "tfn 0660-883 00", "kontakt: namn.namn@umu.se", "x@y.se",
]  # fmt: skip
NO_CONTACT = [
    "212000-0019", "0114", "https://ror.org/012345678", "0000-0002-1825-0097", "2018-04-30", "2019-08/2019-12", "94000000", "0.5", "ISSN 0283-1929",
    "dnr 16/06673", "https://example.se/0123456789/x", "10.1234/0123456789", "p10.s3", "978-91-0123456-7", "0", "2000-2020", "290", "@socialstyrelsen", "",
]  # fmt: skip


@pytest.mark.parametrize("text", CONTACT)
def test_phone_numbers_and_addresses_are_seen(text):
    assert has_contact_data(f"Hon nås på {text}, säger hon.")


@pytest.mark.parametrize("text", NO_CONTACT)
def test_other_numbers_are_no_contact_details(text):
    assert not has_contact_data(text)


@pytest.mark.parametrize(("cell", "items"), [("", ()), ("a", ("a",)), ("a|b", ("a", "b")), (" a | b |", ("a", "b")), ("|", ())])
def test_a_list_in_a_cell(cell, items):
    assert split_list(cell) == items
