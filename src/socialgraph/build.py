"""The WRITE joint: project folders → claims → relations → quads → store, through three gates, atomically.

A build is an immutable folder named by a hash of its inputs. It is written beside the old one, checked, and only then
pointed at; killed half-way, or stopped by a finding, it leaves the old build whole. The same inputs give the same bytes.
It holds the ontology, the questions and the stories it was made with: an answer is a function of a build and what is asked, nothing else.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from socialgraph import __version__
from socialgraph.built import FINDINGS_FILE, GRAPH_FILE, KEPT_FILE, META_FILE, STORE_FOLDER, STORIES_FOLDER, Built, kept, read
from socialgraph.errors import BuildFailed
from socialgraph.intake import entities as registers
from socialgraph.intake.sources import read_claims, read_source
from socialgraph.intake.stories import read_stories
from socialgraph.intake.worklist import read_worklist
from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.duplicates import probable_duplicates
from socialgraph.model.findings import Finding, errors
from socialgraph.model.holdings import Holdings, assemble, merge_entities
from socialgraph.model.vocabulary import Vocabulary
from socialgraph.project import Project
from socialgraph.rdf import checks, codec, ontology, rules
from socialgraph.rdf.queries import Catalogue
from socialgraph.rdf.store import EmbeddedStore, Store

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""

def _silent(_what: str, _done: int, _all: int) -> None:
    return None


def input_hash(project: Project) -> str:
    """Twelve hexadecimal digits that name the inputs: every file of ontology, data and queries, our version and our code."""
    digest = hashlib.sha256(__version__.encode())
    read = [(project.inputs, p) for folder in (project.ontology, project.data, project.queries) for p in folder.rglob("*")]
    code = Path(__file__).parent
    read += [(code, p) for p in code.rglob("*.py") if "bundled" not in p.parts]
    for base, path in sorted(read):
        if path.is_file():
            digest.update(f"\n{path.relative_to(base).as_posix()}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def gather_inputs(project: Project, *, progress: Progress = _silent) -> tuple[Holdings, list[Finding]]:
    """The first gate: everything the data folders hold, and what is wrong row by row."""
    vocabulary = ontology.read(project.ontology)
    register, findings = registers.read_entities(project.data / "entities", "data/entities", vocabulary)
    judgements, found = registers.read_identity(project.data / "identity.csv", "data/identity.csv", register)
    merged, contradictions = registers.canonical_ids(judgements, "data/identity.csv")
    findings += found + contradictions
    people = {k.id for k in vocabulary.entity_kinds.values() if k.is_person}
    findings += probable_duplicates(register.values(), judged={frozenset((j.left, j.right)) for j in judgements}, people=people)
    folder = project.data / "sources"
    folders = sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    if not folders:
        findings.append(Finding("missing-file", "data/sources", detail="<source>/source.yml"))
    sources: dict[str, Source] = {}
    claims: list[Claim] = []
    for number, path in enumerate(folders, 1):
        progress("sources", number, len(folders))
        source, read, found = _read_folder(path, register, vocabulary)
        findings += found
        if source is not None:
            sources[source.id] = source
            claims += read
    findings += registers.check_sources(register.values(), [p.name for p in folders])
    worklist, found = read_worklist(project.data, "data", register, vocabulary)
    holdings = assemble(vocabulary, merge_entities(register, merged), sources, claims, merged)
    told = read_stories(project.data / STORIES_FOLDER, f"data/{STORIES_FOLDER}", holdings)[1]
    return replace(holdings, worklist=worklist.standing(merged)), findings + found + told


def _read_folder(path: Path, register: dict[str, Entity], vocabulary: Vocabulary) -> tuple[Source | None, list[Claim], list[Finding]]:
    name = f"data/sources/{path.name}"
    source, findings = read_source(path, name, register)
    if source is None:
        return None, [], findings
    claims, found = read_claims(path, name, source=source, entities=register, vocabulary=vocabulary)
    return source, claims, findings + found


def build(project: Project, *, keep: bool = False, progress: Progress = _silent) -> Built:
    """Build the project's graph, or give the build that these inputs already have. Raises `BuildFailed` with findings.

    The current build and the one before stay; with `keep` this one stays for good, so that what was cited can be asked again.
    """
    id = input_hash(project)
    folder = project.builds / id
    if not (folder / META_FILE).is_file():
        _make(project, id, progress)
        new = True
    else:
        _point(project, id)
        new = False
    if keep:
        _keep(project, id)
    return read(folder, new=new)


def _make(project: Project, id: str, progress: Progress) -> None:
    holdings, findings = gather_inputs(project, progress=progress)
    _stop_at_errors(findings)
    project.builds.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=project.builds))
    try:
        progress("graph", 0, 1)
        store = _graph(project, holdings)
        with ThreadPoolExecutor(max_workers=1) as pool:  # the engine writes beside the checks: it leaves Python free meanwhile
            writing = pool.submit(_write_graph, scratch, store)
            findings += check_graph(project, holdings, store, progress=progress)
            quads = writing.result()
        progress("graph", 1, 1)
        _stop_at_errors(findings)
        _write_meta(scratch, id, counts(holdings, quads, findings), findings, holdings.last_day)
        for folder in (project.ontology, project.queries, project.data / STORIES_FOLDER):
            if folder.is_dir():
                shutil.copytree(folder, scratch / folder.name)
        _swap(project, scratch, id)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _graph(project: Project, holdings: Holdings) -> EmbeddedStore:
    """The whole graph in memory: the ontology, what is held, and what follows from it by the rules of the build."""
    store = EmbeddedStore.in_memory(chain(ontology.quads(project.ontology), codec.quads(holdings)))
    store.extend(list(rules.derived(store, project.queries)))
    return store


def check_graph(project: Project, holdings: Holdings, store: EmbeddedStore, *, progress: Progress = _silent) -> list[Finding]:
    """The second and third gate: SHACL shapes and check queries over the graph (totals are checked while reading)."""
    rows = {c.id: (f"data/sources/{c.source}/claims.csv", c.row) for c in holdings.claims}
    rows |= {e.id: (e.file, e.row) for e in holdings.entities.values()}
    progress("shapes", 0, 1)
    findings = checks.shapes(store, project.ontology, rows)
    progress("shapes", 1, 1)
    queries = Catalogue(project.queries).checks
    for number, query in enumerate(queries.values(), 1):
        progress("checks", number, len(queries))
        findings += checks.run(query, store, rows)
    return findings


def check(project: Project, *, reason: bool = False, progress: Progress = _silent) -> list[Finding]:
    """Every finding of the gates, building nothing; with `reason`, also what HermiT finds. Raises `ReasonerMissing`."""
    holdings, findings = gather_inputs(project, progress=progress)
    if errors(findings):
        return findings
    store = _graph(project, holdings)
    findings += check_graph(project, holdings, store, progress=progress)
    if reason:
        progress("reasoning", 0, 1)
        findings += proof(store, holdings)
        progress("reasoning", 1, 1)
    return findings


def proof(store: Store, holdings: Holdings) -> list[Finding]:
    """What HermiT finds: contradictions, and direct triples that differ from those it derives. Raises `ReasonerMissing`."""
    from socialgraph.rdf.reasoner import compare, prove

    held = [*store.quads(codec.ENTITIES), *store.quads(codec.RELATIONS)]
    properties = [codec.iri(f"sg:{k.direct}").value for k in holdings.vocabulary.relation_kinds.values()]
    proved = prove(store.quads(ontology.GRAPH), held, direct_properties=properties)
    log.info("HermiT: %s, %d direct triples derived in %.1f s", "consistent" if proved.consistent else "inconsistent", len(proved.derived), proved.seconds)
    if not proved.consistent:
        return [Finding("inconsistent", "ontology/socialgraph.ttl", found="⊥", detail=text) for text in proved.explanation]
    facts = set(holdings.vocabulary.fact_kinds)  # their direct triples have literals, no part of the proof
    built = [q for q in store.quads(codec.DIRECT) if codec.local(q.predicate) not in facts]
    missing, extra = compare(proved, built)
    return [
        Finding("derivation-differs", "build", found=" ".join(map(codec.local, triple)), detail=side)
        for side, triples in (("HermiT +", missing), ("HermiT −", extra))
        for triple in sorted(triples)
    ]


def counts(holdings: Holdings, quads: int, findings: Iterable[Finding]) -> dict[str, int]:
    """The figures of a build, as `build` prints them."""
    return {
        "sources": len(holdings.sources), "claims": len(holdings.claims), "relations": len(holdings.relations),
        "facts": len(holdings.facts), "entities": len(holdings.entities), "quads": quads, "findings": len(list(findings)),
    }  # fmt: skip


def _stop_at_errors(findings: list[Finding]) -> None:
    if stopping := errors(findings):
        raise BuildFailed(f"the build stopped at {len(stopping)} findings; the former build stands", findings)


def _write_graph(folder: Path, store: EmbeddedStore) -> int:
    """Write the N-Quads and the store on disk; how many quads they are."""
    plain, nquads = folder / "graph.nq", store.n_quads()
    plain.write_bytes(nquads)
    with (folder / GRAPH_FILE).open("wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as zipped:
        zipped.write(nquads)
    EmbeddedStore.write(folder / STORE_FOLDER, plain)
    plain.unlink()
    return nquads.count(b"\n")


def _write_meta(folder: Path, id: str, figures: dict[str, int], findings: list[Finding], last_day: date) -> None:
    found = json.dumps([f.as_dict() for f in findings], ensure_ascii=False, indent=1)
    (folder / FINDINGS_FILE).write_text(found + "\n", encoding="utf-8")
    meta = {"id": id, "version": __version__, "last_day": last_day.isoformat(), "counts": figures}
    (folder / META_FILE).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def _swap(project: Project, scratch: Path, id: str) -> None:
    target = project.builds / id
    if target.exists() and not (target / META_FILE).is_file():  # half a build, left by an older program
        shutil.rmtree(target)
    scratch.chmod(0o755)
    try:
        scratch.rename(target)
    except OSError:
        if not (target / META_FILE).is_file():
            raise  # else another builder of the same inputs was first: its build is the same bytes
    former = _pointed_at(project)
    _point(project, id)
    for old in _builds(project):
        if old.name not in {id, former, *kept(project)}:
            shutil.rmtree(old, ignore_errors=True)


def _keep(project: Project, id: str) -> None:
    ids = kept(project)
    if id not in ids:
        scratch = project.builds / f".kept-{os.getpid()}"
        scratch.write_text("".join(f"{each}\n" for each in [*ids, id]), encoding="utf-8")
        scratch.replace(project.builds / KEPT_FILE)


def _point(project: Project, id: str) -> None:
    pointer = project.builds / f".current-{os.getpid()}"
    pointer.write_text(id + "\n", encoding="utf-8")
    pointer.replace(project.builds / "current")


def _pointed_at(project: Project) -> str:
    pointer = project.builds / "current"
    return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""


def _builds(project: Project) -> Iterator[Path]:
    """Finished builds; what another builder is still writing (`.building-…`) is none."""
    return (p.parent for p in project.builds.glob(f"[!.]*/{META_FILE}"))
