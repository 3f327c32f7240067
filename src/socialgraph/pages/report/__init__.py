"""A report written: as HTML, PDF, Word, Excel or Markdown, chosen by the ending of the file. The same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from socialgraph.errors import ParameterInvalid
from socialgraph.model.report import Report
from socialgraph.pages.report import docx, html, markdown, pdf, xlsx

FORMS: Final[Mapping[str, Callable[..., bytes]]] = {
    "html": html.render, "pdf": pdf.render, "docx": docx.render, "xlsx": xlsx.render, "md": markdown.render,
}  # fmt: skip
"""The forms there are, by ending."""


def render(report: Report, form: str, *, templates: Path | None = None) -> bytes:
    """The report in a form; `templates` is a folder whose `report.html.j2` comes before ours. Raises `ParameterInvalid`, `ExtraMissing`."""
    if form not in FORMS:
        known = ", ".join(f".{name}" for name in FORMS)
        raise ParameterInvalid(f"no report is written as '.{form}'; endings are {known}", sv=f"ingen rapport skrivs som '.{form}'; ändelser är {known}")
    return html.render(report, templates=templates) if form == "html" else FORMS[form](report)
