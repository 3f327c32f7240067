"""Excel workbooks, read and written: the only place that knows python-calamine and XlsxWriter.

Read: real dates become ISO, whole numbers lose their `.0`, and what is no value (a formula, an error, a time of day) is a
finding, never a guess. Written: the template that people fill in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from socialgraph.errors import ExtraMissing, ParameterInvalid
from socialgraph.intake.headings import HEADINGS, ORDER
from socialgraph.model.findings import Finding
from socialgraph.model.formulas import defuse

SHEETS = {"sv": ("Påståenden", "Förklaring", "Listor"), "en": ("Claims", "Explanation", "Lists")}
ROWS = 2000
"""How many rows of the template have drop-downs."""
_NO_VALUE = "text | 120 | 2019-09-30"
_NUMBERS = ("share", "amount")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a drop-down offers: ids with their names, for some columns; `only` when nothing else may be written."""

    columns: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    only: bool


def read(path: Path) -> tuple[list[list[str]], list[Finding], int]:
    """The rows of the sheet called Påståenden or Claims, else of the first; what is no value; how many cells were real dates.

    Row 1 of the sheet is the first record, empty rows included, so that numbers are those Excel shows. Raises
    `ParameterInvalid` if the file is no workbook, `ExtraMissing` without python-calamine.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise ExtraMissing("reading workbooks needs python-calamine; install it with: pip install python-calamine") from error
    try:
        with calamine.load_workbook(path) as book:
            name = next((s for s in book.sheet_names if s in [first for first, *_ in SHEETS.values()]), book.sheet_names[0])
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except calamine.CalamineError as error:
        raise ParameterInvalid(f"{path} cannot be read as a workbook ({error}); save it in Excel as Excel Workbook (.xlsx)") from error
    odd = dict(_without_value(path, name))
    rows, dates = [], 0
    for r, row in enumerate(cells):
        texts = []
        for c, cell in enumerate(row):
            day = _day(cell)
            dates += day is not None
            text = day.isoformat() if day else _text(cell)
            if text is None:
                odd.setdefault((r, c), str(cell))
            texts.append(text or "")
        rows.append(texts)
    heads = rows[0] if rows else []
    findings = [Finding("wrong-field", path.name, r + 1, heads[c] if c < len(heads) else "", found, _NO_VALUE) for (r, c), found in sorted(odd.items())]
    return rows, findings, dates


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date() if cell == datetime(cell.year, cell.month, cell.day) else None  # noqa: DTZ001
    return cell if isinstance(cell, date) else None


def _text(cell: object) -> str | None:
    """A cell as text, or none if it is neither text nor number."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return None
    return cell if isinstance(cell, str) else format(Decimal(repr(cell)).normalize(), "f")


