"""CSV on the Web: tables as CSV files with metadata that says what each column is (W3C Tabular Metadata, 2015).

The columns bear the names a program uses; their labels in Swedish and English stand in the metadata, as do types, keys,
and which column points at which table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from socialgraph.model.table import Cell, Column, Table

METADATA_FILE = "csv-metadata.json"
"""The name under which a reader looks for metadata beside a CSV file."""
_TYPES = ((bool, "boolean"), (int, "integer"), (Decimal, "decimal"), (float, "double"), (date, "date"))


@dataclass(frozen=True, slots=True)
class Keys:
    """The columns that hold one value for each row (`primary`), or point at the `id` of another table, alone or several."""

    primary: str = ""
    points: Mapping[str, str] = field(default_factory=dict)
    several: Sequence[str] = ()


def write(tables: Mapping[str, Table], keys: Mapping[str, Keys], *, about: Mapping[str, object], separator: str) -> dict[str, str]:
    """The files by name: a CSV file for each table, and the metadata of all; `about` describes the group (`dc:title`, …)."""
    files = {f"{name}.csv": replace(table, columns=tuple(Column(c.name) for c in table.columns)).to_csv() for name, table in tables.items()}
    group = [_table(name, table, keys[name], separator) for name, table in tables.items()]
    metadata = {"@context": ["http://www.w3.org/ns/csvw", {"@language": "und"}], **about, "dialect": {"lineTerminators": ["\n"]}, "tables": group}
    return files | {METADATA_FILE: json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"}


def _table(name: str, table: Table, keys: Keys, separator: str) -> dict[str, object]:
    columns = [_column(column, table.column(column.name), keys, separator) for column in table.columns]
    schema: dict[str, object] = {"columns": columns, "primaryKey": keys.primary} if keys.primary else {"columns": columns}
    if keys.points:
        schema["foreignKeys"] = [{"columnReference": c, "reference": {"resource": f"{to}.csv", "columnReference": "id"}} for c, to in keys.points.items()]
    return {"url": f"{name}.csv", "tableSchema": schema}


def _column(column: Column, cells: Sequence[Cell], keys: Keys, separator: str) -> dict[str, object]:
    told: dict[str, object] = {"name": column.name, "titles": column.name, "dc:description": dict(column.label), "datatype": datatype(cells)}
    if column.name == keys.primary:
        told["required"] = True
    if column.name in keys.several:
        told["separator"] = separator
    return told


def datatype(cells: Sequence[Cell]) -> str:
    """The XSD type, by CSVW's name, that all known cells of a column have; `string` where they differ or none is known.

    >>> datatype([date(2019, 1, 1), None]), datatype([1, "a"]), datatype([True])
    ('date', 'string', 'boolean')
    """
    found = {next((name for kind, name in _TYPES if isinstance(cell, kind)), "string") for cell in cells if cell is not None}
    return found.pop() if len(found) == 1 else "string"
