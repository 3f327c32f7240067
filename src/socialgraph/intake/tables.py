"""Reading a CSV file strictly: every row is either given on or becomes a finding; nothing is dropped silently."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from socialgraph.model.findings import Finding

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_BETWEEN = r"[ ()\u2013-]{0,3}"  # what people put between the digits of a phone number
_PHONE = re.compile(
    r"(?<![\d/.=-])(?!\d{4}-\d{4}\b)"  # no part of a date, path or DOI, and no ISSN
    rf"(?:(?:\+|00)46{_BETWEEN}(?:0\){_BETWEEN})?|0)[1-9](?:{_BETWEEN}\d){{6,8}}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: its number (the header is 1), and its cells by column, stripped of surrounding blanks."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def finding(self, rule: str, column: str = "", *, detail: str = "", found: str | None = None) -> Finding:
        """A finding about this row; what was found is the cell unless said otherwise."""
        return Finding(rule, self.file, self.number, column, self.cells.get(column, "") if found is None else found, detail)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What no XML file can hold, and no source prints."""


def read_text(path: Path, name: str) -> tuple[str, list[Finding]]:
    """The text of a file, or a finding: the file is missing, empty or not UTF-8. `name` is how findings call it."""
    if not path.is_file():
        return "", [Finding("missing-file", name, detail=path.name)]
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", [Finding("not-utf8", name, found=f"byte {error.object[error.start]:#04x}, position {error.start}")]
    if control := _CONTROL.search(text):
        return "", [Finding("control-character", name, text.count("\n", 0, control.start()) + 1, found=f"U+{ord(control[0]):04X}")]
    return text, ([] if text.strip() else [Finding("empty-file", name)])


def read_csv(path: Path, name: str, *, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[list[Row], list[Finding]]:
    """The rows of a CSV file (RFC 4180) with exactly these columns in any order; `optional` ones may be absent.

    A row with the wrong number of cells, an unknown, repeated or missing column, contact details in a cell: each a
    finding. A file with wrong columns or quotation marks that do not match (they would swallow rows) gives no rows.
    """
    text, findings = read_text(path, name)
    if findings:
        return [], findings
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(text.replace("\u00a0", " "), newline=""), strict=True))
    except csv.Error as error:
        return [], [Finding("bad-csv", name, len(records) + 1, found=str(error))]
    header = [h.strip() for h in records[0]]
    known = [*columns, *optional]
    for column in header:
        if column not in known or header.count(column) > 1:
            findings.append(Finding("unknown-column", name, 1, column, column, ", ".join(known)))
    findings += [Finding("missing-column", name, 1, c, "", c) for c in columns if c not in header]
    if findings:
        return [], findings
    rows = []
    for number, record in enumerate(records[1:], 2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(header):
            findings.append(Finding("cell-count", name, number, "", str(len(record)), str(len(header))))
            continue
        cells = dict.fromkeys(optional, "") | {h: cell.strip() for h, cell in zip(header, record, strict=True)}
        row = Row(name, number, cells)
        suspect = cells.items() if has_contact_data("\n".join(record)) else ()
        private = [row.finding("contact-data", c, found="…") for c, cell in suspect if has_contact_data(cell)]
        findings += private
        if not private:
            rows.append(row)
    if not rows and not findings:
        findings.append(Finding("empty-file", name))
    return rows, findings


def has_contact_data(text: str) -> bool:
    """Whether a text holds an e-mail address or a Swedish phone number (model §8: never stored)."""
    return _EMAIL.search(text) is not None or _PHONE.search(text) is not None


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a `|`-separated cell."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
