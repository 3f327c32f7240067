"""A report as an Excel workbook: what it is, what it says in words, a sheet for each table with frozen headings and real dates, the sources."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from socialgraph.errors import ExtraMissing
from socialgraph.model.report import Figures, Prose, Report, Sentence
from socialgraph.model.table import fill_sheet
from socialgraph.pages.report.words import SAY, marks


def render(report: Report) -> bytes:
    """The workbook. Raises `ExtraMissing` without XlsxWriter."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise ExtraMissing("spreadsheets need XlsxWriter; install it with: pip install XlsxWriter") from error
    out, say = io.BytesIO(), SAY[report.lang]
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        book.set_properties({"title": report.title, "created": datetime(2000, 1, 1)})  # the same report gives the same bytes  # noqa: DTZ001
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        _about(book.add_worksheet(say["about"][:31]), report, bold, wrap)
        _words(book.add_worksheet("Text"), report, bold, wrap)
        taken: set[str] = set()
        for rows in report.tables():
            sheet = book.add_worksheet(_name(rows.name, taken))
            extra = (say["sources"], [marks(notes) for notes in rows.notes]) if any(rows.notes) else None
            fill_sheet(book, sheet, rows.table, report.lang, extra=extra)
        notes = book.add_worksheet(say["sources"])
        notes.set_column(1, 1, 100)
        notes.set_column(2, 2, 50)
        for n, note in enumerate(report.footnotes):
            notes.write_number(n, 0, note.number)
            notes.write_string(n, 1, note.text)
            notes.write_string(n, 2, note.url)
    return out.getvalue()


def _about(sheet: Any, report: Report, bold: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, report.title, bold)
    sheet.write_string(1, 0, report.lead)
    for n, (key, value) in enumerate(report.about.items(), 3):
        sheet.write_string(n, 0, key)
        sheet.write_string(n, 1, value)
    row = 4 + len(report.about)
    sheet.write_string(row, 0, SAY[report.lang]["how"])
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                for value, words, query in block.figures:
                    row += 1
                    sheet.write_string(row, 0, words)
                    number = value.replace("\u00a0", "")
                    sheet.write(row, 1, int(number) if number.isdigit() else value)
                    sheet.write_string(row, 2, query, wrap)


def _words(sheet: Any, report: Report, bold: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 120)
    row = 0
    for section in report.sections:
        prose = [block for block in section.blocks if isinstance(block, Prose)]
        if prose:
            sheet.write_string(row, 0, section.heading, bold)
            for sentence in (s for block in prose for s in ([Sentence(block.lead)] if block.lead else []) + list(block.sentences)):
                row += 1
                sheet.write_string(row, 0, sentence.text, wrap)
                sheet.write_string(row, 1, marks(sentence.notes))
            row += 2


def _name(name: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 letters, none of those Excel forbids, once."""
    base = re.sub(r"[\[\]:*?/\\]", " ", name)[:27]
    found, number = base, 1
    while found.casefold() in taken:
        number += 1
        found = f"{base} {number}"
    taken.add(found.casefold())
    return found
