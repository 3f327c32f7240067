"""A table as a reply, in the form that was asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from socialgraph.model.table import Table
from socialgraph.portal.reply import JSON, Problem, Reply

TABLES: Mapping[str, str] = {
    "json": JSON,
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Forms of a table and their media types."""


def tabled(table: Table, form: str, name: str, lang: str) -> Reply:
    """A table in a form of `TABLES`; a spreadsheet or CSV file has a name to be saved under. Raises `Problem` 400."""
    if form not in TABLES:
        raise Problem(400, f"formen '{form}' finns inte; formerna är {', '.join(TABLES)}", f"there is no form '{form}'; forms are {', '.join(TABLES)}")
    saved = {"Content-Disposition": f'attachment; filename="{name}.{form}"'} if form in ("csv", "xlsx") else {}
    if form == "json":
        return Reply(table.to_json().encode("utf-8"), TABLES[form])
    if form == "xlsx":
        with tempfile.TemporaryDirectory() as folder:
            return Reply(table.to_xlsx(Path(folder) / "table.xlsx", lang).read_bytes(), TABLES[form], headers=saved)
    text = ("\ufeff" + table.to_csv(lang)) if form == "csv" else table.to_markdown(lang)
    return Reply(text.encode("utf-8"), TABLES[form], headers=saved)
