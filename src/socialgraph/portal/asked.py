"""A page asked for: its place, what was given, the language; and the page of a template in answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from socialgraph.graph import SocialGraph
from socialgraph.pages import site
from socialgraph.portal.reply import HTML, Reply

if TYPE_CHECKING:
    from socialgraph.portal.service import Given, Service


@dataclass(frozen=True)
class Asked:
    """A page asked for: its path, the rest of it after the first word, what was given, the language."""

    service: Service
    path: str
    rest: str
    given: Given
    lang: str

    @property
    def g(self) -> SocialGraph:
        """The build that is served."""
        return self.service.g

    def one(self, name: str, default: str = "") -> str:
        """The last value given under a name."""
        values = self.given.get(name) or [default]
        return values[-1]

    def say(self, sv: str, en: str) -> str:
        """The words in the page's language."""
        return sv if self.lang == "sv" else en

    def url(self, place: str) -> str:
        """A place in the page's language."""
        return f"/en{place}" if self.lang == "en" else place

    def render(self, template: str, **values: Any) -> Reply:
        """The page of a template."""
        told = urlencode([(k, v) for k, vs in self.given.items() if k != "lang" for v in vs if v])
        path = self.path + (f"?{told}" if told and not self.service.still else "")
        about = {"build": self.g.built.id, "last_day": self.g.last_day.isoformat(), "still": self.service.still}
        return Reply(site.render(template, lang=self.lang, path=path, **about, **values), HTML)
