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
