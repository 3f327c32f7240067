"""The wheel in an empty folder: ontology, questions and data are bundled, and every command works from there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files in a folder of their own, away from the clone."""
    folder = tmp_path_factory.mktemp("wheel")
    script = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    made = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[-1]
    with zipfile.ZipFile(folder / made) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_works_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "SOCIALGRAPH_LANG": "sv"}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-P", "-c", "import sys; from socialgraph.cli import main; main(sys.argv[1:])", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout

    assert "källor" in run("build")
    assert (tmp_path / "build" / "current").is_file(), "builds lie in the working folder, not in the package"
    assert "Jessica Eriksson" in run("query", "staff-loans", "--at", "2019-12")
    assert "skr" in run("find", "SKL")
    run("explore", "--at", "2019-12", "-o", "n.html")
    assert (tmp_path / "n.html").stat().st_size > 100_000


def test_the_wheel_carries_no_foreign_code_and_no_build(unpacked: Path) -> None:
    names = [p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()]
    assert not [n for n in names if n.endswith((".min.js", ".nq.gz"))]
    assert "socialgraph/bundled/ontology/socialgraph.ttl" in names
    assert [n for n in names if n.startswith("socialgraph/bundled/queries/")]
    assert [n for n in names if n.startswith("socialgraph/bundled/data/sources/")]
