"""What the server itself wants to know without asking a worker: the current build, and the files beside the pages."""

from __future__ import annotations

from socialgraph import project
from socialgraph.pages import site


def current_build(root: str | None) -> str:
    """The id of the build that is current. Raises `BuildMissing`."""
    return project.find(root).current().name


def asset(name: str) -> tuple[bytes, str] | None:
    """A file that pages load, and its media type; none if there is none of that name."""
    if name not in site.ASSETS or (body := site.asset(name)) is None:
        return None
    return body, f"{site.ASSETS[name]}; charset=utf-8"
