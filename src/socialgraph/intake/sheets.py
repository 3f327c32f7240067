"""A sheet as people save it (CSV of several dialects, XLSX) brought into the form of `claims.csv`, with what was done to it said.

What a row means is not judged here: the rows go to the gate that `claims.csv` itself goes through.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from socialgraph.errors import ParameterInvalid
from socialgraph.intake import workbook
from socialgraph.intake.headings import HEADINGS, column_of
from socialgraph.model.findings import Finding
from socialgraph.model.formulas import restore
from socialgraph.model.picture import Text

_SEPARATORS = {",": Text("komma", "commas"), ";": Text("semikolon", "semicolons"), "\t": Text("tabb", "tabs")}
_HALF = re.compile(r"[01],\d+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet under our column names, the first row being the headings; `spelt` is how the sheet spells them."""

    name: str
    records: tuple[tuple[str, ...], ...] = ()
    spelt: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = ()

    def to_csv(self) -> str:
        """The rows as `claims.csv` writes them, each on its own number, so that findings name the row the sheet shows."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.records)
        return out.getvalue()


def read_sheet(path: Path) -> Sheet:
    """A CSV or XLSX file as a sheet; what cannot be read is among its findings. Raises `ParameterInvalid`."""
    if not path.is_file():
        raise ParameterInvalid(f"there is no file {path}")
    reader = {".csv": _csv, ".xlsx": _xlsx}.get(path.suffix.lower())
    if reader is None:
        raise ParameterInvalid(f"'{path.name}' is neither .csv nor .xlsx; save it in Excel as Excel Workbook or CSV UTF-8")
    records, remarks, findings = reader(path)
    records = _without_empty_columns(records)
    if not findings and not any(records):
        findings = [Finding("empty-file", path.name)]
    header = [column_of(h) for h in records[0]] if records else []
    if not findings and HEADINGS.keys().isdisjoint(header):
        findings = [Finding("missing-column", path.name, 1, detail=", ".join(HEADINGS))]  # once, not once for each column
    if findings:
        return Sheet(path.name, remarks=tuple(remarks), findings=tuple(findings))
    rows = [[restore(cell) for cell in record] for record in records[1:]]
    if commas := _decimal_points(rows, header):
        remarks.append(Text(f"decimalkomma lästes som punkt i {commas} celler", f"decimal commas were read as points in {commas} cells"))
    spelt = tuple((column, written.strip()) for column, written in zip(header, records[0], strict=True))
    return Sheet(path.name, tuple(map(tuple, [header, *rows])), spelt, tuple(remarks))


def _xlsx(path: Path) -> tuple[list[list[str]], list[Text], list[Finding]]:
    records, findings, dates = workbook.read(path)
    said = Text(
        f"{dates} celler är riktiga datum och lästes som dagar; om bara månad eller år menas: skriv 2019-09 som text",
        f"{dates} cells are real dates and were read as days; where only a month or year is meant, write 2019-09 as text",
    )
    return records, [said] if dates else [], findings


def _csv(path: Path) -> tuple[list[list[str]], list[Text], list[Finding]]:
    raw, remarks = path.read_bytes(), []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            return [], [], [Finding("not-utf8", path.name, found=f"byte {raw[error.start]:#04x}, position {error.start}")]
        remarks.append(Text("filen är inte UTF-8 och lästes som Windows-1252; kontrollera å, ä och ö", "not UTF-8, read as Windows-1252; check å, ä and ö"))
    separator = max(_SEPARATORS, key=lambda s: sum(column_of(h) in HEADINGS for h in _header(text, s)))
    if separator != ",":
        name = _SEPARATORS[separator]
        remarks.append(Text(f"kolumnerna skiljs med {name.sv}", f"the columns are separated by {name.en}"))
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator))
    except csv.Error as error:
        return [], remarks, [Finding("bad-csv", path.name, len(records) + 1, found=str(error))]
    return records, remarks, []


def _header(text: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])


def _without_empty_columns(records: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows without the columns at the end that hold nothing: spreadsheets save what was once touched."""
    width = max((i for record in records for i, cell in enumerate(record, 1) if cell.strip()), default=0)
    return [list(record[:width]) for record in records]


def _decimal_points(rows: list[list[str]], header: Sequence[str]) -> int:
    """Turn `0,5` into `0.5` where only a share can be meant; gives the number of cells. Amounts are left: 94,000 has two meanings."""
    changed = 0
    for row in rows:
        for i, cell in enumerate(row[: len(header)]):
            if header[i] == "share" and _HALF.fullmatch(cell.strip()):
                row[i], changed = cell.strip().replace(",", "."), changed + 1
    return changed
