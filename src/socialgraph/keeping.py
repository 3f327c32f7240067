"""For those who keep the data true: a new source, a workbook to fill in, a sheet brought in. Beside `build.py`, which reads what these write.

Only a project of the user's own is written to, never the copy that came with the program.
"""

from __future__ import annotations

from pathlib import Path

from socialgraph.errors import BuildFailed, ProjectNotFound, UnknownName
from socialgraph.intake import proposals, scaffold, template
from socialgraph.intake.entities import read_entities
from socialgraph.intake.proposals import Proposal
from socialgraph.intake.sources import read_source
from socialgraph.model.claims import Entity, Source
from socialgraph.model.findings import Finding
from socialgraph.model.vocabulary import Vocabulary, near
from socialgraph.project import Project
from socialgraph.rdf import ontology


def new_source(project: Project, source: Source) -> tuple[Path | None, list[Finding]]:
    """The folder made for a source, or none with the findings that say why."""
    return scaffold.new_source(_own(project).data / "sources", source, entities=_register(project)[1])


def propose(project: Project, file: Path, *, into: str) -> Proposal:
    """What the rows of a CSV or XLSX file would do to a source; writes nothing. Raises `UnknownName`, `ParameterInvalid`."""
    vocabulary, entities = _register(_own(project))
    return proposals.propose(file, _folder(project, into), entities=entities, vocabulary=vocabulary)


def write_template(project: Project, file: Path, *, into: str = "", lang: str = "sv") -> Path:
    """A workbook to fill in, with the rows and documents of a source if one is named. Raises `UnknownName`, `ParameterInvalid`."""
    vocabulary, entities = _register(project)
    folder = _folder(project, into) if into else None
    source, findings = read_source(folder, f"data/sources/{into}", entities) if folder else (None, [])
    if findings:
        raise BuildFailed(f"the source {into} cannot be read; mend these findings first", findings)
    return template.template(file, entities=entities, vocabulary=vocabulary, source=(source, folder) if source and folder else None, lang=lang)


def _own(project: Project) -> Project:
    if project.builds.parent != project.inputs:
        raise ProjectNotFound(f"{project.inputs} came with the program and is not written to; name a project of your own with --root")
    return project


def _register(project: Project) -> tuple[Vocabulary, dict[str, Entity]]:
    vocabulary = ontology.read(project.ontology)
    return vocabulary, read_entities(project.data / "entities", "data/entities", vocabulary)[0]


def _folder(project: Project, source: str) -> Path:
    known = [p.name for p in sorted((project.data / "sources").iterdir()) if p.is_dir()]
    if source not in known:
        raise UnknownName(f"no source '{source}'; near: {', '.join(near(source, known)) or 'none'}; a new one is made with: socialgraph new-source")
    return project.data / "sources" / source
