"""The sheet every page is printed on: our template, styles and scripts in one file, under a policy that allows nothing else.

What scripts and styles a page may run is said by their hashes; data never becomes code.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@cache
def environment() -> Environment:
    """Our templates."""
    return Environment(
        loader=PackageLoader("socialgraph.pages", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


def sheet(template: str, styles: Sequence[str], scripts: Sequence[str], lang: str, /, *, later: Sequence[str] = (), **values: Any) -> str:
    """A self-contained page of a template with the texts of these styles and scripts, ours, a pinned wheel's or a bundle's; `later` is run when asked for."""
    safe = {name: [Markup(text) for text in texts] for name, texts in (("styles", styles), ("scripts", scripts), ("later", later))}  # noqa: S704  # never data
    return environment().get_template(template).render(lang=lang, policy=policy([*later, *scripts], styles), **safe, **values)


def static(name: str) -> str:
    """The text of one of our scripts or stylesheets."""
    return line_feeds(files("socialgraph.pages").joinpath("static", name).read_text(encoding="utf-8"))


@cache
def bundle(name: str) -> str | None:
    """The text of what `make bundles` makes of npm's packages (the SPARQL editor, the workbook); none where it was not made."""
    try:
        return static(name)
    except FileNotFoundError:
        return None


def line_feeds(text: str) -> str:
    """One kind of line end: a browser makes LF of CRLF before it compares the hash of a script."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """The Content-Security-Policy (level 3, section 2.3.1): nothing from anywhere, and only these very scripts and styles."""
    script_hashes = " ".join(_hash(script) for script in scripts)
    style_hashes = " ".join(_hash(style) for style in styles)
    return f"default-src 'none'; script-src {script_hashes}; style-src {style_hashes}; img-src data:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
