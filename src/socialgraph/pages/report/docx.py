"""A report as a Word document: headings a reader can fold, tables with repeated headings, pictures with their words as alternative text."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from socialgraph.errors import ExtraMissing
from socialgraph.model.report import Block, Chart, Figures, Prose, Report, Rows
from socialgraph.pages.report.pdf import as_png
from socialgraph.pages.report.words import SAY, heads, lines, marks


def render(report: Report) -> bytes:
    """The document. Raises `ExtraMissing` without python-docx or typst, which draws the pictures."""
    try:
        import docx
        from docx.shared import Cm, Pt
    except ImportError as error:
        raise ExtraMissing("Word documents need python-docx; install it with: pip install 'socialgraph[reports]'") from error
    say, document = SAY[report.lang], docx.Document()
    core = document.core_properties
    core.title, core.author, core.language, core.comments = report.title[:255], "socialgraph", report.lang, ""
    core.created = core.modified = datetime(2000, 1, 1)  # the same report gives the same bytes  # noqa: DTZ001
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(10.5)
    _language(document, {"sv": "sv-SE", "en": "en-GB"}[report.lang])
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
    document.add_heading(report.title, 0)
    document.add_paragraph(report.lead)
    document.add_paragraph(" · ".join(f"{key}: {value}" for key, value in report.about.items())).runs[0].font.size = Pt(9)
    for part in report.sections:
        document.add_heading(part.heading, 1)
        for block in part.blocks:
            _block(document, block, report.lang)
    beside = [block.rows for part in report.sections for block in part.blocks if isinstance(block, Chart) and block.rows]
    if beside:
        document.add_heading(say["tables"], 1)
        for rows in beside:
            _table(document, rows, report.lang)
    if report.footnotes:
        document.add_heading(say["notes"], 1)
        document.add_paragraph(say["how"])
        for note in report.footnotes:
            line = document.add_paragraph(f"[{note.number}] {note.text} {note.url}".rstrip())
            line.paragraph_format.space_after = Pt(0)
            line.runs[0].font.size = Pt(8.5)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _block(document: Any, block: Block, lang: str) -> None:
    from docx.shared import Cm

    say = SAY[lang]
    if isinstance(block, Prose):
        if block.lead:
            document.add_heading(block.lead, 2)
        if block.listed:
            for sentence in block.sentences:
                document.add_paragraph(f"{sentence.text} {marks(sentence.notes)}".rstrip(), style="List Bullet")
        else:
            document.add_paragraph(" ".join(f"{s.text} {marks(s.notes)}".rstrip() for s in block.sentences))
        _asked(document, block.query, lang)
    elif isinstance(block, Figures):
        line = document.add_paragraph()
        for n, (value, words, _) in enumerate(block.figures):
            line.add_run(("   " if n else "") + value).bold = True
            line.add_run(f" {words}")
    elif isinstance(block, Chart):
        picture = document.add_picture(io.BytesIO(as_png(block)), width=Cm(16.5))
        told = picture._inline.docPr  # python-docx has no other way to an alternative text
        told.set("descr", block.says)
        told.set("title", block.caption)
        document.add_paragraph(f"{block.caption}. {say['see'] if block.rows else ''}".rstrip(), style="Caption")
    else:
        _table(document, block, lang)
        _asked(document, block.query, lang)


def _table(document: Any, rows: Rows, lang: str) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    document.add_paragraph(rows.caption, style="Caption").paragraph_format.keep_with_next = True
    titles, body = heads(rows, lang), lines(rows, lang)
    table = document.add_table(rows=1 + len(body), cols=len(titles), style="Light List Accent 1")
    header = table.rows[0]._tr.get_or_add_trPr()  # the heading is repeated on every page and known as such
    header.append(OxmlElement("w:tblHeader"))
    grid = table._cells  # asking for each cell costs the square of the rows
    for n, words in enumerate([*titles, *(cell for line in body for cell in line)]):
        paragraph = grid[n].paragraphs[0]
        paragraph.add_run(words).font.size = Pt(8.5)
        paragraph.paragraph_format.space_after = Pt(0)
    document.add_paragraph()


def _asked(document: Any, query: str, lang: str) -> None:
    from docx.shared import Pt

    if query:
        document.add_paragraph(f"{SAY[lang]['query']}: {query}").runs[0].font.size = Pt(8)


def _language(document: Any, lang: str) -> None:
    """The language of the text, so that it is read aloud and spell-checked rightly."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told = OxmlElement("w:lang")
    told.set(qn("w:val"), lang)
    document.styles["Normal"].element.get_or_add_rPr().append(told)


def _timeless(archive: bytes) -> bytes:
    """The same archive with no time in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            written.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), read.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
