"""The real data, built once into a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialgraph import SocialGraph

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> SocialGraph:
    """A build of the repository's own data; the repository's build folder is left alone."""
    root = tmp_path_factory.mktemp("real")
    for name in ("ontology", "data", "queries"):
        (root / name).symlink_to(ROOT / name)
    return SocialGraph.build(root)
