"""A report as GitHub-flavoured Markdown, with footnotes at the end. Pictures are told in words, their tables are there."""

from __future__ import annotations

import re

from socialgraph.model.report import Block, Chart, Figures, Prose, Report, Rows, Sentence
from socialgraph.pages.report.words import SAY, heads, lines


def render(report: Report) -> bytes:
    """The text."""
    out = [f"# {_safe(report.title)}", "", _safe(report.lead), "", *(f"- {key}: {_safe(value)}" for key, value in report.about.items()), ""]
    for section in report.sections:
        out += [f"## {_safe(section.heading)}", ""]
        for block in section.blocks:
            out += [*_block(block, report.lang), ""]
    if report.footnotes:
        out += [f"## {SAY[report.lang]['notes']}", "", SAY[report.lang]["how"], ""]
        out += [f"[^{note.number}]: {_safe(note.text)}{f' <{note.url}>' if note.url else ''}" for note in report.footnotes]
    return ("\n".join(out).rstrip() + "\n").encode("utf-8")


def _block(block: Block, lang: str) -> list[str]:
    say = SAY[lang]
    if isinstance(block, Prose):
        told = [_told(sentence) for sentence in block.sentences]
        lead = [f"### {_safe(block.lead)}", ""] if block.lead else []
        return [*lead, *(f"- {t}" for t in told), *_asked(block.query, lang)] if block.listed else [" ".join(told), *_asked(block.query, lang)]
    if isinstance(block, Figures):
        return [f"- **{_safe(value)}** {_safe(words)}" for value, words, _ in block.figures]
    if isinstance(block, Chart):
        return [f"*{say['picture']}: {_safe(block.caption)}. {_safe(block.says)}*", "", *(_block(block.rows, lang) if block.rows else [])]
    return [f"**{_safe(block.caption)}**", "", *_table(block, lang), *_asked(block.query, lang)]


def _told(sentence: Sentence) -> str:
    return _safe(sentence.text) + "".join(f"[^{n}]" for n in sentence.notes)


def _table(rows: Rows, lang: str) -> list[str]:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(_safe(c) for c in cells) + " |"

    titles = heads(rows, lang)
    noted = len(titles) > len(rows.table.columns)
    body = []
    for n, cells in enumerate(lines(rows, lang)):
        body.append(line(cells) if not noted else line(cells[:-1])[:-1] + "".join(f"[^{i}]" for i in rows.notes[n]) + " |")
    return [line(titles), line(["---"] * len(titles)), *body]


def _asked(query: str, lang: str) -> list[str]:
    return ["", f"{SAY[lang]['query']}: `{query}`"] if query else []


def _safe(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", " ".join(text.split()))
