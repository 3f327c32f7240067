"""Commands that write or serve something for others: pages, files, the server."""

from __future__ import annotations

from typing import Any

import click

from socialgraph.cli.options import BASE, SCOPE, TIME, main, opened, view_of
from socialgraph.shell import SAY, progress_line, put, say_built


@main.command()
@BASE
@SCOPE
@click.option("--mode", type=click.Choice(["certain", "presumed", "possible"]), default="possible", show_default=True, help="The least sure relations to draw.")
@click.option("--of", multiple=True, metavar="ENTITY", help="Only relations that touch this entity; may be repeated.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this relation kind; may be repeated.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), default="network.html", show_default=True)
def explore(root: str | None, lang: str, of: tuple[str, ...], kinds: tuple[str, ...], output: str, **when: Any) -> None:
    """Write the network page: one HTML file that opens from disk, without a network."""
    g = opened(root, when)
    path = g.explore(view_of(g, when), into=output, of=of, kinds=kinds, lang=lang)
    click.echo(SAY[lang]["written"].format(path=path))


@main.command()
@BASE
@TIME
@click.option("-o", "--output", type=click.Path(dir_okay=False), default="coverage.html", show_default=True)
def coverage(root: str | None, lang: str, output: str, sources: tuple[str, ...], **when: Any) -> None:
    """Write the page of what we do not know: by county and theme, and what is stated, expired or still to be confirmed."""
    if sources:
        raise click.UsageError("coverage is of all sources; leave --source out")
    click.echo(SAY[lang]["written"].format(path=opened(root, when).coverage(into=output, lang=lang, **when | {"mode": when["mode"] or "presumed"})))


@main.command()
@BASE
@TIME
@click.option("--as", "form", default="", metavar="FORM", help="Without it, the forms are listed.")
@click.option("--address", default="", metavar="URL", help="With dcat: the folder in which the files will lie.")
@click.option("-o", "--output", type=click.Path(), default=None, help="Default: socialgraph-FORM with its ending; csv into a name without .zip is a folder.")
def export(root: str | None, lang: str, form: str, address: str, output: str | None, **when: Any) -> None:
    """Write the graph for other programs: Gephi, R, a triple store, a data portal."""
    g = opened(root, when)
    if not form:
        put(g.forms(lang=lang), lang, "table", None)
        return
    endings = dict(zip(g.forms().column("form"), g.forms().column("file"), strict=True))
    path = g.export(form, into=output or f"socialgraph-{form}{endings.get(form, '')}", lang=lang, address=address, **when | {"mode": when["mode"] or ""})
    click.echo(SAY[lang]["written"].format(path=path))


@main.command()
@BASE
@TIME
@click.option("--since", default="", metavar="DATE", help="The earlier day, for a report that compares two.")
@click.option("--templates", type=click.Path(exists=True, file_okay=False), default=None, help="A folder of own outlines and an own report.html.j2.")
@click.option("--all", "every", is_flag=True, help="The report of every county, into the folder of -o.")
@click.option("--format", "form", type=click.Choice(["html", "pdf", "docx", "xlsx", "md"]), default="html", show_default=True, help="With --all: the form.")
@click.option("-o", "--output", type=click.Path(), default=None, help="The file; its ending is the form: .html .pdf .docx .xlsx .md. Default: REPORT.html")
@click.argument("name", required=False, metavar="[REPORT]")
@click.argument("about", required=False, metavar="[ENTITY | SOURCE]")
def report(
    root: str | None, lang: str, since: str, templates: str | None, every: bool, form: str, output: str | None, name: str | None, about: str | None,
    sources: tuple[str, ...], **when: Any,
) -> None:  # fmt: skip
    """Write a report for people: a county, an organisation, a network, the country, changes, coverage, a source; without REPORT, list them."""
    if sources:
        raise click.UsageError("a report is of all sources; leave --source out")
    g = opened(root, when)
    if every:
        if name or about or since or templates:
            raise click.UsageError("--all writes the county report of every county; leave the report's name out")
        folder = output or "reports"
        with progress_line() as progress:
            for county, done, of in g.county_reports(folder, form=form, at=when["at"], lang=lang):
                if progress:
                    progress(county, done, of)
        click.echo(SAY[lang]["written"].format(path=folder))
        return
    if not name:
        put(g.reports(lang=lang), lang, "table", None)
        return
    path = output or f"{name}.html"
    g.report(name, about or "", since=since, lang=lang, into=path, templates=templates, at=when["at"], mode=when["mode"] or "", known_by=when["known_by"])
    click.echo(SAY[lang]["written"].format(path=path))


@main.command()
@BASE
@click.option("--address", default="", metavar="URL", help="Where the site will lie; sitemap and feed need it.")
@click.option("-o", "--output", type=click.Path(file_okay=False), default="public", show_default=True, help="The folder; what is there is replaced.")
def site(root: str | None, lang: str, address: str, output: str) -> None:
    """Write the site: every page as a file, for a plain web server or to open from disk."""
    from socialgraph.portal import still

    g = opened(root)
    with progress_line() as progress:
        number = still.write(g, output, address=address, **({"progress": progress} if progress else {}))
    click.echo(SAY[lang]["files"].format(number=number, path=output))


@main.command()
@BASE
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, help="0 takes a free one.")
def serve(root: str | None, lang: str, host: str, port: int) -> None:
    """Serve pages, SPARQL endpoint and API on loopback until Ctrl-C; builds first if data/ has changed."""
    from socialgraph.graph import SocialGraph
    from socialgraph.server import serve as serving

    with progress_line() as progress:
        g = SocialGraph.build(root, progress=progress)
    say_built(g, lang)
    try:
        at = serving.listen(host, port)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port") from error
    told = SAY[lang]["serving"].format(url=f"http://{host}:{at.getsockname()[1]}/")
    serving.serve(g, root, at, started=lambda: click.echo(told))
