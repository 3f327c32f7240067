"""The pages of the server and of the site: values in, HTML out. One layout; every page works without a script and prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

from socialgraph.model.table import Cell, Ref, show
from socialgraph.model.vocabulary import in_language
from socialgraph.pages.sheet import bundle, environment

ASSETS: Final = {"sheet.css": "text/css", "site.css": "text/css", "bench.js": "text/javascript", "editor.js": "text/javascript", "find.js": "text/javascript"}
"""What the pages load from beside them, and its media type."""
_PLACES: Final = {"sgd": "/entities/", "sgs": "/sources/", "sgr": "/relations/", "sgf": "/relations/", "sg": "/ontology#", "sgc": "/ontology#"}
SHOWN: Final = 500
"""So many rows a page shows; the files have all."""


def render(template: str, *, lang: str, path: str, **values: Any) -> bytes:
    """A page of a template (`site/<template>.html.j2`). `path` is its own place, in Swedish, with what is asked, from which the other language is reached."""

    def t(sv: str, en: str) -> str:
        return sv if lang == "sv" else en

    def url(place: str, to: str = lang) -> str:
        return f"/en{place}" if to == "en" else place

    def cell(value: Cell) -> Markup:
        return _cell(value, lang, url)

    page = environment().get_template(f"site/{template}.html.j2")
    own = {"t": t, "url": url, "cell": cell, "words": lambda labels: in_language(labels, lang), "SHOWN": SHOWN, "still": False}
    return page.render(**{"lang": lang, "path": path, **own, **values}).encode("utf-8")


def feed(title: str, entries: Sequence[tuple[str, str, str, str, str]], *, lang: str, updated: str) -> bytes:
    """An Atom feed; an entry is an id, a title, an address, a day and a summary."""
    page = environment().get_template("site/feed.xml.j2")
    return page.render(title=title, entries=entries, lang=lang, updated=updated).encode("utf-8")


def data_block(text: str) -> Markup:
    """JSON to stand in a script element as data: no `<` in it can end the element."""
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704


@cache
def asset(name: str) -> bytes | None:
    """One of `ASSETS`; none if it was not made (the editor is a bundle)."""
    text = bundle(name)
    return None if text is None else text.encode("utf-8")


def has_editor() -> bool:
    """Whether the SPARQL editor was built into this installation."""
    return asset("editor.js") is not None


def _cell(value: Cell, lang: str, url: Callable[[str], str]) -> Markup:
    """A cell: a thing as a link to its page, an address as a link, everything else as text."""
    told = show(value, lang)
    if isinstance(value, Ref) and (place := _PLACES.get(value.space)):
        return Markup('<a href="{}">{}</a>').format(url(place + quote(value.id)), told)
    if isinstance(value, str) and value.startswith(("https://", "http://")) and " " not in value:
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(value, told)
    if isinstance(value, date):
        return Markup('<span class="day">{}</span>').format(told)
    return Markup("{}").format(told)
