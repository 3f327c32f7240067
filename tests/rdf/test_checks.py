"""The gates over the graph: every shape and every check query has a world in which nothing is wrong and one in which it is.

The cases are data: `tests/shapes/good/` and `tests/shapes/bad/`, each case a `#+` header and what it adds to the world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from socialgraph.errors import OntologyError
from socialgraph.model.findings import Finding
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf import checks, ontology
from socialgraph.rdf.codec import local
from socialgraph.rdf.queries import Catalogue
from socialgraph.rdf.store import EmbeddedStore

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "shapes"
SHAPE = "https://w3id.org/socialgraph/shape/"
SH = "http://www.w3.org/ns/shacl#"
QUERIES = Catalogue(ROOT / "queries").checks


@dataclass(frozen=True)
class Case:
    name: str
    check: str
    removes: tuple[str, ...]
    adds: str
    finds: tuple[str, ...]


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file: each begins with `#+ case:`."""
    for part in re.split(r"(?m)^(?=#\+ case:)", path.read_text(encoding="utf-8"))[1:]:
        header = "\n".join(line.removeprefix("#+ ") for line in part.splitlines() if line.startswith("#+"))
        said = yaml.safe_load(header)
        yield Case(said["case"], said.get("check", ""), tuple(said.get("removes", ())), part, tuple(said.get("finds", ())))


def parse(text: str) -> list[ox.Quad]:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return list(ox.parse(prefixes + text, format=ox.RdfFormat.TRIG))


RULES = list(ontology.quads(ROOT / "ontology"))
WORLD = parse((CASES / "good" / "world.trig").read_text(encoding="utf-8"))
SHAPES = [t for p in sorted((ROOT / "ontology" / "shapes").glob("*.ttl")) for t in ox.parse(path=str(p), format=ox.RdfFormat.TURTLE)]
GOOD = list(cases(CASES / "good" / "checks.trig"))
BAD = [case for theme in ("relations", "claims", "entities", "sources") for case in cases(CASES / "bad" / f"{theme}.trig")]
BAD_FOR_CHECKS = list(cases(CASES / "bad" / "checks.trig"))


def changed(*some: Case) -> ox.Store:
    """The world with these cases' changes."""
    store = ox.Store()
    store.bulk_extend([*RULES, *WORLD])
    for case in some:
        for triple in case.removes:
            store.update(f"DELETE {{ GRAPH ?g {{ {triple} }} }} WHERE {{ GRAPH ?g {{ {triple} }} }}", prefixes=PREFIXES)
        store.extend(parse(case.adds))
    return store


def places(store: ox.Store) -> dict[str, tuple[str, int]]:
    """File and row of every claim and entity, as intake would give them."""
    found = {}
    for claim, row in store.query("SELECT ?c ?row { ?c a sg:Claim ; sg:row ?row }", prefixes=PREFIXES, use_default_graph_as_union=True):
        source = next(q.graph_name.value for q in store.quads_for_pattern(claim, ox.NamedNode(PREFIXES["sg"] + "row"), None))
        found[local(claim)] = (f"data/sources/{local(source)}/claims.csv", int(row.value))
    entities = store.query("SELECT DISTINCT ?id { ?e dcterms:identifier ?id }", prefixes=PREFIXES, use_default_graph_as_union=True)
    return found | {id: ("data/entities/world.csv", n) for n, id in enumerate(sorted(e.value for (e,) in entities), 2)}


def objects(subject: ox.NamedNode, name: str) -> list[ox.Term]:
    return [t.object for t in SHAPES if t.subject == subject and t.predicate.value == SH + name]


def shape_messages() -> dict[str, str]:
    """What each shape says, Swedish and English."""
    found = {}
    for triple in SHAPES:
        if triple.predicate.value.startswith(SH + "target"):
            own = [triple.subject, *objects(triple.subject, "sparql")]
            said = {m.language: m.value for node in own for m in objects(node, "message")}
            found[triple.subject.value.removeprefix(SHAPE)] = f"{said['sv']} / {said['en']}"
    return found


MESSAGES = shape_messages()


def told(finding: Finding) -> str:
    """A finding as the cases write it: shape or check, file, row, what was found."""
    said = f"{finding.detail} / {finding.detail_en}"
    names = [name for name, message in MESSAGES.items() if message == said]
    names += [q.name for q in QUERIES.values() if said == q.title["sv"] + " / " + q.title["en"]]
    assert len(names) == 1, f"{said} is said by {names}"
    return f"{names[0]} | {finding.file} | {finding.row} | {finding.found}"


def test_nothing_is_wrong_in_the_good_world() -> None:
    store = changed()
    found = checks.shapes(EmbeddedStore(store), ROOT / "ontology", places(store))
    for query in QUERIES.values():
        found += checks.run(query, EmbeddedStore(store), places(store))
    assert [told(f) for f in found] == []


@pytest.mark.parametrize("shape", sorted(MESSAGES))
def test_every_shape_has_something_to_look_at_in_the_good_world(shape: str) -> None:
    instance = "?x a/rdfs:subClassOf* {0}"
    patterns = {"targetClass": instance, "targetNode": instance, "targetSubjectsOf": "?x {0} ?y", "targetObjectsOf": "?y {0} ?x"}
    for name, pattern in patterns.items():
        for target in objects(ox.NamedNode(SHAPE + shape), name):
            asked = f"ASK {{ {pattern.format(target)} }}"
            seen = changed().query(asked, prefixes=PREFIXES, use_default_graph_as_union=True)
            assert seen, f"{shape} has no {name} {target} in world.trig"


