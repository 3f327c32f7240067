"""Commands that ask: questions, SPARQL, entities, evidence, changes."""

from __future__ import annotations

import sys
from typing import Any

import click

from socialgraph.cli.options import BASE, EVIDENCE, FORMS, MODE, MODE_OF_VIEW, OUT, SCOPE, TIME, TO, main, opened, parameters_of, view_of
from socialgraph.shell import SAY, STREAMED, STREAMED_HELP, prompt_in_turn, put, whole_or_none


@main.command()
@BASE
@TIME
@EVIDENCE
@click.option("--describe", is_flag=True, help="Say what the question asks, its parameters and what may be given for them.")
@click.option("--format", "form", type=click.Choice([*FORMS, "map"]), default="table", show_default=True, help="Form of the answer; map: tiles by county.")
@click.option("--column", default="", metavar="NAME", help="What the tiles of a map tell; default: the state, or the first figure.")
@TO
@click.argument("name", required=False, metavar="[NAME | LINK]")
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
def query(
    root: str | None, lang: str, name: str | None, parameters: tuple[str, ...], describe: bool, form: str, column: str, output: str | None, **when: Any
) -> None:
    """Ask a question of the catalogue; without NAME, list the questions.

    The link below an answer asks for the same answer again, of the same build.
    """
    g = opened(root, when, name or "")
    given = parameters_of(parameters)
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


@main.command()
@BASE
@SCOPE
@EVIDENCE
@click.option("--format", "form", type=click.Choice([*FORMS, *STREAMED]), default="table", show_default=True, help=f"Form of the answer; {STREAMED_HELP}")
@TO
@click.argument("text", required=False)
@click.option("-f", "--file", type=click.File(encoding="utf-8"), help="Read the query from this file; - is standard input.")
def sparql(root: str | None, lang: str, text: str | None, file: Any, form: str, output: str | None, **when: Any) -> None:
    """Ask in SPARQL 1.1; our prefixes need no declaration. Read-only. Without a query, at a terminal, a prompt with completion."""
    if text is not None and file is not None:
        raise click.UsageError("give the query as an argument or with --file, not both")
    g = opened(root, when)
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
@BASE
@OUT
@click.argument("text")
def find(root: str | None, lang: str, text: str, form: str, output: str | None) -> None:
    """Find entities by any name past or present, abbreviation, id or number."""
    g = opened(root)
    found = g.find(text)
    if not found:
        click.echo(SAY[lang]["nothing"].format(text=text), err=True)
    put(g.entities(found, lang=lang), lang, form, output)


@main.command()
@BASE
@SCOPE
@OUT
@click.argument("entity")
def show(root: str | None, lang: str, entity: str, form: str, output: str | None, **when: Any) -> None:
    """Show everything held of an entity, dated, with its state on the day."""
    g = opened(root, when)
    put(g.show(entity, view=view_of(g, when), lang=lang), lang, form, output)


@main.command()
@BASE
@SCOPE
@OUT
@click.argument("about", nargs=-1, required=True, metavar="RELATION | ENTITY [ENTITY]")
def why(root: str | None, lang: str, about: tuple[str, ...], form: str, output: str | None, **when: Any) -> None:
    """Say which sources and documents attest a relation, or all that is said of one or two entities."""
    g = opened(root, when)
    table = g.why(*about, view=view_of(g, when), lang=lang)
    if not len(table):
        click.echo(SAY[lang]["unattested"].format(text=" – ".join(about)), err=True)
    put(table, lang, form, output)


@main.command()
@BASE
@MODE
@click.option("--from", "since", default="", metavar="DATE", help="The earlier day.")
@click.option("--to", "until", default="", metavar="DATE", help="The later day. Default: the newest source's day.")
@click.option("--known-by", default="", metavar="DATE", help="Between two days: use only sources published by this day.")
@click.option("--since-build", is_flag=True, help="Compare data/ as it stands now with the current build: what is done without days and question.")
@click.option("--prose", is_flag=True, help="Of data/ and the build: Markdown with headings and lists, to paste into a pull request.")
@OUT
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
def changes(
    root: str | None, lang: str, name: str | None, parameters: tuple[str, ...], mode: str | None, since: str, until: str, known_by: str,
    since_build: bool, prose: bool, form: str, output: str | None,
) -> None:  # fmt: skip
    """Say what happened between two days, or what changed in the answer to a question; without days, what an edit of data/ changes."""
    g = opened(root)
    if since and (prose or since_build):
        raise click.UsageError("--prose and --since-build compare data/ with the build, so they take no days")
    if name and not since:
        raise click.UsageError("a question is compared between two days: --from DATE --to DATE")
    if name:
        put(g.differences(name, since=since, until=until, mode=mode or "", known_by=known_by, lang=lang, **parameters_of(parameters)), lang, form, output)
    elif since:
        earlier, later = (g.view(at=day, mode=mode or "presumed", known_by=known_by) for day in (since, until))
        put(earlier.changes(later, lang=lang), lang, form, output)
    elif until or known_by or mode:
        raise click.UsageError("say from which day: --from DATE; or leave the days out to compare data/ with the build")
    elif prose:
        click.echo(g.changes_in_prose(lang=lang), nl=False)
    else:
        put(g.changes(lang=lang), lang, form, output)


@main.command()
@BASE
@SCOPE
@MODE_OF_VIEW
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this relation kind; may be repeated.")
@click.option("--network", type=click.Choice(["relations", "people", "networks"]), default="relations", show_default=True,
              help="What ties two: any relation, a person or a network that both belong to at the same time.")
@click.option("--people", is_flag=True, help="List named people too.")
@OUT
@click.argument("measure", required=False)
def rank(
    root: str | None, lang: str, kinds: tuple[str, ...], network: str, people: bool, measure: str | None, form: str, output: str | None, **when: Any
) -> None:  # fmt: skip
    """Rank the network of a day by a measure, with what it means and what missing data does to it; without MEASURE, list them."""
    g = opened(root, when)
    put(g.rank(measure or "", view=view_of(g, when), kinds=kinds, network=network, people=people, lang=lang), lang, form, output)


@main.command()
@BASE
@SCOPE
@MODE_OF_VIEW
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this relation kind; may be repeated.")
@OUT
@click.argument("one")
@click.argument("other")
def path(root: str | None, lang: str, kinds: tuple[str, ...], one: str, other: str, form: str, output: str | None, **when: Any) -> None:
    """Show the shortest way from one entity to another, with a source for each step."""
    g = opened(root, when)
    put(g.path(one, other, view=view_of(g, when), kinds=kinds, lang=lang), lang, form, output)
