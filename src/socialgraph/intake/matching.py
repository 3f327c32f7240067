"""Which row of a sheet is which row of a source, and the rows of both made one `claims.csv` in a stable order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from socialgraph.intake.headings import ORDER
from socialgraph.intake.sources import OPTIONAL
from socialgraph.model.claims import Claim

Cells = Mapping[str, str]
_SAME: tuple[Callable[[Claim], Hashable], ...] = (
    lambda c: replace(c, row=0),
    lambda c: (c.locator, c.kind, c.from_, c.to, c.value, c.person, c.role, c.about, c.episode),
    lambda c: (c.locator, c.kind, c.from_, c.to, c.value),
    lambda c: (c.locator, c.from_, c.to, c.value),
)
"""When a row of the sheet is a row of the source, strictest first; in the end the same place and the same ends."""


def pairs(new: Iterable[Claim], old: Iterable[Claim]) -> tuple[dict[int, Claim | None], set[int]]:
    """The source's claim for each row of the sheet, or none; and the rows of which that could not be told.

    Rows are paired in order where both sides have the same number of them at a place. Where they differ in number nobody
    can tell which is which, and nothing is overwritten on a guess.
    """
    found: dict[int, Claim | None] = {}
    left_new, left_old = list(new), list(old)
    for key in _SAME:
        ours, theirs = _grouped(left_new, key), _grouped(left_old, key)
        for same, claims in ours.items():
            if len(claims) == len(theirs.get(same, ())):
                found.update((c.row, other) for c, other in zip(claims, theirs[same], strict=True))
        taken = {other.row for other in found.values() if other}
        left_new, left_old = [c for c in left_new if c.row not in found], [c for c in left_old if c.row not in taken]
    crowded = _grouped(left_old, _SAME[-1])
    return found | {c.row: None for c in left_new}, {c.row for c in left_new if _SAME[-1](c) in crowded}


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], Hashable]) -> dict[Hashable, list[Claim]]:
    groups: dict[Hashable, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(key(claim), []).append(claim)
    return groups


def same_but_for_row(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same in every column."""
    return _SAME[0](one) == _SAME[0](other)


def joined(old: Sequence[Cells], new: Iterable[Cells]) -> list[Cells]:
    """The rows of the source in their own order, each new one after the last row whose place in the source is not later."""
    rows = list(old)
    for cells in new:
        before = [i for i, row in enumerate(rows, 1) if _place(row["locator"]) <= _place(cells["locator"])]
        rows.insert(max(before, default=0), cells)
    return rows


def _place(locator: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", locator)))


def to_csv(rows: Iterable[Cells], *, former: str) -> str:
    """The rows as `claims.csv`: the columns as the former file has them, line feeds, quotation marks only where needed."""
    rows = list(rows)
    header = [h.strip() for h in next(csv.reader(io.StringIO(former)), [])] or list(ORDER)
    if any(row[c] for row in rows for c in OPTIONAL if c not in header):
        header = list(ORDER)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([header, *([row[c] for c in header] for row in rows)])
    return out.getvalue()
