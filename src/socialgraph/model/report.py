"""A report as values: sections of sentences, tables and figures, each with footnotes to claims. Made by `reporting/`, written by `pages/report/`.

A report is of one language, day and build. Every number in `notes` is that of a footnote; every table and figure names the
query it comes from, so that the same figure can be asked for again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from socialgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Footnote:
    """A witness: its number, what it is (title, publisher, day, place), and the address of the source where there is one."""

    number: int
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the numbers of its footnotes."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Sentences: one after the other, or as a list under a lead; `query` is the link of the answer they are made from, if they are."""

    sentences: tuple[Sentence, ...]
    listed: bool = False
    query: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures: each a value, what it counts, and the link of the answer it is."""

    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: a short name (the sheet of a workbook), a caption, the rows, and for each row the numbers of its footnotes."""

    name: str
    caption: str
    table: Table
    notes: tuple[tuple[int, ...], ...] = ()

    @property
    def query(self) -> str:
        """The link of the answer, empty if it answers no question."""
        return self.table.about.get("link", "")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as SVG, what it says in words, and the table that says the same."""

    caption: str
    svg: str
    says: str
    rows: Rows | None = None
    width: int = 720
    height: int = 300


Block = Prose | Figures | Rows | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under a heading."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; `about` says day, mode, known-by, sources and build, in words and in order."""

    name: str
    title: str
    lead: str
    lang: str
    about: Mapping[str, str]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...] = field(default=())

    def tables(self) -> Iterator[Rows]:
        """Every table, those beside pictures too, in order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Rows):
                    yield block
                elif isinstance(block, Chart) and block.rows:
                    yield block.rows