@pytest.mark.parametrize("case", BAD, ids=lambda c: c.name)
def test_a_shape_names_what_is_wrong_with_file_and_row(case: Case) -> None:
    store = changed(case)
    found = checks.shapes(EmbeddedStore(store), ROOT / "ontology", places(store))
    assert [told(f) for f in found] == list(case.finds)
    assert {(f.rule, f.severity) for f in found} == {("shape", "error")}


@pytest.mark.parametrize("case", BAD_FOR_CHECKS, ids=lambda c: f"{c.check}: {c.name}")
def test_a_check_names_what_is_wrong_with_file_and_row(case: Case) -> None:
    store = changed(case)
    found = checks.run(QUERIES[case.check], EmbeddedStore(store), places(store))
    assert [told(f) for f in found] == list(case.finds)
    assert {(f.rule, f.severity) for f in found} == {("check", QUERIES[case.check].severity)}


@pytest.mark.parametrize("case", GOOD, ids=lambda c: f"{c.check}: {c.name}")
def test_a_check_lets_pass_what_only_comes_near(case: Case) -> None:
    store = changed(case)
    assert checks.run(QUERIES[case.check], EmbeddedStore(store), places(store)) == []


def test_every_shape_and_every_check_has_a_bad_case() -> None:
    said = {find.partition(" | ")[0] for case in (*BAD, *BAD_FOR_CHECKS) for find in case.finds}
    assert said == set(MESSAGES) | set(QUERIES)


def test_every_check_says_how_much_it_matters() -> None:
    for query in QUERIES.values():
        assert query.severity in {"error", "warning", "info"}
        assert {"sv", "en"} <= set(query.title) & set(query.description)
        assert not query.parameters
        assert "ORDER BY" in query.sparql


def test_findings_come_in_the_same_order_each_time() -> None:
    store = changed(*BAD[:12])
    first, again = (checks.shapes(EmbeddedStore(store), ROOT / "ontology", places(store)) for _ in range(2))
    assert first == again == sorted(first, key=lambda f: (f.file, f.row))


def test_our_way_of_asking_pyshacl_finds_what_pyshacl_finds_alone() -> None:
    """The oracle: the same shapes over a plain rdflib data set, without our reading of the store."""
    import pyshacl
    import rdflib

    from socialgraph.rdf.shapes import violations

    store = changed(*(case for case in BAD if "?x" not in "".join(case.removes)), BAD[0], BAD[6])
    data, wanted = rdflib.Graph(), rdflib.Graph()
    triples = {str(ox.Triple(q.subject, q.predicate, q.object)) for q in store}
    data.parse(data=" .\n".join(sorted(triples)) + " .", format="nt")
    for path in (ROOT / "ontology" / "shapes").glob("*.ttl"):
        wanted.parse(path)
    _, report, _ = pyshacl.validate(data, shacl_graph=wanted)
    sh = rdflib.Namespace(SH)
    results = report.subjects(rdflib.RDF.type, sh.ValidationResult)
    theirs = sorted((str(report.value(r, sh.focusNode)), str(report.value(r, sh.value) or "")) for r in results)
    ours = sorted((v.node, v.value) for v in violations(EmbeddedStore(store), ROOT / "ontology" / "shapes"))
    assert len(ours) > 10
    assert ours == theirs


def test_the_store_is_left_as_it_was() -> None:
    store = changed(BAD[0])
    before = store.dump(format=ox.RdfFormat.N_QUADS)
    checks.shapes(EmbeddedStore(store), ROOT / "ontology", {})
    assert store.dump(format=ox.RdfFormat.N_QUADS) == before


def test_a_violation_does_not_cost_a_count_of_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """pySHACL asked `bool(graph)` twice for every violation and so counted every triple: 25 ms each at 24,000 quads."""
    from pyshacl.graph_abstraction import OxigraphDataGraph

    def count(_: object) -> int:
        raise AssertionError("the store was counted")

    monkeypatch.setattr(OxigraphDataGraph, "__len__", count)
    assert len(checks.shapes(EmbeddedStore(changed(BAD[0])), ROOT / "ontology", {})) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "there are no shapes"),
        ("@prefix : <x> . :a :b", "not readable Turtle"),
        (f"<x:s> a <{SH}NodeShape> ; <{SH}targetClass> <x:c> ; <{SH}property> <x:nowhere> .", "no SHACL that can be used"),
    ],
    ids=["none", "not Turtle", "not SHACL"],
)
def test_shapes_that_cannot_be_used_stop_the_build(tmp_path: Path, text: str | None, says: str) -> None:
    (tmp_path / "shapes").mkdir()
    if text is not None:
        (tmp_path / "shapes" / "some.ttl").write_text(text, encoding="utf-8")
    store = ox.Store()
    store.extend(parse("<x:a> a <x:c> ."))
    with pytest.raises(OntologyError, match=says):
        checks.shapes(EmbeddedStore(store), tmp_path, {})
