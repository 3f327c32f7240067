"""Every recipe of the cookbook and every pattern of the cheat sheet runs on both engines, with the same rows, and has an answer."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from socialgraph import SocialGraph, build
from socialgraph.model.ids import PREFIXES

ROOT = Path(__file__).parents[2]
COOKBOOK = (ROOT / "docs/how-to/sparql-cookbook.md").read_text(encoding="utf-8")
SHEET = (ROOT / "docs/reference/sparql-cheat-sheet.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```sparql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = dict(re.findall(r"^### (\d+\. [^\n]+)\n\n```sparql\n(.*?)^```$", COOKBOOK, re.MULTILINE | re.DOTALL))
SLOWEST_ON_RDFLIB = 30.0


def test_the_cookbook_has_recipes_numbered_without_a_gap_and_nothing_beside_them() -> None:
    assert [int(name.partition(".")[0]) for name in RECIPES] == list(range(1, len(RECIPES) + 1))
    assert len(RECIPES) >= 25
    assert len(FENCE.findall(COOKBOOK)) == len(RECIPES)
    assert f"{['tjugofem', 'tjugosex', 'tjugosju', 'tjugoåtta', 'tjugonio', 'trettio'][len(RECIPES) - 25]} färdiga" in COOKBOOK


@pytest.fixture(scope="module")
def beside(real: SocialGraph) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=gzip.decompress((real.built.folder / build.GRAPH_FILE).read_bytes()), format="nquads")
    return dataset


Rows = list[tuple[str, ...]]


def ours(g: SocialGraph, text: str) -> Rows:
    return [tuple("" if v is None else getattr(v, "value", str(v)) for v in row) for row in g.store.select(text)[1]]


def theirs(dataset: rdflib.Dataset, text: str) -> Rows:
    return [tuple("" if v is None else str(v) for v in row) for row in dataset.query(text, initNs=PREFIXES)]


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("name", [n for n in RECIPES if re.search(r"\bSELECT\b", RECIPES[n])])
def test_a_recipe_answers_alike_on_both_engines(name: str, real: SocialGraph, beside: rdflib.Dataset) -> None:
    text = RECIPES[name]
    assert len(real.sparql(text)) > 0
    begun = time.process_time()
    found = theirs(beside, text)
    assert time.process_time() - begun < SLOWEST_ON_RDFLIB
    expected = ours(real, text)
    assert sorted(found) == sorted(expected) if "LIMIT" not in text else len(found) == len(expected)
    assert "ORDER BY" in text, "an answer is in order"


@pytest.mark.parametrize("name", [n for n in RECIPES if not re.search(r"\bSELECT\b", RECIPES[n])])
def test_a_recipe_that_makes_a_graph_makes_one(name: str, real: SocialGraph) -> None:
    assert len(real.sparql(RECIPES[name])) > 3


@pytest.mark.parametrize("text", FENCE.findall(SHEET))
def test_a_pattern_of_the_cheat_sheet_has_rows(text: str, real: SocialGraph) -> None:
    assert len(real.sparql(text)) == 5


def test_every_property_of_the_cheat_sheet_is_in_the_ontology(real: SocialGraph) -> None:
    known: Callable[[str], bool] = real.store.has
    named = set(re.findall(r"\b(sg[cds]?):([A-Za-z][\w-]*)", SHEET + COOKBOOK))
    assert len(named) > 40
    assert not [f"{p}:{n}" for p, n in named if not known(PREFIXES[p] + n)]
