"""The site without a server: every page of the portal as a file, at the newest day, that works from a plain web server or from disk.

The pages are those of the server, made by the same functions; what needs a server (forms, bench, API) is left out, the
search is done by a script over a list of names, and every link is made relative. A link to a page that was not written is
an error, so the site has none.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from socialgraph.errors import ParameterInvalid, SiteBroken, UnknownEntity, UnknownName
from socialgraph.exporting import FORMS
from socialgraph.graph import SocialGraph
from socialgraph.model.search import bare, fold
from socialgraph.model.sentences import LANGS
from socialgraph.pages import site
from socialgraph.portal import pages
from socialgraph.portal.reports import WHOLE
from socialgraph.portal.service import Service
from socialgraph.portal.tables import tabled
from socialgraph.telling import dated

Progress = Callable[[str, int, int], None]
_FIXED: Final = ("/", "/questions", "/entities", "/sources", "/ontology", "/about", "/coverage", "/explorer", "/reports", "/find")
_LINK: Final = re.compile(r'\b(href|src|action|data-entities)="(/[^"]*)"')
_TABLES: Final = ("csv", "xlsx", "json")
_PAPER: Final = ("pdf", "docx")
NEWEST: Final = 40
"""So many entries the feed has."""


@dataclass
class Still:
    """A site being written: the service that makes its pages, where it goes, and what is written."""

    service: Service
    into: Path
    address: str = ""
    _files: dict[str, str] = field(default_factory=dict)

    @property
    def _g(self) -> SocialGraph:
        return self.service.g

    def write(self, progress: Progress = lambda *_: None) -> int:
        """Write every page and file; gives how many. Raises `SiteBroken` for a link that leads nowhere."""
        places = [*_FIXED, *self._places()]
        self._files = {place: _file(place) for place in places} | {f"/en{p}".rstrip("/") or "/en": _file(p, "en") for p in places}
        self._files |= dict(self._others())
        made = [place for place in places if not place.startswith("/reports/")]
        total = len(made) * len(LANGS)
        for number, place in enumerate(made):
            for turn, lang in enumerate(LANGS):
                self._page(place, lang)
                progress("pages", number * len(LANGS) + turn + 1, total)
        self._paper(progress)
        self._dumps(progress)
        self._assets()
        self._names()
        self._feeds()
        self._maps(places)
        return sum(1 for path in self.into.rglob("*") if path.is_file())

    def _places(self) -> Iterator[str]:
        g = self._g
        yield from (f"/questions/{name}" for name in g.catalogue.questions)
        yield from (f"/entities/{id}" for id in sorted(g.holdings.entities))
        yield from (f"/sources/{id}" for id in sorted(g.holdings.sources))
        yield from (f"/relations/{relation.id}" for relation in g.holdings.relations)
        yield from (f"/relations/{fact.id}" for fact in g.holdings.facts)
        yield from (place for place, _, _ in self._reports)

    @property
    def _reports(self) -> list[tuple[str, str, str]]:
        """The place of each report, its name, and what it is about."""
        return [*((f"/reports/{name}", name, "") for name in WHOLE), *((f"/reports/county/{c.id}", "county", c.id) for c in self._g.counties)]

    def _others(self) -> Iterator[tuple[str, str]]:
        """Files that pages lead to, by the place under which they do."""
        yield from ((f"/static/{name}", f"static/{name}") for name in (*site.ASSETS, "names.js"))
        yield from ((f"/exports/{form}", f"exports/socialgraph-{form}{told.suffix}") for form, told in FORMS.items())
        yield from (("/feed.xml", "feed.xml"), ("/en/feed.xml", "en/feed.xml"))
        for lang, start in (("sv", ""), ("en", "/en")):
            for name in self._g.catalogue.questions:
                yield from ((f"{start}/questions/{name}.{form}", _beside(f"/questions/{name}", lang, form)) for form in _TABLES)
            yield from ((f"{start}{place}.{form}", _beside(place, lang, form)) for place, _, _ in self._reports for form in _PAPER)

    def _page(self, place: str, lang: str) -> None:
        given: Mapping[str, Sequence[str]] = {}
        if place.startswith("/questions/"):
            given = self._answered(place.rpartition("/")[2], lang)
        reply = pages.page(self.service, place, given, lang)
        self._put(_file(place, lang), self._relative(reply.body.decode("utf-8"), place, lang).encode("utf-8"))

    def _answered(self, name: str, lang: str) -> Mapping[str, Sequence[str]]:
        """What a question is given on its page, the answer being written beside it: its example, or no more than the mode; nothing if it needs more."""
        question = self._g.question(name)
        example = {key: [value] for key, value in question.example.items() if key not in ("at", "mode")}
        for given in (example | {"mode": ["possible"]}, {"mode": ["possible"]}):
            try:
                table = self.service.asked(name, given, lang)
            except (UnknownEntity, UnknownName, ParameterInvalid):  # the example is of another graph; what must be given is missing
                continue
            for form in _TABLES:
                self._put(_beside(f"/questions/{name}", lang, form), tabled(table, form, name, lang).body)
            return given
        return {}

    def _paper(self, progress: Progress) -> None:
        """The reports as pages, and as files to print and to go on writing."""
        from socialgraph.pages import report as forms

        for number, (place, name, about) in enumerate(self._reports, 1):
            for lang in LANGS:
                made = self._g.report(name, about, lang=lang)
                self._put(_file(place, lang), forms.render(made, "html"))
                for form in _PAPER:
                    self._put(_beside(place, lang, form), forms.render(made, form))
            progress("reports", number, len(self._reports))

    def _relative(self, page: str, place: str, lang: str) -> str:
        """The page with every link to a place made relative to its own file. Raises `SiteBroken`."""
        here = Path(_file(place, lang)).parent

        def turned(match: re.Match[str]) -> str:
            target, mark, rest = unescape(match[2]).partition("#")
            target = target.partition("?")[0]
            file = self._files.get(target.rstrip("/") or "/")
            if file is None:
                raise SiteBroken(f"the page {place} leads to {match[2]}, which is no part of the site")
            return f'{match[1]}="{escape(os.path.relpath(file, here) + mark + rest)}"'

        return _LINK.sub(turned, page)

    def _put(self, file: str, content: bytes) -> None:
        path = self.into / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _dumps(self, progress: Progress) -> None:
        for number, form in enumerate(FORMS, 1):
            path = self.into / self._files[f"/exports/{form}"]
            path.parent.mkdir(parents=True, exist_ok=True)
            self._g.export(form, into=path, **({"address": self.address + "exports/"} if self.address else {}))
            progress("exports", number, len(FORMS))

    def _assets(self) -> None:
        for name in site.ASSETS:
            if (content := site.asset(name)) is not None:
                self._put(f"static/{name}", content)

    def _names(self) -> None:
        """Every name of every entity, folded as the search folds them; people are found with their dots only."""
        g, view = self._g, self._g.view()
        kinds = g.vocabulary.entity_kinds
        told = []
        for id, entity in sorted(g.holdings.entities.items()):
            names = list(dict.fromkeys(fold(n) for n in (*g.names[id], entity.organisation_number, entity.code, id) if n))
            plain = [] if kinds[entity.kind].is_person else [b for n in names if (b := bare(n)) not in names]
            told.append([id, view.name(id, "sv"), view.name(id, "en"), *(g.vocabulary.label(entity.kind, x) for x in LANGS), names, list(dict.fromkeys(plain))])
        self._put("static/names.js", f"window.NAMES = {json.dumps(told, ensure_ascii=False, separators=(',', ':'))};\n".encode())

    def _feeds(self) -> None:
        """Atom (RFC 4287): the newest sources, each with how much it says and what of."""
        g, view = self._g, self._g.view()
        numbers = Counter(claim.source for claim in g.holdings.claims)
        newest = sorted(g.holdings.sources.values(), key=lambda s: (s.published_day, s.id), reverse=True)[:NEWEST]
        for lang in LANGS:
            words = {"sv": ("Nytt i socialgraph", "{}, {}; {} påståenden."), "en": ("New in socialgraph", "{}, {}; {} claims.")}[lang]
            entries = []
            for s in newest:
                page = self.address + _file(f"/sources/{s.id}", lang) if self.address else _file(f"/sources/{s.id}")  # else beside the feed
                told = words[1].format(view.name(s.publisher, lang), dated(s, lang), numbers[s.id])
                entries.append((s.id, s.title, page, s.published_day.isoformat(), told))
            self._put(self._files["/feed.xml" if lang == "sv" else "/en/feed.xml"], site.feed(words[0], entries, lang=lang, updated=g.last_day.isoformat()))

    def _maps(self, places: Sequence[str]) -> None:
        """A sitemap (sitemaps.org) and robots.txt, where the address of the site is known: both must name it."""
        if not self.address:
            return
        files = [_file(p, lang) for p in places for lang in LANGS]
        body = "".join(f"<url><loc>{escape(self.address + file)}</loc></url>" for file in files)
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>\n'
        self._put("sitemap.xml", text.encode("utf-8"))
        self._put("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {self.address}sitemap.xml\n".encode())


def write(g: SocialGraph, into: str | Path, *, address: str = "", progress: Progress = lambda *_: None) -> int:
    """Write the site of a build into a folder, whole or not at all; what is there is replaced. Gives the number of files.

    `address` is where the site will lie (`https://…/`): sitemap and feed need it, links do not. Raises `SiteBroken`.
    """
    target = Path(into)
    target.parent.mkdir(parents=True, exist_ok=True)
    address = address if not address or address.endswith("/") else address + "/"
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        number = Still(Service(g, None, still=True), beside, address).write(progress)
        beside.chmod(0o755)
        former = target.with_name(f".{target.name}-former-{os.getpid()}")
        if target.exists():
            if not (target / "static" / "site.css").is_file() and any(target.iterdir()):
                raise SiteBroken(
                    f"{target} holds something else than such a site; name a new folder", sv=f"{target} innehåller annat än en sådan sajt; ange en ny mapp"
                )
            target.rename(former)
        beside.rename(target)
        shutil.rmtree(former, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return number


def _file(place: str, lang: str = "sv") -> str:
    """The file of a page.

    >>> _file("/"), _file("/entities/skr", "en")
    ('index.html', 'en/entities/skr/index.html')
    """
    start = "en/" if lang == "en" else ""
    return start + (f"{place.strip('/')}/index.html" if place.strip("/") else "index.html")


def _beside(place: str, lang: str, form: str) -> str:
    """A file beside a page, named as what the page is about."""
    return str(Path(_file(place, lang)).with_name(f"{place.rpartition('/')[2]}.{form}"))
