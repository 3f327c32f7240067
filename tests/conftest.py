"""The invented world of tests/world, built once with the real ontology and the real questions, for every test.

`world` is shared and never changed; `world_project` is a fresh copy for a test that breaks it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from socialgraph import build
from socialgraph.graph import SocialGraph
from socialgraph.project import Project

ROOT = Path(__file__).parents[1]
WORLD = ROOT / "tests" / "world"


def copy_world(folder: Path) -> Path:
    """A project in a folder: the data of the world, the ontology and the questions of this repository."""
    shutil.copytree(WORLD / "data", folder / "data")
    for name in ("ontology", "queries"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> SocialGraph:
    """The invented world, built; shared by every test, so it is only read."""
    return SocialGraph.build(copy_world(tmp_path_factory.mktemp("world") / "project"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> SocialGraph:
    """The real data, built; shared by every test, so it is only read."""
    project = Project(ROOT, tmp_path_factory.mktemp("real"))
    return SocialGraph(project, build.build(project))


@pytest.fixture
def world_project(tmp_path: Path) -> Path:
    """A fresh, unbuilt copy of the world's project, to be broken."""
    return copy_world(tmp_path / "project")
