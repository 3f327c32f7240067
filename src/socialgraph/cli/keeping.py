"""Commands for those who keep the data: build, check, new sources, sheets."""

from __future__ import annotations

import click

from socialgraph.cli.options import BASE, main
from socialgraph.shell import SAY, print_findings, progress_line, say_built


@main.command()
@BASE
@click.option("--keep", is_flag=True, help="Keep this build for good, so that answers that name it can be asked again.")
@click.option("--into", default="", metavar="ADDRESS", help="Also put the build into the store at this SPARQL endpoint.")
def build(root: str | None, lang: str, keep: bool, into: str) -> None:
    """Build the graph from data/, check it, and make it the one that is asked."""
    from socialgraph.graph import SocialGraph

    with progress_line() as progress:
        g = SocialGraph.build(root, keep=keep, progress=progress)
        if into:
            g.put(into, progress=progress)
    say_built(g, lang)


@main.command()
@BASE
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


@main.command("new-source")
@BASE
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
@BASE
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
