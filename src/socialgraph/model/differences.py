"""The same question at two days: which rows came, went and changed. Pure: two tables in, one out.

The invariant: a row that is gone is not said to have ended; what is known of it on the later day is said beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from socialgraph.model.table import Cell, Column, Ref, Table, show

RELATION = "relation"
"""The column that says which relation a row is; without it the things that a row names do."""
_NOT_THE_ROW = ("source", "state", "status")
_SAY = {
    "sv": {"came": "tillkommit", "gone": "bortfallit", "changed": "ändrat", "then": "den tidigare dagen: {}", "now": "den senare dagen: {}",
           "same": "{} rader är oförändrade.", "same_1": "1 rad är oförändrad."},
    "en": {"came": "come", "gone": "gone", "changed": "changed", "then": "on the earlier day: {}", "now": "on the later day: {}",
           "same": "{} rows are unchanged.", "same_1": "1 row is unchanged."},
}  # fmt: skip
_HEADS = (Column("change", {"sv": "Ändring", "en": "Change"}), Column("told", {"sv": "Hur", "en": "How"}))
State = Callable[[str], str]
"""What a relation (prefixed id) is on a day, in words; empty if that is not known."""


def differences(earlier: Table, later: Table, *, then: State, now: State, lang: str = "sv") -> Table:
    """The rows of two answers to one question that differ, in the order of the later one; what went stands last.

    `then` and `now` say what a relation is on the earlier and on the later day.
    """
    say = _SAY[lang]
    before, after = dict(_keyed(earlier)), dict(_keyed(later))
    rows: list[tuple[Cell, ...]] = []
    witnesses: list[tuple[str, ...]] = []
    for key, at in after.items():
        row = later.rows[at]
        if key not in before:
            how = _states(later.witnesses[at], then, say["then"])
            rows.append((say["came"], how, *row))
            witnesses.append(later.witnesses[at])
        elif (old := earlier.rows[before[key]]) != row:
            told = [f"{c.heading(lang)}: {show(a, lang)} → {show(b, lang)}" for c, a, b in zip(later.columns, old, row, strict=True) if a != b]
            rows.append((say["changed"], "; ".join(told), *row))
            witnesses.append(later.witnesses[at])
    for key, at in before.items():
        if key not in after:
            rows.append((say["gone"], _states(earlier.witnesses[at], now, say["now"]), *earlier.rows[at]))
            witnesses.append(earlier.witnesses[at])
    same = sum(key in before and earlier.rows[before[key]] == later.rows[at] for key, at in after.items())
    note = {x: _SAY[x]["same_1"] if same == 1 else _SAY[x]["same"].format(same) for x in _SAY}
    about = {k: v for k, v in later.about.items() if k not in ("behind", "link")} | {"at": f"{earlier.about['at']} – {later.about['at']}"}
    return Table((*_HEADS, *later.columns), tuple(rows), about, later.title, tuple(witnesses), (*later.notes[:0], note), lang=lang)


def _keyed(table: Table) -> Iterator[tuple[tuple[str, ...], int]]:
    """Each row by what it is about; rows about the same things are told apart by their order."""
    names = [c.name for c in table.columns]
    seen: Counter[tuple[str, ...]] = Counter()
    for at, row in enumerate(table.rows):
        things = [(n, c) for n, c in zip(names, row, strict=True) if isinstance(c, Ref)]
        own = [c.id for n, c in things if n == RELATION] or [f"{n} {c.id}" for n, c in things if n not in _NOT_THE_ROW] or [show(c, "sv") for c in row]
        key = tuple(own)
        seen[key] += 1
        yield (*key, str(seen[key])), at


def _states(witnesses: tuple[str, ...], state: State, wording: str) -> str:
    told = dict.fromkeys(word for w in witnesses if (word := state(w)))
    return wording.format(", ".join(told)) if told else ""
