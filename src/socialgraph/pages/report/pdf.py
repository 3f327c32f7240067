"""A report as PDF/UA-1 by typst: the report as JSON, its pictures as SVG, our template. No system library, no system font."""

from __future__ import annotations

import json
import re
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from socialgraph.errors import ExtraMissing
from socialgraph.model.report import Block, Chart, Figures, Prose, Report, Rows
from socialgraph.pages.report.words import SAY, heads, lines, marks

_MISSING = re.compile(r'the text `?"(.*?)"`? could not be displayed')
SCALE = 2.0
"""Pixels of a PNG for each pixel of its SVG."""


def render(report: Report) -> bytes:
    """The PDF. Raises `ExtraMissing` without typst."""
    typst = _typst()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pictures: list[str] = []
        data = {
            "title": report.title, "lead": report.lead, "lang": report.lang, "say": SAY[report.lang],
            "about": [[key, value] for key, value in report.about.items()],
            "sections": [{"heading": s.heading, "blocks": [_block(b, report.lang, pictures) for b in s.blocks]} for s in report.sections],
            "notes": [{"number": n.number, "text": n.text, "url": n.url} for n in report.footnotes],
        }  # fmt: skip
        for number, svg in enumerate(pictures):
            (folder / f"{number}.svg").write_text(svg, encoding="utf-8")
        (folder / "report.typ").write_text(files("socialgraph.pages").joinpath("templates", "report.typ").read_text(encoding="utf-8"), encoding="utf-8")
        return _compiled(typst, folder, json.dumps(data, ensure_ascii=False))


def _compiled(typst: Any, folder: Path, data: str) -> bytes:
    """The PDF; letters that the fonts of the wheel do not have are shown as a replacement, since PDF/UA allows none to be missing."""
    while True:
        (folder / "report.json").write_text(data, encoding="utf-8")
        try:
            return bytes(typst.compile(folder / "report.typ", root=folder, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True))
        except typst.TypstError as error:
            missing = {letter for text in _MISSING.findall(str(error)) for letter in text if not letter.isascii()}
            if not missing & set(data):
                raise
            data = "".join("?" if letter in missing else letter for letter in data)


def as_png(chart: Chart) -> bytes:
    """A picture as PNG, for documents that have no SVG. Raises `ExtraMissing` without typst."""
    typst = _typst()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "0.svg").write_text(chart.svg, encoding="utf-8")
        page = f'#set page(width: {chart.width}pt, height: {chart.height}pt, margin: 0pt)\n#image("0.svg", width: 100%)\n'
        (folder / "picture.typ").write_text(page, encoding="utf-8")
        return bytes(typst.compile(folder / "picture.typ", root=folder, format="png", ppi=72 * SCALE, ignore_system_fonts=True))


def _typst() -> Any:
    try:
        import typst
    except ImportError as error:
        raise ExtraMissing("PDF needs typst; install it with: pip install 'socialgraph[reports]'") from error
    return typst


def _block(block: Block, lang: str, pictures: list[str]) -> dict[str, Any]:
    if isinstance(block, Prose):
        return {"kind": "prose", "lead": block.lead, "listed": block.listed, "told": [[s.text, marks(s.notes)] for s in block.sentences], "query": block.query}
    if isinstance(block, Figures):
        return {"kind": "figures", "figures": [list(figure[:2]) for figure in block.figures]}
    if isinstance(block, Chart):
        pictures.append(block.svg)
        rows = _table(block.rows, lang) if block.rows else None
        return {"kind": "chart", "file": f"{len(pictures) - 1}.svg", "caption": block.caption, "says": block.says, "rows": rows}
    return {"kind": "rows", **_table(block, lang)}


def _table(rows: Rows, lang: str) -> dict[str, Any]:
    return {"caption": rows.caption, "heads": heads(rows, lang), "lines": lines(rows, lang), "query": rows.query}
