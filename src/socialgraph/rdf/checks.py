"""The graph's gates: SHACL shapes (pySHACL) and check queries, each result a finding that names file and row.

What is wrong with a relation or fact is found in the row of its first claim: nobody can mend a relation, only a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialgraph.model.findings import Finding
from socialgraph.model.ids import BASE, PREFIXES
from socialgraph.rdf.codec import local
from socialgraph.rdf.queries import Question
from socialgraph.rdf.store import EmbeddedStore, Store

if TYPE_CHECKING:
    from socialgraph.rdf.shapes import Violation

Rows = Mapping[str, tuple[str, int]]
"""Where each claim and entity was read: id → (file, row)."""

_OURS = re.compile(re.escape(BASE) + r"[^\s,]*[/#]")


def shapes(store: EmbeddedStore, ontology: Path, rows: Rows) -> list[Finding]:
    """Violations of `ontology/shapes/*.ttl` in a store, as findings about the row a claim or entity came from.

    Ordered by file and row. Raises `OntologyError` where the shapes are missing or cannot be used.
    """
    from socialgraph.rdf.shapes import violations  # brings pySHACL, half a second that no question should pay

    return _in_order(_finding(violation, store, rows) for violation in violations(store, ontology / "shapes"))


def run(check: Question, store: Store, rows: Rows) -> list[Finding]:
    """The rows of a check query as findings: `?claim`, `?entity` or `?relation` names the place, `?found` what was found.

    The title says what was expected, as the rule `check` prints it. Ordered by file and row.
    """
    names, solutions = store.select(check.sparql)
    findings = []
    for solution in solutions:
        values: dict[str, Any] = dict(zip(names, solution, strict=True))
        node = values.get("claim") or values.get("entity") or values.get("relation")
        file, row = _place(node.value, store, rows) if node is not None else (check.file, 0)
        found = values["found"].value if values.get("found") is not None else ""
        findings.append(Finding("check", file, row, "", _short(found), check.title["sv"], check.severity, check.title["en"]))
    return _in_order(findings)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: a claim and its relation are mended in one row."""
    return sorted(set(findings), key=lambda f: (f.file, f.row, f.detail, f.found))


def _finding(violation: Violation, store: Store, rows: Rows) -> Finding:
    node, value = violation.node, violation.value
    if node.startswith(PREFIXES["sg"]):  # the shape is about a class, and what it found is the class's instance
        node, value = value or node, ""
    file, row = _place(node, store, rows)
    if not value or value == node:
        value = ": ".join(filter(None, ["/".join(map(local, violation.path)), ", ".join(_values(store, node, violation.path))])) or node
    swedish, _, english = _short(violation.message).partition(" / ")
    return Finding("shape", file, row, "", _short(value), swedish, violation.severity, english)


def _values(store: Store, node: str, path: tuple[str, ...]) -> list[str]:
    return sorted({value.value for predicate in path for value in store.objects(node, predicate)})


def _place(node: str, store: Store, rows: Rows) -> tuple[str, int]:
    """File and row of a claim or entity; of a relation or fact, those of its first claim; of a source, its `source.yml`."""
    if node.startswith(PREFIXES["sgs"]):
        return f"data/sources/{node.removeprefix(PREFIXES['sgs']).partition('#')[0]}/source.yml", 0
    if node.startswith((PREFIXES["sgr"], PREFIXES["sgf"])):
        claims = [*store.objects(node, PREFIXES["sg"] + "evidence"), *store.subjects(PREFIXES["sg"] + "asserts", node)]
        return min((rows[local(claim)] for claim in claims if local(claim) in rows), default=(f"<{node}>", 0))
    return rows.get(local(node), (f"<{node}>", 0))


def _short(text: str) -> str:
    """A text in which our IRIs are shortened to ids."""
    return _OURS.sub("", text)
