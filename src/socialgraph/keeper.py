"""The part of the door that keeps the data: a new source, a sheet brought in, a workbook to fill in. `keeping.py` does it.

What does it is imported by the methods that need it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from socialgraph import project as projects
from socialgraph.model.claims import Source

if TYPE_CHECKING:
    from socialgraph.intake.proposals import Proposal
    from socialgraph.model.findings import Finding


class Keeper:
    """What a steward does with a project, of which no build is needed."""

    @staticmethod
    def new_source(
        slug: str, *, title: str, publisher: str, published: str, kind: str, inferred: str = "", url: str = "", root: str | Path | None = None
    ) -> tuple[Path | None, list[Finding]]:
        """The folder made for a new source, or none with the findings that say why; `inferred` says what its day was concluded from."""
        from socialgraph import keeping

        basis = "inferred" if inferred else "stated"
        source = Source(slug, title, kind, publisher, published, basis, published_note=inferred, url=url, language="sv")
        return keeping.new_source(projects.find(root), source)

    @staticmethod
    def propose(file: str | Path, *, into: str, root: str | Path | None = None) -> Proposal:
        """What the rows of a CSV or XLSX file would do to a source; writes nothing. Raises `UnknownName`, `ParameterInvalid`."""
        from socialgraph import keeping

        return keeping.propose(projects.find(root), Path(file), into=into)

    @staticmethod
    def accept(proposal: Proposal) -> list[Path]:
        """The files written as proposed. Raises `ParameterInvalid`, having written nothing, if a row was refused or the source has changed."""
        from socialgraph.intake.proposals import write

        return write(proposal)

    @staticmethod
    def template(file: str | Path, *, into: str = "", lang: str = "sv", root: str | Path | None = None) -> Path:
        """A workbook to fill in and import; with `into`, it holds the rows of that source. Raises `ParameterInvalid` if the file exists."""
        from socialgraph import keeping

        return keeping.write_template(projects.find(root), Path(file), into=into, lang=lang)
