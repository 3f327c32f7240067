"""Where the folders are: a clone, a folder named by `--root`, or the copy bundled in the wheel. Nothing else knows a path."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from socialgraph.errors import BuildMissing, ProjectNotFound

_MARK = Path("ontology") / "socialgraph.ttl"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a project: what is read (`inputs`) and where builds go (`builds`)."""

    inputs: Path
    builds: Path

    @property
    def ontology(self) -> Path:
        """Ontology, concept schemes and shapes."""
        return self.inputs / "ontology"

    @property
    def data(self) -> Path:
        """Register, identity judgements and source folders."""
        return self.inputs / "data"

    @property
    def queries(self) -> Path:
        """Questions, and the checks that must give no rows."""
        return self.inputs / "queries"

    def build(self, id: str) -> Path:
        """The folder of a build by its id, of which eight digits suffice. Raises `BuildMissing` and says which builds there are."""
        there = sorted(p.parent for p in self.builds.glob("[!.]*/build.json"))
        found = [folder for folder in there if folder.name == id or (len(id) >= 8 and folder.name.startswith(id))]
        if len(found) != 1:
            names = ", ".join(folder.name for folder in there) or "none"
            raise BuildMissing(
                f"there is no build '{id}' in {self.builds}; there are: {names}. A build stays when it is made with: socialgraph build --keep",
                sv=f"det finns inget bygge '{id}' i {self.builds}; det finns: {names}. Ett bygge blir kvar om det görs med: socialgraph build --keep",
            )
        return found[0]

    def current(self) -> Path:
        """The folder of the build that is read. Raises `BuildMissing`."""
        pointer = self.builds / "current"
        if pointer.is_file():
            folder = self.builds / pointer.read_text(encoding="utf-8").strip()
            if (folder / "build.json").is_file():
                return folder
        raise BuildMissing(
            f"there is no build in {self.builds}; make one with: socialgraph build", sv=f"det finns inget bygge i {self.builds}; gör ett med: socialgraph build"
        )


def find(root: str | Path | None = None) -> Project:
    """The project of a root; without one, of the nearest folder upward that is one, else the bundled copy.

    Builds lie in `build/` beside what is read; for the bundled copy, in `build/` of the working folder. Raises
    `ProjectNotFound`.
    """
    if root is not None:
        folder = Path(root).resolve()
        if not (folder / _MARK).is_file():
            raise ProjectNotFound(f"{folder} is no socialgraph project: it has no {_MARK}; name the folder that holds ontology/, data/ and queries/")
        return Project(folder, folder / "build")
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / _MARK).is_file() and (folder / "data").is_dir():
            return Project(folder, folder / "build")
    bundled = Path(__file__).parent / "bundled"
    if (bundled / _MARK).is_file():
        return Project(bundled, here / "build")
    clone = Path(__file__).parents[2]
    if (clone / _MARK).is_file():  # an editable install, used from another folder
        return Project(clone, clone / "build")
    raise ProjectNotFound(
        f"no socialgraph project in {here} or above it; name one with --root", sv=f"inget socialgraph-projekt i {here} eller ovanför; ange ett med --root"
    )
