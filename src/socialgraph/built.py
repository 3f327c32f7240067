"""What a build left: an immutable folder that can be read without anything that makes one. `build.py` writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from socialgraph.model.findings import Finding
from socialgraph.project import Project

GRAPH_FILE, STORE_FOLDER, META_FILE, FINDINGS_FILE, KEPT_FILE = "graph.nq.gz", "store", "build.json", "findings.json", "kept"
STORIES_FOLDER = "stories"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: its id and folder, the counts, the findings that did not stop it, the newest source's day."""

    id: str
    folder: Path
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    last_day: date
    new: bool

    @property
    def ontology(self) -> Path:
        """The ontology the build was made with."""
        return self.folder / "ontology"

    @property
    def queries(self) -> Path:
        """The questions the build was made with."""
        return self.folder / "queries"

    @property
    def stories(self) -> Path:
        """The stories the build was made with; there may be none."""
        return self.folder / STORIES_FOLDER


def read(folder: Path, *, new: bool = False) -> Built:
    """What a build folder holds, from its own metadata."""
    meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    keys = ("rule", "file", "row", "column", "found", "detail", "severity", "detail_en")
    found = json.loads((folder / FINDINGS_FILE).read_text(encoding="utf-8"))
    return Built(meta["id"], folder, meta["counts"], tuple(Finding(**{k: f[k] for k in keys}) for f in found), date.fromisoformat(meta["last_day"]), new)


def kept(project: Project) -> list[str]:
    """The ids of the builds that stay for good, in the order they were kept."""
    path = project.builds / KEPT_FILE
    return path.read_text(encoding="utf-8").split() if path.is_file() else []
