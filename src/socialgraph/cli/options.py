"""The group of commands and the options they share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from socialgraph import __version__
from socialgraph.errors import BuildFailed, ParameterInvalid, SocialGraphError
from socialgraph.shell import locale_language, print_findings

if TYPE_CHECKING:
    from socialgraph.graph import SocialGraph
    from socialgraph.view import View


def options(*given: Callable[..., Any]) -> Callable[..., Any]:
    """Several options as one decorator."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(given):
            command = option(command)
        return command

    return decorate


_SPOKEN = "socialgraph.lang"


def _spoken(ctx: click.Context, _: click.Parameter, lang: str) -> str:
    """The language of the answer, remembered for what may go wrong after the command is gone."""
    ctx.meta[_SPOKEN] = lang
    return lang


LANG = click.option(
    "--lang", type=click.Choice(["sv", "en"]), default=locale_language, show_default="from the locale", callback=_spoken, help="Language of the answer."
)
ROOT = click.option(
    "--root", type=click.Path(file_okay=False), default=None,
    help="The project folder; default: the nearest one upward, else the bundled data. To ask: also a SPARQL endpoint.",
)  # fmt: skip
BASE = options(ROOT, LANG)
MODE = click.option(
    "--mode", type=click.Choice(["certain", "presumed", "possible"]), show_default="the question's own, mostly presumed", help="How sure the answer must be."
)
MODE_OF_VIEW = click.option(
    "--mode", type=click.Choice(["certain", "presumed", "possible"]), default="presumed", show_default=True, help="How sure a relation must be to count."
)
SCOPE = options(
    click.option("--at", default="", metavar="DATE", help="The day asked about; a month or year means its last day. Default: the newest source's day."),
    click.option("--known-by", default="", metavar="DATE", help="Use only sources published by this day."),
    click.option("--source", "sources", multiple=True, metavar="ID", help="Use only this source; may be repeated."),
    click.option("--build", default="", metavar="ID", help="Ask this build instead of the current one."),
)
EVIDENCE = click.option("--evidence", is_flag=True, help="With every row the claims it rests on: source, date, place, documents.")
TIME = options(MODE, SCOPE)
FORMS = ["table", "csv", "json", "md", "xlsx"]
TO = click.option("-o", "--output", type=click.Path(dir_okay=False), default=None, help="Write to this file instead of the screen.")
OUT = options(click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True, help="Form of the answer."), TO)


class _Group(click.Group):
    """Turns our errors into a message and an exit status; nobody sees a stack trace for a wrong word."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BuildFailed as error:
            print_findings(error.stopping, ctx.meta.get(_SPOKEN, locale_language()))
            click.echo(error.text(ctx.meta.get(_SPOKEN, locale_language())), err=True)
            ctx.exit(1)
        except SocialGraphError as error:
            click.echo(f"socialgraph: {error.text(ctx.meta.get(_SPOKEN, locale_language()))}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="socialgraph")
def main() -> None:
    """The network that supports Sweden's social services: sourced, dated, ready to be asked."""


def opened(root: str | None, when: dict[str, Any] | None = None, link: str = "") -> SocialGraph:
    """The build that is asked: the one named by the option or by a link, else the current one."""
    from socialgraph.graph import SocialGraph

    named = (when or {}).pop("build", "")
    return SocialGraph.open(root, build=named or (link if "?" in link else ""))


def view_of(g: SocialGraph, when: dict[str, Any]) -> View:
    """The view that the options of time and evidence choose."""
    return g.view(**when)


def parameters_of(texts: Iterable[str]) -> dict[str, Any]:
    """What `name=value` arguments give. Raises `ParameterInvalid`."""
    wrong = [t for t in texts if "=" not in t]
    if wrong:
        raise ParameterInvalid(
            f"'{wrong[0]}' is no parameter; write name=value, for example organisation=skr",
            sv=f"'{wrong[0]}' är ingen parameter; skriv namn=värde, till exempel organisation=skr",
        )
    return {name: value for name, _, value in (t.partition("=") for t in texts)}