def _without_value(path: Path, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Row and column, from 0, of formulas and errors, which calamine gives as their last result or as empty cells."""
    with ZipFile(path) as book:
        ids = [a["id"] for _, a, _ in _elements(book, "xl/workbook.xml", {"sheet"}) if a["name"] == sheet]
        parts = {a["Id"]: a["Target"] for _, a, _ in _elements(book, "xl/_rels/workbook.xml.rels", {"Relationship"})}
        target = parts[ids[0]]
        place = (0, 0)
        error = False
        for name, attributes, text in _elements(book, target.lstrip("/") if target.startswith("/") else f"xl/{target}", {"c", "f", "v"}):
            if name == "c":
                place, error = _place(attributes.get("r", "")), attributes.get("t") == "e"
            elif name == "f":
                yield place, f"={text}"
                error = False
            elif error:
                yield place, text


def _elements(book: ZipFile, part: str, wanted: set[str]) -> Iterator[tuple[str, dict[str, str], str]]:
    """The elements of these names in a part of a workbook, in the order of the document, with attributes and own text."""
    found: list[tuple[str, dict[str, str], list[str]]] = []
    texts: list[list[str]] = [[]]

    def start(name: str, attributes: dict[str, str]) -> None:
        texts.append([])
        if (local := name.rpartition(":")[2]) in wanted:
            found.append((local, {key.rpartition(":")[2]: value for key, value in attributes.items()}, texts[-1]))

    def said(text: str) -> None:
        texts[-1].append(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, said, lambda _: texts.pop()
    parser.Parse(book.read(part), True)
    return ((name, attributes, "".join(text)) for name, attributes, text in found)


def _place(reference: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    if not match:
        raise ParameterInvalid(f"'{reference}' is no cell; save the file anew in Excel")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def write(path: Path, *, rows: Sequence[Mapping[str, str]], choices: Sequence[Choices], lang: str = "sv") -> Path:
    """The template: headings with notes, drop-downs, these rows; a sheet that explains, a hidden one with the lists.

    Every column but share and amount is formatted as text, so that Excel leaves 2019-09 and 3-5 alone. The same input
    gives the same bytes; an existing file is never overwritten. Raises `ParameterInvalid`.
    """
    import xlsxwriter

    if path.exists():
        raise ParameterInvalid(f"{path} exists already, and may hold somebody's work; choose another name")
    if not path.parent.is_dir():
        raise ParameterInvalid(f"there is no folder {path.parent}")
    scratch = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with xlsxwriter.Workbook(str(scratch), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
            book.set_properties({"created": datetime(2000, 1, 1)})  # the same input gives the same bytes  # noqa: DTZ001
            claims, explained, lists = (book.add_worksheet(name) for name in SHEETS[lang])
            _claims(book, claims, rows, lang)
            _explained(book, explained, lang)
            _lists(book, lists, claims, choices)
            lists.hide()
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return path


def _claims(book: Any, sheet: Any, rows: Sequence[Mapping[str, str]], lang: str) -> None:
    bold, as_text = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}), book.add_format({"num_format": "@"})
    for c, column in enumerate(ORDER):
        heading, note = (getattr(part, lang) for part in (HEADINGS[column].name, HEADINGS[column].note))
        sheet.set_column(c, c, max(12, len(heading) + 3), None if column in _NUMBERS else as_text)
        sheet.write_string(0, c, heading, bold)
        sheet.write_comment(0, c, f"{column}: {note}", {"author": "socialgraph", "x_scale": 2})
    for r, row in enumerate(rows, 1):
        for c, column in enumerate(ORDER):
            if row[column] and column in _NUMBERS:
                sheet.write_number(r, c, float(row[column]))
            elif row[column]:
                sheet.write_string(r, c, defuse(row[column]), as_text)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A2:{chr(ord('A') + len(ORDER) - 1)}{ROWS}"})


def _explained(book: Any, sheet: Any, lang: str) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 18, bold)
    sheet.set_column(2, 2, 90, wrapped)
    for r, (column, heading) in enumerate(HEADINGS.items()):
        for c, text in enumerate((getattr(heading.name, lang), column, getattr(heading.note, lang))):
            sheet.write_string(r, c, text)


def _lists(book: Any, sheet: Any, claims: Any, choices: Sequence[Choices]) -> None:
    bold = book.add_format({"bold": True})
    for n, choice in enumerate(choices):
        sheet.write_string(0, 2 * n, ", ".join(choice.columns), bold)
        for r, item in enumerate(choice.items, 1):
            for c, text in enumerate(item):
                sheet.write_string(r, 2 * n + c, defuse(text))
        letters = _letters(2 * n)
        rule = {"validate": "list", "source": f"='{sheet.get_name()}'!${letters}$2:${letters}${len(choice.items) + 1}", "show_error": choice.only}
        for column in choice.columns if choice.items else ():
            claims.data_validation(1, ORDER.index(column), ROWS, ORDER.index(column), rule)


def _letters(column: int) -> str:
    return (chr(ord("A") + column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)
