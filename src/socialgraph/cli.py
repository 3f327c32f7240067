"""The shell face: parse, call `graph.py`, print. The same words as the Python API.

Exit status: 0 done, 1 findings, 2 wrong use or something that is not there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from socialgraph import __version__
from socialgraph.errors import BuildFailed, ParameterInvalid, SocialGraphError
from socialgraph.shell import SAY, STREAMED, STREAMED_HELP, locale_language, print_findings, progress_line, prompt_in_turn, put, whole_or_none

if TYPE_CHECKING:
    from socialgraph.graph import SocialGraph
    from socialgraph.view import View

def _options(*options: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_SPOKEN = "socialgraph.lang"


def _spoken(ctx: click.Context, _: click.Parameter, lang: str) -> str:
    """The language of the answer, remembered for what may go wrong after the command is gone."""
    ctx.meta[_SPOKEN] = lang
    return lang


_LANG = click.option(
    "--lang", type=click.Choice(["sv", "en"]), default=locale_language, show_default="from the locale", callback=_spoken, help="Language of the answer."
)
_ROOT = click.option(
    "--root", type=click.Path(file_okay=False), default=None,
    help="The project folder; default: the nearest one upward, else the bundled data. To ask: also a SPARQL endpoint.",
)  # fmt: skip
_BASE = _options(_ROOT, _LANG)
_MODE = click.option(
    "--mode", type=click.Choice(["certain", "presumed", "possible"]), show_default="the question's own, mostly presumed", help="How sure the answer must be."
)
_SCOPE = _options(
    click.option("--at", default="", metavar="DATE", help="The day asked about; a month or year means its last day. Default: the newest source's day."),
    click.option("--known-by", default="", metavar="DATE", help="Use only sources published by this day."),
    click.option("--source", "sources", multiple=True, metavar="ID", help="Use only this source; may be repeated."),
    click.option("--build", default="", metavar="ID", help="Ask this build instead of the current one."),
)
_EVIDENCE = click.option("--evidence", is_flag=True, help="With every row the claims it rests on: source, date, place, documents.")
_TIME = _options(_MODE, _SCOPE)
_FORMS = ["table", "csv", "json", "md", "xlsx"]
_TO = click.option("-o", "--output", type=click.Path(dir_okay=False), default=None, help="Write to this file instead of the screen.")
_OUT = _options(click.option("--format", "form", type=click.Choice(_FORMS), default="table", show_default=True, help="Form of the answer."), _TO)


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


@main.command()
@_BASE
@click.option("--keep", is_flag=True, help="Keep this build for good, so that answers that name it can be asked again.")
@click.option("--into", default="", metavar="ADDRESS", help="Also put the build into the store at this SPARQL endpoint.")
def build(root: str | None, lang: str, keep: bool, into: str) -> None:
    """Build the graph from data/, check it, and make it the one that is asked."""
    from socialgraph.graph import SocialGraph

    with progress_line() as progress:
        g = SocialGraph.build(root, keep=keep, progress=progress)
        if into:
            g.put(into, progress=progress)
    _report(g, lang)


def _report(g: SocialGraph, lang: str) -> None:
    say = SAY[lang]
    click.echo(say["built"].format(id=g.built.id, old="" if g.built.new else say["old"]))
    for name, number in g.built.counts.items():
        click.echo(f"  {say[name]:<14}{number:>8}")
    print_findings((f for f in g.built.findings if f.severity != "info"), lang)


@main.command()
@_BASE
@click.option("--reason", is_flag=True, help="Also prove the ontology consistent with the data (HermiT).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(root: str | None, lang: str, reason: bool, form: str) -> None:
    """Check the data through every gate and list the findings; build nothing."""
    from socialgraph.graph import SocialGraph

    with progress_line() as progress:
        findings = SocialGraph.check(root, reason=reason, progress=progress)
    if form == "json":
        import json

        click.echo(json.dumps([f.as_dict() for f in findings], ensure_ascii=False, indent=1))
    else:
        print_findings(findings, lang)
        tally = [sum(f.severity == s for f in findings) for s in ("error", "warning", "info")]
        click.echo(SAY[lang]["found"].format(errors=tally[0], warnings=tally[1], infos=tally[2]) if findings else SAY[lang]["none"])
    if any(f.severity == "error" for f in findings):
        raise SystemExit(1)


@main.command()
@_BASE
@_TIME
@_EVIDENCE
@click.option("--describe", is_flag=True, help="Say what the question asks, its parameters and what may be given for them.")
@click.option("--format", "form", type=click.Choice([*_FORMS, "map"]), default="table", show_default=True, help="Form of the answer; map: tiles by county.")
@click.option("--column", default="", metavar="NAME", help="What the tiles of a map tell; default: the state, or the first figure.")
@_TO
@click.argument("name", required=False, metavar="[NAME | LINK]")
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
def query(
    root: str | None, lang: str, name: str | None, parameters: tuple[str, ...], describe: bool, form: str, column: str, output: str | None, **when: Any
) -> None:
    """Ask a question of the catalogue; without NAME, list the questions.

    The link below an answer asks for the same answer again, of the same build.
    """
    g = _open(root, when, name or "")
    given = _parameters(parameters)
    when |= {k: given.pop(k) for k in ("at", "mode", "known_by") if k in given}  # at=… is --at
    when["mode"] = when["mode"] or ""
    if describe and name:
        put(g.describe(name, lang=lang), lang, form, output)
        return
    table = g.query(name, lang=lang, **when, **given) if name else g.questions(lang=lang)
    if form == "map":
        if output is None:
            raise click.UsageError("a map needs a file: -o map.html")
        click.echo(SAY[lang]["written"].format(path=g.tile_map(table, into=output, column=column, lang=lang)))
        return
    put(table, lang, form, output)


def _parameters(texts: Iterable[str]) -> dict[str, Any]:
    wrong = [t for t in texts if "=" not in t]
    if wrong:
        raise ParameterInvalid(
            f"'{wrong[0]}' is no parameter; write name=value, for example organisation=skr",
            sv=f"'{wrong[0]}' är ingen parameter; skriv namn=värde, till exempel organisation=skr",
        )
    return {name: value for name, _, value in (t.partition("=") for t in texts)}


@main.command()
@_BASE
@_SCOPE
@_EVIDENCE
@click.option("--format", "form", type=click.Choice([*_FORMS, *STREAMED]), default="table", show_default=True, help=f"Form of the answer; {STREAMED_HELP}")
@_TO
@click.argument("text", required=False)
@click.option("-f", "--file", type=click.File(encoding="utf-8"), help="Read the query from this file; - is standard input.")
def sparql(root: str | None, lang: str, text: str | None, file: Any, form: str, output: str | None, **when: Any) -> None:
    """Ask in SPARQL 1.1; our prefixes need no declaration. Read-only. Without a query, at a terminal, a prompt with completion."""
    if text is not None and file is not None:
        raise click.UsageError("give the query as an argument or with --file, not both")
    g = _open(root, when)
    if text is None and file is None and sys.stdin.isatty():
        prompt_in_turn(g, lang, when, form)
        return
    text = text if text is not None else (file or sys.stdin).read()
    if form in STREAMED:
        with whole_or_none(output) as out:
            g.write(text, out, form=form, known_by=when["known_by"], sources=when["sources"])
    else:
        put(g.sparql(text, lang=lang, **when), lang, form, output)


@main.command()
@_BASE
@_OUT
@click.argument("text")
def find(root: str | None, lang: str, text: str, form: str, output: str | None) -> None:
    """Find entities by any name past or present, abbreviation, id or number."""
    g = _open(root)
    found = g.find(text)
    if not found:
        click.echo(SAY[lang]["nothing"].format(text=text), err=True)
    put(g.entities(found, lang=lang), lang, form, output)


@main.command()
@_BASE
@_SCOPE
@_OUT
@click.argument("entity")
def show(root: str | None, lang: str, entity: str, form: str, output: str | None, **when: Any) -> None:
    """Show everything held of an entity, dated, with its state on the day."""
    g = _open(root, when)
    put(g.show(entity, view=_view(g, when), lang=lang), lang, form, output)


@main.command()
@_BASE
@_SCOPE
@_OUT
@click.argument("about", nargs=-1, required=True, metavar="RELATION | ENTITY [ENTITY]")
def why(root: str | None, lang: str, about: tuple[str, ...], form: str, output: str | None, **when: Any) -> None:
    """Say which sources and documents attest a relation, or all that is said of one or two entities."""
    g = _open(root, when)
    table = g.why(*about, view=_view(g, when), lang=lang)
    if not len(table):
        click.echo(SAY[lang]["unattested"].format(text=" – ".join(about)), err=True)
    put(table, lang, form, output)


@main.command()
@_BASE
@_SCOPE
@click.option("--mode", type=click.Choice(["certain", "presumed", "possible"]), default="possible", show_default=True, help="The least sure relations to draw.")
@click.option("--of", multiple=True, metavar="ENTITY", help="Only relations that touch this entity; may be repeated.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this relation kind; may be repeated.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), default="network.html", show_default=True)
def explore(root: str | None, lang: str, of: tuple[str, ...], kinds: tuple[str, ...], output: str, **when: Any) -> None:
    """Write the network page: one HTML file that opens from disk, without a network."""
    g = _open(root, when)
    path = g.explore(_view(g, when), into=output, of=of, kinds=kinds, lang=lang)
    click.echo(SAY[lang]["written"].format(path=path))


@main.command()
@_BASE
@_TIME
@click.option("-o", "--output", type=click.Path(dir_okay=False), default="coverage.html", show_default=True)
def coverage(root: str | None, lang: str, output: str, sources: tuple[str, ...], **when: Any) -> None:
    """Write the page of what we do not know: by county and theme, and what is stated, expired or still to be confirmed."""
    if sources:
        raise click.UsageError("coverage is of all sources; leave --source out")
    click.echo(SAY[lang]["written"].format(path=_open(root, when).coverage(into=output, lang=lang, **when | {"mode": when["mode"] or "presumed"})))


@main.command()
@_BASE
@_TIME
@click.option("--as", "form", default="", metavar="FORM", help="Without it, the forms are listed.")
@click.option("--address", default="", metavar="URL", help="With dcat: the folder in which the files will lie.")
@click.option("-o", "--output", type=click.Path(), default=None, help="Default: socialgraph-FORM with its ending; csv into a name without .zip is a folder.")
def export(root: str | None, lang: str, form: str, address: str, output: str | None, **when: Any) -> None:
    """Write the graph for other programs: Gephi, R, a triple store, a data portal."""
    g = _open(root, when)
    if not form:
        put(g.forms(lang=lang), lang, "table", None)
        return
    endings = dict(zip(g.forms().column("form"), g.forms().column("file"), strict=True))
    path = g.export(form, into=output or f"socialgraph-{form}{endings.get(form, '')}", lang=lang, address=address, **when | {"mode": when["mode"] or ""})
    click.echo(SAY[lang]["written"].format(path=path))


@main.command()
@_BASE
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, help="0 takes a free one.")
def serve(root: str | None, lang: str, host: str, port: int) -> None:
    """Serve pages, SPARQL endpoint and API on loopback until Ctrl-C; builds first if data/ has changed."""
    from socialgraph.graph import SocialGraph
    from socialgraph.server import serve as serving

    with progress_line() as progress:
        g = SocialGraph.build(root, progress=progress)
    _report(g, lang)
    try:
        at = serving.listen(host, port)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port") from error
    told = SAY[lang]["serving"].format(url=f"http://{host}:{at.getsockname()[1]}/")
    serving.serve(g, root, at, started=lambda: click.echo(told))


@main.command()
@_BASE
@_MODE
@click.option("--from", "since", default="", metavar="DATE", help="With a question: the earlier day.")
@click.option("--to", "until", default="", metavar="DATE", help="With a question: the later day. Default: the newest source's day.")
@click.option("--known-by", default="", metavar="DATE", help="With a question: use only sources published by this day.")
@click.option("--since-build", is_flag=True, help="Without a question: compare data/ as it stands now with the current build. The default.")
@click.option("--prose", is_flag=True, help="Without a question: Markdown with headings and lists, to paste into a pull request.")
@_OUT
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
def changes(
    root: str | None, lang: str, name: str | None, parameters: tuple[str, ...], mode: str | None, since: str, until: str, known_by: str,
    since_build: bool, prose: bool, form: str, output: str | None,
) -> None:  # fmt: skip
    """Say what changed in the answer to a question between two days; without NAME, what an edit of data/ changes."""
    g = _open(root)
    if name:
        if not since or prose or since_build:
            raise click.UsageError("a question is compared between two days: --from DATE --to DATE, without --prose and --since-build")
        put(g.differences(name, since=since, until=until, mode=mode or "", known_by=known_by, lang=lang, **_parameters(parameters)), lang, form, output)
    elif since or until or known_by or mode:
        raise click.UsageError("name the question whose answers on two days are to be compared; or leave the days out to compare data/ with the build")
    elif prose:
        click.echo(g.changes_in_prose(lang=lang), nl=False)
    else:
        put(g.changes(lang=lang), lang, form, output)


@main.command("new-source")
@_BASE
@click.argument("slug")
@click.option("--title", required=True, help="As printed.")
@click.option("--publisher", required=True, metavar="ENTITY", help="The publisher's id in the register.")
@click.option("--published", required=True, metavar="DATE", help="2019, 2019-09, 2019-09-30 or 2019-23 (autumn).")
@click.option("--kind", required=True, type=click.Choice(["column", "page", "report", "register", "study", "message"]))
@click.option("--inferred", default="", metavar="NOTE", help="The source bears no date: what the day was concluded from.")
@click.option("--url", default="")
def new_source(root: str | None, lang: str, slug: str, **told: str) -> None:
    """Make the folder of a new source: source.yml, claims.csv and notes.md."""
    from socialgraph.graph import SocialGraph

    path, findings = SocialGraph.new_source(slug, **told, root=root)
    print_findings(findings, lang)
    if path is None:
        raise SystemExit(1)
    click.echo(SAY[lang]["next"].format(path=path, slug=slug))


@main.command("import")
@_BASE
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.option("--into", default="", metavar="SOURCE", help="The source whose rows these are.")
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--template", type=click.Path(dir_okay=False), help="Write a workbook to fill in; with --into, holding the source's rows.")
def import_(root: str | None, lang: str, file: str | None, into: str, dry_run: bool, template: str | None) -> None:
    """Bring rows of a CSV or Excel file into a source; what would change is said before anything is written."""
    from socialgraph.graph import SocialGraph

    if (file is None) == (template is None) or not (into or template):
        raise click.UsageError("give a file and its source (FILE --into SOURCE), or --template FILE.xlsx for a workbook to fill in")
    if template is not None:
        click.echo(SAY[lang]["written"].format(path=SocialGraph.template(template, into=into, lang=lang, root=root)))
        return
    proposal = SocialGraph.propose(str(file), into=into, root=root)
    click.echo(proposal.text(lang), nl=False)
    if proposal.refused:
        raise SystemExit(1)
    for path in () if dry_run else SocialGraph.accept(proposal):
        click.echo(SAY[lang]["written"].format(path=path))


def _open(root: str | None, when: dict[str, Any] | None = None, link: str = "") -> SocialGraph:
    """The build that is asked: the one named by the option or by a link, else the current one."""
    from socialgraph.graph import SocialGraph

    named = (when or {}).pop("build", "")
    return SocialGraph.open(root, build=named or (link if "?" in link else ""))


def _view(g: SocialGraph, when: dict[str, Any]) -> View:
    return g.view(**when)


if __name__ == "__main__":
    main()
