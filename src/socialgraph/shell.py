"""What the shell says, in Swedish and English, and how it prints answers, findings and progress. The commands are in `cli/`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from socialgraph.build import Progress
    from socialgraph.graph import SocialGraph
    from socialgraph.model.findings import Finding
    from socialgraph.model.table import Table

SAY = {
    "sv": {
        "built": "bygge {id}{old}", "old": " (oförändrat underlag: bygget fanns redan)", "page": "nätverkssida: {path}",
        "serving": "visas på {url} – avsluta med Ctrl-C",
        "written": "skrev {path}", "files": "skrev {number} filer i {path}",
        "none": "inga fynd", "found": "{errors} fel, {warnings} varningar, {infos} upplysningar",
        "sources": "källor", "claims": "påståenden", "relations": "relationer", "facts": "fakta", "entities": "entiteter",
        "quads": "kvadder", "findings": "fynd",
        "next": "skrev {path}\nläs källan, skriv {path}/notes.md, och för in påståenden: socialgraph import --template blad.xlsx --into {slug}",
        "nothing": "inget hittades för '{text}'", "unattested": "ingen källa säger något om {text}",
    },
    "en": {
        "built": "build {id}{old}", "old": " (inputs unchanged: the build was there already)", "page": "network page: {path}",
        "serving": "served at {url} – stop with Ctrl-C",
        "written": "wrote {path}", "files": "wrote {number} files into {path}",
        "none": "no findings", "found": "{errors} errors, {warnings} warnings, {infos} notes",
        "sources": "sources", "claims": "claims", "relations": "relations", "facts": "facts", "entities": "entities",
        "quads": "quads", "findings": "findings",
        "next": "wrote {path}\nread the source, write {path}/notes.md, and enter claims: socialgraph import --template sheet.xlsx --into {slug}",
        "nothing": "nothing found for '{text}'", "unattested": "no source says anything of {text}",
    },
}  # fmt: skip


STREAMED = ("srj", "srx", "srcsv", "tsv", "turtle", "ntriples")
STREAMED_HELP = "the last six are the W3C's own forms, written as the answer comes: rows as JSON, XML, CSV or TSV, triples as Turtle or N-Triples."


def locale_language() -> str:
    """The language of the user's locale: English if it says so, else Swedish."""
    for name in ("SOCIALGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "sv"
    return "sv"


def put(table: Table, lang: str, form: str, output: str | None) -> None:
    """Print an answer in a form, or write it to a file; on a terminal a table is wrapped to its width."""
    if form == "xlsx" and output is None:
        raise click.UsageError("a spreadsheet needs a file: -o answer.xlsx")
    if form == "xlsx":
        table.to_xlsx(Path(str(output)), lang)
    elif output is None and form == "table" and sys.stdout.isatty() and not table.repeated:
        _print_table(table, lang)
        return
    else:
        writers: dict[str, Callable[[], str]] = {
            "table": lambda: table.to_text(lang), "csv": lambda: table.to_csv(lang), "json": table.to_json, "md": lambda: table.to_markdown(lang),
        }  # fmt: skip
        if output is None:
            click.echo(writers[form](), nl=False)
            return
        Path(output).write_text(writers[form](), encoding="utf-8")
    click.echo(SAY[lang]["written"].format(path=output), err=True)


@contextmanager
def whole_or_none(path: str | None) -> Iterator[IO[bytes]]:
    """Where an answer is written as it comes: the screen, or a file that is there only when all of it is."""
    if path is None:
        yield sys.stdout.buffer
        return
    beside = Path(path).with_name(f".{Path(path).name}.part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def prompt_in_turn(g: SocialGraph, lang: str, when: dict[str, Any], form: str) -> None:
    """Questions in SPARQL one after the other, at a terminal."""
    from functools import cache

    from socialgraph.prompt import Prompt

    answers: list[Table] = []

    def ask(text: str) -> None:
        answers[:] = [g.sparql(text, lang=lang, **when)]
        put(answers[0], lang, form, None)

    def save(path: str) -> bool:
        forms = {".csv": "csv", ".json": "json", ".md": "md", ".xlsx": "xlsx"}
        for answer in answers:
            put(answer, lang, forms.get(Path(path).suffix, "table"), path)
        return bool(answers)

    Prompt(ask=ask, save=save, say=click.echo, offers=cache(lambda: g.offers(lang=lang)), lang=lang, build=g.built.id).run()


def _print_table(table: Table, lang: str) -> None:
    """On a terminal the same table, wrapped to its width."""
    from rich.console import Console
    from rich.table import Table as Drawn

    from socialgraph.model.table import show

    drawn = Drawn(title=table.heading(lang), title_justify="left", caption=table.footing(lang), caption_justify="left")
    for column in table.columns:
        drawn.add_column(column.heading(lang), overflow="fold")
    for row in table.rows:
        drawn.add_row(*(show(cell, lang) for cell in row))
    Console(markup=False, highlight=False).print(drawn)


def print_findings(findings: Iterable[Finding], lang: str) -> None:
    """Print findings on standard error, a line each."""
    for finding in findings:
        click.echo(f"{finding.severity}: {finding.text(lang)}", err=True)


@contextmanager
def progress_line() -> Iterator[Progress | None]:
    """A progress line on standard error where that is a terminal; silence otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        yield show


def say_built(g: SocialGraph, lang: str) -> None:
    """Print the figures of a build, and its findings that are more than notes."""
    say = SAY[lang]
    click.echo(say["built"].format(id=g.built.id, old="" if g.built.new else say["old"]))
    for name, number in g.built.counts.items():
        click.echo(f"  {say[name]:<14}{number:>8}")
    print_findings((f for f in g.built.findings if f.severity != "info"), lang)
