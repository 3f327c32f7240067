"""The graph's gates: SHACL shapes (pySHACL) and check queries, each result a finding that names file and row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from socialgraph.model.findings import Finding
from socialgraph.rdf.codec import local
from socialgraph.rdf.queries import Question
from socialgraph.rdf.store import Store

Rows = Mapping[str, tuple[str, int]]
"""Where each claim and entity was read: id → (file, row)."""


def shapes(store: Store, ontology: Path, rows: Rows) -> list[Finding]:
    """Violations of `ontology/shapes/*.ttl` in a store, as findings about the row a claim or entity came from."""
    raise NotImplementedError


def run(check: Question, store: Store, rows: Rows) -> list[Finding]:
    """The rows of a check query as findings: `?claim` or `?entity` names the place, `?found` what was found."""
    names, solutions = store.select(check.sparql)
    findings = []
    for solution in solutions:
        values: dict[str, Any] = dict(zip(names, solution, strict=True))
        node = values.get("claim") or values.get("entity")
        file, row = rows.get(local(node), (f"<{node.value}>", 0)) if node is not None else (check.file, 0)
        found = values["found"].value if values.get("found") is not None else ""
        findings.append(Finding("check", file, row, "", found, check.title["sv"] + " / " + check.title["en"], check.severity))
    return findings
