"""The invented world of tests/world, built once with the real ontology and the real questions, for every test.

Browser tests run in Debian's Chromium. `world` is shared and never changed; `world_project` is a fresh copy for a test that breaks it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from socialgraph import build
from socialgraph.graph import SocialGraph
from socialgraph.project import Project

CHROMIUM = os.environ.get("SOCIALGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        missing = "no Chromium: install it (apt-get install chromium) or name it in SOCIALGRAPH_CHROMIUM"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1280, "height": 860}, "reduced_motion": "reduce", "locale": "sv-SE"}
