"""Every question on the real data, at two days at least: golden rows read against the claims and the source texts, both engines alike.

`real/<theme>/cases.yml` lists the cases of a theme: a name, the question, what is given. `real/<theme>/<name>.csv` holds what
`g.query(...).to_csv()` gives. Whoever changes one reads its rows against the sources again; no switch rewrites the files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from socialgraph.graph import SocialGraph
from socialgraph.model.dates import last_day
from socialgraph.rdf.queries import Catalogue, Question

ROOT = Path(__file__).parents[2]
REAL = Path(__file__).parent / "real"
QUESTIONS = Catalogue(ROOT / "queries").questions
SLOWEST_ON_RDFLIB = 60.0
"""Seconds of computing on the real data, however busy the machine: a question that takes longer is rewritten, not skipped."""


@dataclass(frozen=True)
class Case:
    """A question with what is given, and the golden file of its answer."""

    theme: str
    name: str
    question: str
    given: dict[str, str]

    @property
    def golden(self) -> Path:
        return REAL / self.theme / f"{self.name}.csv"


def cases() -> list[Case]:
    listed = [(path.parent.name, yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)) for path in sorted(REAL.glob("*/cases.yml"))]  # noqa: S506
    return [Case(theme, case["name"], case["question"], case.get("given") or {}) for theme, found in listed for case in found]


CASES = cases()


def rendered(g: SocialGraph, question: Question, given: dict[str, str]) -> str:
    """The text `g.query` would ask for what is given."""
    kinds = {p.name: p.kind for p in question.parameters}
    day = last_day(given.get("at") or g.last_day.isoformat()).isoformat()
    values = {name: day for name, kind in kinds.items() if kind == "day"}
    values |= {k: g.resolve(v).id if kinds[k] in ("entity", "county") else v for k, v in given.items() if k in kinds}
    return question.render(values)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.theme}/{c.name}")
def test_golden_rows(case: Case, real: SocialGraph) -> None:
    expected = case.golden.read_text(encoding="utf-8")
    assert real.query(case.question, **case.given).to_csv() == expected


def test_every_golden_file_belongs_to_a_case_and_every_case_to_its_theme() -> None:
    assert {p.relative_to(REAL) for p in REAL.glob("*/*.csv")} == {c.golden.relative_to(REAL) for c in CASES}
    assert not [c for c in CASES if QUESTIONS[c.question].theme != c.theme]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_has_two_cases_and_one_asks_of_another_day(question: Question) -> None:
    mine = [c for c in CASES if c.question == question.name]
    assert len(mine) >= 2, f"{question.name} needs two cases in tests/queries/real/{question.theme}/cases.yml"
    assert any(len(c.golden.read_text(encoding="utf-8").splitlines()) > 1 for c in mine), "at least one case has rows"
    if question.days:
        assert len({tuple(c.given.get(day, "") for day in (*question.days, "at")) for c in mine}) >= 2, f"{question.name}: the cases are of one day"


# ── two engines


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("case", [c for c in CASES if "known_by" not in c.given], ids=lambda c: f"{c.theme}/{c.name}")
def test_rdflib_gives_the_same_rows_in_the_same_order(case: Case, real: SocialGraph, on_both_real: Callable[[str], Any]) -> None:
    ours, found, seconds = on_both_real(rendered(real, QUESTIONS[case.question], case.given))
    assert found == ours
    assert seconds < SLOWEST_ON_RDFLIB
