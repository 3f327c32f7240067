"""Table: the answer to a question, as typed rows that say for which day, mode and build they hold.

Exports need only the standard library, except spreadsheets (`xlsxwriter`) and data frames (`pandas`), imported when asked.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialgraph.errors import ExtraMissing
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.formulas import defuse
from socialgraph.model.vocabulary import Labels, in_language

if TYPE_CHECKING:
    import pandas

Cell = str | int | float | Decimal | bool | date | None


class Ref(str):
    """The name of a thing, as text, that remembers which thing: `id` is its id or IRI, `space` the prefix of its namespace if known.

    >>> Ref("SKR", "skr").id
    'skr'
    """

    __slots__ = ("id", "space")
    id: str
    space: str

    def __new__(cls, label: str, id: str, space: str = "") -> Ref:
        """A label with the id it stands for."""
        made = super().__new__(cls, label)
        made.id, made.space = id, space
        return made

    def __reduce__(self) -> tuple[type[Ref], tuple[str, str, str]]:
        return Ref, (str(self), self.id, self.space)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its variable name and its heading in Swedish and English."""

    name: str
    label: Labels = field(default_factory=dict)

    def heading(self, lang: str) -> str:
        """The heading in a language; the variable name where there is none."""
        return in_language(self.label, lang) or self.name


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with `about`: what was asked (day, mode, known_by, sources, build, link), in order.

    `witnesses` are, for each row, the prefixed ids of the relations, facts and claims it rests on; `notes` are sentences
    below the rows: coverage, why there are none. Where rows follow each other that say the same in the first `repeated`
    columns, the others are witnesses: text for people tells the row once, and each witness on a line below it. `lang` is the
    language it was asked in, and is shown in where no other is named.

    >>> t = Table((Column("a", {"sv": "Namn", "en": "Name"}),), (("SKR",),), {"at": "2019-12-31"})
    >>> print(t.to_csv(lang="en"), end="")
    Name
    SKR
    >>> t.to_dicts()
    [{'a': 'SKR'}]
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: Mapping[str, str] = field(default_factory=dict)
    title: Labels = field(default_factory=dict)
    witnesses: tuple[tuple[str, ...], ...] = ()
    notes: tuple[Labels, ...] = ()
    repeated: int = 0
    lang: str = "sv"

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return self.to_text()

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    def column(self, name: str) -> list[Cell]:
        """The cells of one column, by variable name. Raises `KeyError`."""
        names = [c.name for c in self.columns]
        if name not in names:
            raise KeyError(f"no column '{name}'; there are {', '.join(names)}")
        return [row[names.index(name)] for row in self.rows]

    def to_dicts(self) -> list[dict[str, Cell]]:
        """The rows as dicts by variable name."""
        return [dict(zip((c.name for c in self.columns), row, strict=True)) for row in self.rows]

    def to_text(self, lang: str = "") -> str:
        """The table in columns of a fixed-width font, under its title and what it is about."""
        lang = lang or self.lang
        n = self.repeated or len(self.columns)
        heads = [c.heading(lang) for c in self.columns[:n]]
        body = [[show(cell, lang) for cell in row] for row in self.rows]
        widths = [max([len(h), *(len(r[i]) for r in body)]) for i, h in enumerate(heads)]
        lines = [_spread(row, widths) for row in (heads, ["─" * w for w in widths])]
        former: list[str] | None = None
        for row in body:
            if not self.repeated or row[:n] != former:
                lines.append(_spread(row[:n], widths))
            if self.repeated:
                lines.append("  ↳ " + " · ".join(filter(None, row[n:])))
            former = row[:n]
        return "\n".join([*self._preamble(lang), *lines, self.footing(lang)]) + "\n"

    def to_csv(self, lang: str = "") -> str:
        """RFC 4180 with line feeds and headings in a language; an unknown date is an empty cell.

        A column of things is followed by a column of their ids, so that rows can be joined. Text that a spreadsheet would
        take for a formula is defused (`model/formulas.py`).
        """
        lang = lang or self.lang
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        things = [any(isinstance(row[i], Ref) for row in self.rows) for i in range(len(self.columns))]
        writer.writerow([h for c, t in zip(self.columns, things, strict=True) for h in ([c.heading(lang), f"{c.name}_id"] if t else [c.heading(lang)])])
        for row in self.rows:
            told = [defuse(plain(v)) if isinstance(v, str) else plain(v) for v in row]
            cells = ([text, v.id if isinstance(v, Ref) else ""] if t else [text] for text, v, t in zip(told, row, things, strict=True))
            writer.writerow([cell for pair in cells for cell in pair])
        return out.getvalue()

    def to_json(self) -> str:
        """An object with `about`, `columns`, `notes` and `rows` (objects by variable name); a thing is `{id, label}`, an unknown date null."""
        rows = [{k: _json(v) for k, v in row.items()} for row in self.to_dicts()]
        columns = [{"name": c.name, "label": dict(c.label)} for c in self.columns]
        notes = [dict(note) for note in self.notes]
        whole = {"title": dict(self.title), "about": dict(self.about), "columns": columns, "rows": rows, "notes": notes}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    def to_markdown(self, lang: str = "") -> str:
        """A GitHub-flavoured Markdown table under its title."""
        lang = lang or self.lang

        def line(cells: list[str]) -> str:
            return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |"

        body = [line([show(cell, lang) for cell in row]) for row in self.rows]
        head = [line([c.heading(lang) for c in self.columns]), line(["---"] * len(self.columns))]
        preamble = [f"**{part}**  " if i == 0 else f"{part}  " for i, part in enumerate(self._preamble(lang)) if part]
        return "\n".join([*preamble, "", *head, *body, "", self.footing(lang)]) + "\n"

    def to_xlsx(self, path: str | Path, lang: str = "") -> Path:
        """An Excel workbook: one sheet with the rows under frozen headings and real dates, one that says what it is about."""
        lang = lang or self.lang
        try:
            import xlsxwriter
        except ImportError as error:
            raise ExtraMissing("spreadsheets need XlsxWriter; install it with: pip install XlsxWriter") from error
        path = Path(path)
        with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"created": datetime(2000, 1, 1)})  # the same rows give the same bytes  # noqa: DTZ001
            sheet = book.add_worksheet("Svar" if lang == "sv" else "Answer")
            fill_sheet(book, sheet, self, lang)
            notes = book.add_worksheet("Om" if lang == "sv" else "About")
            about = [f"{_ABOUT[lang].get(k, k)}: {v}" for k, v in self.about.items()]
            for r, part in enumerate([in_language(self.title, lang), *about, *(in_language(note, lang) for note in self.notes)]):
                notes.write_string(r, 0, part)
        return path

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame by variable name, every column of one type; `frame.attrs` is `about`. Raises `ExtraMissing` without pandas.

        Text is `string`, whole numbers `Int64`, truths `boolean`, days `datetime64[s]`, amounts `Decimal` in an `object` column.
        A column of things holds their names, and is followed by `<column>_id` with their ids. What is not known is missing
        (`NA`, `NaT`), days without a known bound too.
        """
        try:
            import pandas
        except ImportError as error:
            raise ExtraMissing("data frames need pandas; install it with: pip install 'socialgraph[pandas]'") from error
        series = {}
        for i, column in enumerate(self.columns):
            cells = [None if row[i] in (MIN, MAX) else row[i] for row in self.rows]
            things = any(isinstance(cell, Ref) for cell in cells)
            series[column.name] = pandas.Series([str(c) if isinstance(c, Ref) else c for c in cells], dtype=_dtype(cells))
            if things:
                series[f"{column.name}_id"] = pandas.Series([c.id if isinstance(c, Ref) else None for c in cells], dtype="string")
        frame = pandas.DataFrame(series)
        frame.attrs.update(self.about)
        return frame

    def _repr_html_(self) -> str:
        """The table for a notebook: caption, headings and notes; of many rows the first, and how many more there are."""
        lang, n = self.lang, len(self.rows)
        heads = "".join(f'<th scope="col">{escape(c.heading(lang))}</th>' for c in self.columns)
        body = "".join(f"<tr>{''.join(f'<td>{escape(show(cell, lang))}</td>' for cell in row)}</tr>" for row in self.rows[:SHOWN])
        more = {"sv": f"… {n - SHOWN} rader till", "en": f"… {n - SHOWN} more rows"}[lang] if n > SHOWN else ""
        below = "<br>".join(escape(line) for line in (*filter(None, [more]), *self.footing(lang).splitlines()))
        caption = "<br>".join(escape(line) for line in self.heading(lang).splitlines())
        return f'<table lang="{lang}"><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table><p lang="{lang}">{below}</p>'

    def _preamble(self, lang: str) -> list[str]:
        said = " · ".join(f"{_ABOUT[lang].get(k, k)} {v}" for k, v in self.about.items() if v and k != "link")
        return [part for part in (in_language(self.title, lang), said) if part] + ([""] if said or self.title else [])

    def heading(self, lang: str) -> str:
        """What the table answers and for when, on one or two lines."""
        return "\n".join(part for part in self._preamble(lang) if part)

    def footing(self, lang: str) -> str:
        """The number of rows in words, the notes, and the link under which the same answer is asked again; a line each."""
        n = len(self.rows) if not self.repeated else len({row[: self.repeated] for row in self.rows})
        rows = {"sv": f"{n} {'rad' if n == 1 else 'rader'}", "en": f"{n} {'row' if n == 1 else 'rows'}"}[lang]
        link = self.about.get("link")
        return "\n".join([rows, *(in_language(note, lang) for note in self.notes), *([f"{_ABOUT[lang]['link']}: {link}"] if link else [])])


def fill_sheet(book: Any, sheet: Any, table: Table, lang: str, *, extra: tuple[str, list[str]] | None = None) -> None:
    """The rows of a table in a sheet of an XlsxWriter book, under frozen headings and with real dates; `extra` is one more column of texts."""
    bold = book.add_format({"bold": True, "bottom": 1})
    heads = [column.heading(lang) for column in table.columns]
    rows: list[tuple[Cell, ...]] = list(table.rows)
    if extra:
        heads.append(extra[0])
        rows = [(*row, text) for row, text in zip(rows, extra[1], strict=True)]
    for i, head in enumerate(heads):
        sheet.write_string(0, i, head, bold)
        sheet.set_column(i, i, min(60, max([len(head), *(len(show(row[i], lang)) for row in rows)]) + 2))
    for r, row in enumerate(rows, 1):
        for i, cell in enumerate(row):
            value = plain(cell)
            if isinstance(cell, date) and value and cell.year >= 1900:
                sheet.write_datetime(r, i, datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
            elif isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
                sheet.write_number(r, i, float(cell))
            else:
                sheet.write_string(r, i, value)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)


_ABOUT = {
    "sv": {"at": "dag", "mode": "läge", "known_by": "känt till", "sources": "källor", "behind": "varav bakom raderna", "build": "bygge", "link": "länk"},
    "en": {"at": "day", "mode": "mode", "known_by": "known by", "sources": "sources", "behind": "of these behind the rows", "build": "build", "link": "link"},
}


SHOWN = 40
"""So many rows a notebook shows."""
_DTYPES = ((bool, "boolean"), (int, "Int64"), (float, "Float64"), (date, "datetime64[s]"), (Decimal, "object"), (str, "string"))


def _dtype(cells: list[Cell]) -> Any:
    """The pandas type that all known cells have; `object` where they differ, `string` where none is known."""
    found = {next(dtype for kind, dtype in _DTYPES if isinstance(cell, kind)) for cell in cells if cell is not None}
    return found.pop() if len(found) == 1 else "object" if found else "string"


def _spread(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)).rstrip()


def plain(cell: Cell) -> str:
    """A cell as plain text for files: ISO dates, an unknown date empty, `true`/`false`."""
    if cell is None or cell in (MIN, MAX):
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def show(cell: Cell, lang: str) -> str:
    """A cell for people: an unknown date is said to be unknown, large whole numbers get thin groups of three."""
    if isinstance(cell, date) and cell in (MIN, MAX):
        return {"sv": "okänt", "en": "unknown"}[lang]
    if isinstance(cell, bool):
        return {"sv": ("nej", "ja"), "en": ("no", "yes")}[lang][cell]
    if isinstance(cell, (int, Decimal)) and (whole := int(cell)) == cell and abs(whole) >= 10_000:
        return f"{whole:,}".replace(",", "\u00a0")
    return plain(cell)


def _json(cell: Cell) -> str | int | float | bool | dict[str, str] | None:
    if isinstance(cell, Ref):
        return {"id": cell.id, "label": str(cell)}
    if isinstance(cell, Decimal):
        return int(cell) if cell == int(cell) else float(cell)
    if isinstance(cell, date):
        return plain(cell) or None
    return cell
