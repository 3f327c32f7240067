"""SocialGraph: the one door. Thin: what a build says (`opened.py`), what is made of it for others, and how it is kept (`keeper.py`).

>>> g = SocialGraph.open()                                   # doctest: +SKIP
>>> g.query("staff-loans", at="2018-04").to_text()           # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from socialgraph.errors import ParameterInvalid
from socialgraph.keeper import Keeper
from socialgraph.opened import Opened
from socialgraph.view import View

if TYPE_CHECKING:
    from socialgraph.model.claims import Entity
    from socialgraph.model.outline import Outline
    from socialgraph.model.report import Report
    from socialgraph.model.table import Table


class SocialGraph(Opened, Keeper):
    """A build of the graph, ready to be asked, drawn, measured and reported."""

    # ── measured

    def rank(
        self, measure: str = "", *, view: View | None = None, kinds: Collection[str] = (), network: str = "relations", people: bool = False, lang: str = "sv"
    ) -> Table:
        """The entities of a network by a measure (`degree`, `betweenness`, …), with what it means and what missing data does to it.

        `network` is `relations` (everything that ties two agents), `people` or `networks` (those bound by what both belong to at
        the same time). Named people are listed only if `people` says so. Without `measure`, the measures. Raises `UnknownName`.
        """
        from socialgraph import measuring

        if not measure:
            return measuring.measures(lang)
        return measuring.Measuring(view or self.view(), tuple(kinds), network, people, lang).table(measure)

    def path(self, one: str, other: str, *, view: View | None = None, kinds: Collection[str] = (), lang: str = "sv") -> Table:
        """The shortest way from one entity to another, a row for each step with its sources. Raises `UnknownEntity`."""
        from socialgraph import measuring

        return measuring.path(view or self.view(), self.resolve(one).id, self.resolve(other).id, kinds=kinds, lang=lang)

    # ── reported

    def report(
        self, name: str, about: str = "", *, at: str = "", since: str = "", mode: str = "", known_by: str = "", lang: str = "sv",
        into: str | Path | None = None, templates: str | Path | None = None,
    ) -> Report:  # fmt: skip
        """A report (`county`, `organisation`, `network`, `national`, `changes`, `coverage`, `source`) as values; with `into`, also as a file.

        `about` is the entity or source it is about, by any name. The ending of `into` chooses the form: html, pdf, docx, xlsx, md.
        `templates` is a folder of own outlines (`county.yml`) and an own `report.html.j2`, which come before ours. Raises
        `UnknownName`, `UnknownEntity`, `ParameterInvalid`, `OutlineInvalid`, `ExtraMissing`.
        """
        from socialgraph.model.files import write_whole
        from socialgraph.pages import report as forms
        from socialgraph.reporting.composer import Composer

        outline = self._outline(name, templates)
        if outline.since and not since:
            raise ParameterInvalid(
                "this report compares two days; say from which: since='2017' (--since)", sv="rapporten jämför två dagar; säg från vilken: --since 2017"
            )
        if bool(about) != bool(outline.of or outline.source):
            needed = ", ".join(outline.of) or ("source" if outline.source else "")
            raise ParameterInvalid(
                f"report '{name}' is about {needed or 'the whole'}; {'name one' if needed else 'leave the name out'}",
                sv=f"rapporten '{name}' handlar om {needed or 'helheten'}; {'ange vilken' if needed else 'utelämna namnet'}",
            )
        view = self.view(at=at, mode=mode or outline.mode, known_by=known_by)
        earlier = self.view(at=since, mode=mode or outline.mode, known_by=known_by) if since else None
        entity = self.resolve(about, kinds=outline.of) if outline.of else None
        source = self._source(about) if outline.source else None
        made = Composer(self, outline, view, lang, entity, source, earlier).report()
        if into is not None:
            folder = Path(templates) if templates else None
            write_whole(forms.render(made, Path(into).suffix.removeprefix(".").lower(), templates=folder), into)
        return made

    def reports(self, *, lang: str = "sv") -> Table:
        """The reports there are: name, title, what each is about."""
        from socialgraph.intake.outlines import names
        from socialgraph.reporting.composer import listed

        return listed([self._outline(name, None) for name in names([self.built.queries / "reports"])], lang)

    def county_reports(self, into: str | Path, *, form: str = "html", at: str = "", lang: str = "sv") -> Iterator[tuple[str, int, int]]:
        """Write the report of every county into a folder, one after the other; gives the name, how many are done and how many there are."""
        Path(into).mkdir(parents=True, exist_ok=True)
        for number, county in enumerate(self.counties, 1):
            self.report("county", county.id, at=at, lang=lang, into=Path(into) / f"{county.id}.{form}")
            yield county.name(lang), number, len(self.counties)

    @cached_property
    def counties(self) -> tuple[Entity, ...]:
        """Everything the county report can be about, by code."""
        of = self._outline("county", None).of
        return tuple(sorted((e for e in self.holdings.entities.values() if self.vocabulary.is_a(e.kind, of)), key=lambda e: (e.code, e.id)))

    def _outline(self, name: str, templates: str | Path | None) -> Outline:
        from socialgraph.intake.outlines import read_outline

        own: Sequence[Path] = [Path(templates)] if templates else []
        return read_outline(name, [*own, self.built.queries / "reports"])

    # ── drawn and taken along

    def explore(self, view: View | None = None, *, into: str | Path, of: Collection[str] = (), kinds: Collection[str] = (), lang: str = "sv") -> Path:
        """Write the network page of a view: one self-contained HTML file, the same bytes for the same build and view."""
        from socialgraph import drawing
        from socialgraph.pages import explorer

        view = view or self.view()
        around = [self.resolve(name).id for name in of]
        picture = drawing.page(view, around, kinds, sparql=self.catalogue.text("views", "explorer"), stories=self.built.stories)
        return explorer.write(picture, Path(into), lang=lang)

    def export(
        self, form: str, *, into: str | Path, at: str = "", mode: str = "", known_by: str = "", sources: Collection[str] = (), lang: str = "sv",
        address: str = "",
    ) -> Path:  # fmt: skip
        """Write the graph for other programs: one of `g.forms()`, whole or not at all; `csv` into a name without `.zip` makes a folder.

        With `at`, lists and networks hold what holds on that day; a mode left out is the form's own; `address` is the folder in
        which the files of a catalogue record will lie. Raises `ParameterInvalid` for a form that is not known, or that holds
        every day when `at` is given.
        """
        from socialgraph.exporting import Exporting, form_of

        view = self.view(at=at, mode=mode or form_of(form).mode or "presumed", known_by=known_by, sources=sources)
        asked = self._asked(at=at, known_by=known_by, sources=sources)
        return Exporting(asked, view, self.catalogue, lang, at, address).file(form, into)

    @staticmethod
    def forms(*, lang: str = "sv") -> Table:
        """The forms of `export` as a table: name, file ending, what each is."""
        from socialgraph import exporting

        return exporting.forms(lang)

    @staticmethod
    def tile_map(table: Table, *, into: str | Path, column: str = "", lang: str = "sv") -> Path:
        """Write an answer about counties as a map of 21 tiles and its table; `column` is what the tiles tell.

        Raises `ParameterInvalid` if no column holds counties, or there is no such column.
        """
        from socialgraph.model.files import write_whole
        from socialgraph.pages import tilemap

        county, value = tilemap.choose(table)
        return write_whole(tilemap.render(table, county=county, value=column or value, lang=lang), into)

    def coverage(self, *, into: str | Path, at: str = "", mode: str = "presumed", known_by: str = "", lang: str = "sv") -> Path:
        """Write the page of what is known, searched for, to be confirmed and not known, as of a day."""
        from socialgraph.model.files import write_whole
        from socialgraph.pages import coverage

        tables = {name: self.query(name, at=at, mode=mode, known_by=known_by, lang=lang) for name in coverage.QUESTIONS}
        return write_whole(coverage.render(tables, lang=lang), into)
