"""pySHACL's room: the shapes of a folder held against a store, each violation as plain values (https://www.w3.org/TR/shacl/).

Importing this module imports pySHACL and rdflib, half a second: only `checks.shapes` does, and only when it is called.
No network is read, nothing is inferred, and the store handed in is not changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from pyshacl.graph_abstraction import OxigraphDataGraph, to_ox, to_rdf
from rdflib.term import Node

from socialgraph.errors import OntologyError
from socialgraph.model.findings import ERROR, INFO, WARNING
from socialgraph.rdf.store import EmbeddedStore

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
_SEVERITIES = {SH.Violation: ERROR, SH.Warning: WARNING, SH.Info: INFO}


@dataclass(frozen=True, slots=True)
class Violation:
    """One `sh:ValidationResult`: what node, by which properties, with which value, in what severity; all IRIs in full.

    `value` is empty where the result names none, as for something missing; `message` has Swedish and English.
    """

    node: str
    path: tuple[str, ...]
    value: str
    message: str
    severity: str


class _Data(OxigraphDataGraph):
    """A pyoxigraph store as pySHACL reads it: by one property at a time, each read once for all nodes that a shape is about.

    pySHACL goes shape by shape and asks the store for the values of every single node; it also asks twice for every violation
    whether the graph is empty, and there counts all of it. One term is one object here, so that comparing terms is seldom work.
    """

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store)
        self._term = cache(to_rdf)
        self._along = lru_cache(maxsize=8)(self._read)

    def __bool__(self) -> bool:
        return True

    def subjects(self, predicate: Any, object_: Any, unique: bool = False) -> Iterator[Any]:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
        step: Any = to_ox(predicate)
        return (self._term(quad.subject) for quad in self.impl.quads_for_pattern(None, step, to_ox(object_), None))

    def objects(self, subject: Any, predicate: Any, unique: bool = False) -> Iterator[Any]:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
        return iter(self._along(predicate).get(subject, ()))

    def subject_objects(self, predicate: Any, unique: bool = False) -> Iterator[Any]:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
        return ((subject, value) for subject, values in self._along(predicate).items() for value in values)

    def _read(self, predicate: Any) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = {}
        step: Any = to_ox(predicate)
        for quad in self.impl.quads_for_pattern(None, step, None, None):
            found.setdefault(self._term(quad.subject), []).append(self._term(quad.object))
        return found


class _Shapes(rdflib.Graph):
    """Shapes read once: pySHACL asks them for the steps of a path anew for every node."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._listed = cache(self._list)

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Iterator[Any]:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
        return iter(self._listed(subject, predicate))

    def _list(self, subject: Any, predicate: Any) -> list[Any]:
        return list(super().objects(subject, predicate))


def violations(store: EmbeddedStore, folder: Path) -> list[Violation]:
    """What in a store does not agree with the shapes of a folder, in no order. Raises `OntologyError` for unusable shapes.

    pySHACL reads the store itself: without inference and without rules it writes nothing.
    """
    wanted = _read(folder)
    try:
        _, report, text = pyshacl.validate(_Data(store.engine), shacl_graph=wanted, inplace=True, inference="none")
    except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError) as error:
        raise OntologyError(f"the shapes in {folder} are no SHACL that can be used: {error}") from error
    if not isinstance(report, rdflib.Graph):
        raise OntologyError(f"the shapes in {folder} could not be tested: {text}")
    return [_violation(report, result) for result in report.objects(None, SH.result)]


def _read(folder: Path) -> rdflib.Graph:
    graph = _Shapes()
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise OntologyError(f"there are no shapes in {folder}; put ontology/shapes/*.ttl there: no graph is built untested")
    for path in paths:
        try:
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                graph.add(tuple(to_rdf(term) for term in (triple.subject, triple.predicate, triple.object)))  # type: ignore[arg-type]
        except SyntaxError as error:  # from rdflib's own parser half a file can also be an IndexError
            raise OntologyError(f"{path} is not readable Turtle: {error}") from error
    return graph


def _violation(report: rdflib.Graph, result: Node) -> Violation:
    focus, value, path, severity = (report.value(result, SH[name]) for name in ("focusNode", "value", "resultPath", "resultSeverity"))
    told = report.value(result, SH.sourceConstraint)  # of a SPARQL constraint pySHACL gives the messages without their language
    said = report.objects(result, SH.resultMessage) if told is None else report.objects(told, SH.message)
    messages = {getattr(m, "language", None) or "": str(m) for m in said}
    message = " / ".join(messages[lang] for lang in sorted(messages, key=lambda lang: (lang != "sv", lang)))
    return Violation(str(focus), _properties(report, path), "" if value is None else str(value), message, _SEVERITIES.get(severity, ERROR))  # type: ignore[call-overload]


def _properties(report: rdflib.Graph, path: Node | None) -> tuple[str, ...]:
    """The properties a path begins with: all of an alternative, the first of a sequence (§2.3.1)."""
    if path is None:
        return ()
    if (path, None, None) not in report:
        return (str(path),)
    alternatives = report.value(path, SH.alternativePath)
    steps = list(report.items(path if alternatives is None else alternatives))
    return tuple(map(str, steps[:1] if alternatives is None else steps))
