"""Changes laid out for people: a table to work with, and Markdown fit to paste into a pull request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from socialgraph.model.changes import WHATS, Change
from socialgraph.model.sentences import Wording
from socialgraph.model.table import Column, Ref, Table

FOLDED = 15
"""A group of more changes than this is folded in Markdown: an import of a register gives hundreds."""
_TITLE = {"sv": "Vad som ändras i grafen", "en": "What changes in the graph"}
_SAY = {
    "sv": {"none": "Ingenting ändras i grafen.", "since": "Jämfört med bygge {}.", "all": "visa alla {}"},
    "en": {"none": "Nothing changes in the graph.", "since": "Compared with build {}.", "all": "show all {}"},
}
_COLUMNS = (
    Column("what", {"sv": "Ändring", "en": "Change"}), Column("kind", {"sv": "Slag", "en": "Kind"}), Column("subject", {"sv": "Vad", "en": "What"}),
    Column("before", {"sv": "Före", "en": "Before"}), Column("after", {"sv": "Efter", "en": "After"}),
)  # fmt: skip


def as_table(changes: Sequence[Change], wording: Wording, *, lang: str = "sv", since: str = "") -> Table:
    """The changes as a table, a row each; `since` names the build they are compared with."""
    rows = []
    for c in changes:
        what, kind, subject, before, after = (getattr(text, lang) for text in (WHATS[c.what], wording.kind(c.kind), c.subject, c.before, c.after))
        rows.append((what, kind, Ref(subject, c.id), before, after))
    return Table(_COLUMNS, tuple(rows), {"build": since} if since else {}, _TITLE, lang=lang)


def as_markdown(changes: Sequence[Change], *, lang: str = "sv", since: str = "") -> str:
    """The changes as prose with lists: a summary first, then a heading for each sort of change.

    Names come from data, so whatever Markdown or HTML would take for its own is escaped.
    """
    say = _SAY[lang]
    lines = [f"## {_TITLE[lang]}", ""]
    groups = [(getattr(WHATS[what], lang), list(group)) for what, group in groupby(changes, key=lambda c: c.what)]
    summary = ", ".join(f"{len(group)} {label}" for label, group in groups)
    lines += [" ".join(filter(None, (say["since"].format(since) if since else "", f"{summary}." if groups else say["none"]))), ""]
    for label, group in groups:
        listed = [f"- {_escaped(_without_label(c, lang))}" for c in group]
        folded = len(group) > FOLDED
        lines += [f"### {label[0].upper()}{label[1:]} ({len(group)})", ""]
        lines += ["<details><summary>" + say["all"].format(len(group)) + "</summary>", ""] if folded else []
        lines += [*listed, ""] + (["</details>", ""] if folded else [])
    return "\n".join(lines).rstrip() + "\n"


def _without_label(change: Change, lang: str) -> str:
    return change.text(lang).removeprefix(f"{getattr(WHATS[change.what], lang)}: ")


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", " ".join(text.split()))
