"""What the forms of a report have in common: words, and cells for people."""

from __future__ import annotations

from typing import Final

from socialgraph.model.report import Rows
from socialgraph.model.table import show

SAY: Final = {
    "sv": {
        "notes": "Källor och ställen", "contents": "Innehåll", "query": "Fråga", "sources": "Källor", "table": "Samma som tabell",
        "about": "Om rapporten", "picture": "Bild", "tables": "Tabeller till bilderna", "see": "Samma uppgifter i tabell: se slutet.",
        "how": "Varje siffra i hakparentes leder till källan. En saknad slutdag betyder inte att något pågår, och planer visas aldrig som gjorda.",
    },
    "en": {
        "notes": "Sources and places", "contents": "Contents", "query": "Query", "sources": "Sources", "table": "The same as a table",
        "about": "About the report", "picture": "Picture", "tables": "Tables of the pictures", "see": "The same as a table: see the end.",
        "how": "Every number in brackets leads to the source. A missing end date does not mean that something goes on, and plans are never shown as done.",
    },
}  # fmt: skip


def heads(rows: Rows, lang: str) -> list[str]:
    """The headings of a table, with one for the footnotes where there are any."""
    return [column.heading(lang) for column in rows.table.columns] + ([SAY[lang]["sources"]] if any(rows.notes) else [])


def lines(rows: Rows, lang: str) -> list[list[str]]:
    """The rows for people, each with the numbers of its footnotes where there are any."""
    noted = any(rows.notes)
    return [[show(value, lang) for value in row] + ([marks(rows.notes[n])] if noted else []) for n, row in enumerate(rows.table.rows)]


def marks(notes: tuple[int, ...]) -> str:
    """The numbers of footnotes in brackets, runs told as such.

    >>> marks((1, 2, 3, 7))
    '[1–3, 7]'
    """
    if not notes:
        return ""
    told = (str(first) if first == last else f"{first}{', ' if last == first + 1 else '–'}{last}" for first, last in runs(notes))
    return f"[{', '.join(told)}]"


def runs(notes: tuple[int, ...]) -> list[tuple[int, int]]:
    """The first and last number of each run of footnotes.

    >>> runs((1, 2, 3, 7))
    [(1, 3), (7, 7)]
    """
    found: list[tuple[int, int]] = []
    for number in notes:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
