"""A report as one HTML file: no script, no outside reference, printable, with a table beside every picture."""

from __future__ import annotations

from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from socialgraph.model.report import Chart, Figures, Prose, Report, Rows
from socialgraph.pages.report.words import SAY, heads, lines, runs
from socialgraph.pages.sheet import environment, policy, static

_STYLES = ("sheet.css", "report.css")


def render(report: Report, *, templates: Path | None = None) -> bytes:
    """The page; a `report.html.j2` in `templates` comes before ours."""
    ours = environment()
    env: Environment = ours
    if templates is not None and ours.loader is not None:
        env = ours.overlay(loader=ChoiceLoader([FileSystemLoader(templates), ours.loader]))
    styles = [static(name) for name in _STYLES]
    kinds = {Prose: "prose", Figures: "figures", Rows: "rows", Chart: "chart"}
    page = env.get_template("report.html.j2")
    text = page.render(
        report=report, lang=report.lang, say=SAY[report.lang], kind_of=lambda block: kinds[type(block)], heads=heads, lines=lines,
        svg=lambda chart: Markup(chart.svg),  # noqa: S704  # drawn by charts.py, which escapes every word
        policy=policy((), styles), styles=[Markup(style) for style in styles], runs=runs,  # noqa: S704  # never data
    )  # fmt: skip
    return text.encode("utf-8")
