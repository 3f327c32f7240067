"""The pages of reports: the list of them, and each as a page or a file."""

from __future__ import annotations

from typing import Final

from socialgraph.pages import report as forms
from socialgraph.portal.asked import Asked
from socialgraph.portal.reply import HTML, Problem, Reply

MEDIA: Final = {
    "html": HTML,
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}
WHOLE: Final = ("national", "coverage")
"""Reports about the whole country, of one day."""


def listed(asked: Asked) -> Reply:
    """The reports: those of the country, and that of each county."""
    g, lang = asked.g, asked.lang
    whole = [(row[0], row[1], row[3]) for row in g.reports(lang=lang).rows if row[0] in WHOLE]
    counties = [(e.id, g.view().name(e.id, lang)) for e in g.counties]
    return asked.render("reports", whole=whole, counties=counties, forms=[f for f in MEDIA if f != "html"])


def page(asked: Asked) -> Reply:
    """A report: `/reports/county/<id>`, `/reports/changes?since=2017`; `format` is one of `MEDIA`. Raises `Problem` 400, and as reports do."""
    name, _, about = asked.rest.partition("/")
    form = asked.one("format", "html")
    if form not in MEDIA:
        raise Problem(400, f"Formen '{form}' finns inte; formerna är {', '.join(MEDIA)}.", f"There is no form '{form}'; forms are {', '.join(MEDIA)}.")
    made = asked.g.report(
        name, about, at=asked.one("at"), since=asked.one("since"), mode=asked.one("mode"), known_by=asked.one("known_by"), lang=asked.lang
    )  # fmt: skip
    saved = {} if form == "html" else {"Content-Disposition": f'attachment; filename="{about or name}.{form}"'}
    return Reply(forms.render(made, form), MEDIA[form], headers=saved, own_policy=form == "html")
