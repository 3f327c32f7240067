"""The register: `data/entities/*.csv` into entities, and `data/identity.csv` into judgements of who is who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from socialgraph.errors import DateNotUnderstood
from socialgraph.intake.tables import Row, read_csv, split_list
from socialgraph.model.claims import Entity
from socialgraph.model.dates import bounds
from socialgraph.model.findings import Finding
from socialgraph.model.ids import IDENTIFIERS, is_slug
from socialgraph.model.vocabulary import Vocabulary, near

COLUMNS = (
    "id", "kind", "name_sv", "name_en", "abbreviation", "alt_names", "part_of", "county", "organisation_number", "code", "ror",
    "wikidata", "orcid", "website", "source", "note",
)  # fmt: skip
IDENTITY_COLUMNS = ("left", "right", "verdict", "reason", "by", "on")
VERDICTS = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reasoned, reversible judgement whether two ids mean the same entity."""

    left: str
    right: str
    verdict: str
    reason: str
    by: str
    on: str
    row: int


def read_entities(folder: Path, name: str, vocabulary: Vocabulary) -> tuple[dict[str, Entity], list[Finding]]:
    """Every entity by id, and what was wrong; ids, kinds, identifiers and references inside the register are checked.

    A row with id and kind stands in the register whatever else is wrong with it: one wrong digit is one finding, not one
    for every mention of the entity.
    """
    entities: dict[str, Entity] = {}
    findings: list[Finding] = []
    rows: list[Row] = []
    files = sorted(folder.glob("*.csv"))
    if not files:
        findings.append(Finding("missing-file", name, detail="entities/*.csv"))
    for path in files:
        read, found = read_csv(path, f"{name}/{path.name}", columns=COLUMNS)
        rows += read
        findings += found
    for row in rows:
        found = _check(row, vocabulary, entities)
        findings += found
        if row["id"] and row["kind"] in vocabulary.entity_kinds:
            entities.setdefault(row["id"], _entity(row))
    for row in rows:
        for column in ("part_of", "county"):
            if row[column] and row[column] not in entities:
                findings.append(row.finding("unknown-entity", column, detail=", ".join(near(row[column], entities))))
    return entities, findings


def _check(row: Row, vocabulary: Vocabulary, entities: Mapping[str, Entity]) -> list[Finding]:
    findings = [row.finding("missing-value", c, detail=c) for c in ("id", "kind", "name_sv", "source") if not row[c]]
    if row["id"] and not is_slug(row["id"]):
        findings.append(row.finding("bad-slug", "id"))
    if (before := entities.get(row["id"])) is not None:
        findings.append(row.finding("duplicate-id", "id", detail=f"{before.file}:{before.row}"))
    if row["kind"] and row["kind"] not in vocabulary.entity_kinds:
        findings.append(row.finding("unknown-kind", "kind", detail=", ".join(near(row["kind"], vocabulary.entity_kinds))))
    findings += [row.finding("bad-identifier", c, detail=c) for c, test in IDENTIFIERS.items() if row[c] and not test(row[c])]
    return findings


def _entity(row: Row) -> Entity:
    same = {c: row[c] for c in COLUMNS if c != "alt_names"}
    return Entity(**same, alt_names=split_list(row["alt_names"]), file=row.file, row=row.number)


def check_sources(entities: Iterable[Entity], sources: Iterable[str]) -> list[Finding]:
    """Entities whose `source` names no source that there is."""
    known = set(sources)
    return [
        Finding("unknown-source", e.file, e.row, "source", source, ", ".join(near(source, known)))
        for e in entities
        for source in split_list(e.source)
        if source not in known
    ]


def read_identity(path: Path, name: str, entities: Mapping[str, Entity]) -> tuple[list[Judgement], list[Finding]]:
    """The identity judgements, and what was wrong; a file that is not there means none."""
    if not path.exists():
        return [], []
    rows, findings = read_csv(path, name, columns=IDENTITY_COLUMNS)
    judgements = []
    for row in rows:
        found = [row.finding("missing-value", c, detail=c) for c in IDENTITY_COLUMNS if not row[c]]
        found += [row.finding("unknown-entity", c, detail=", ".join(near(row[c], entities))) for c in ("left", "right") if row[c] and row[c] not in entities]
        if row["verdict"] and row["verdict"] not in VERDICTS:
            found.append(row.finding("wrong-field", "verdict", detail=" | ".join(VERDICTS)))
        try:
            bounds(row["on"])
        except DateNotUnderstood as error:
            found.append(row.finding("bad-date", "on", detail=str(error)))
        if not found and row["verdict"] == "same" and entities[row["left"]].kind != entities[row["right"]].kind:
            found.append(row.finding("identity-contradiction", "right", detail=f"{entities[row['left']].kind} ≠ {entities[row['right']].kind}"))
        findings += found
        if not found:
            judgements.append(Judgement(**row.cells, row=row.number))
    return judgements, findings


def canonical_ids(judgements: Iterable[Judgement], name: str) -> tuple[dict[str, str], list[Finding]]:
    """The id that stands for each judged id: of those judged the same, the `left` of the earliest row.

    Two ids that are judged different, yet follow as the same from other rows, are a finding; nothing is guessed.
    """
    judgements = list(judgements)
    leader: dict[str, str] = {}

    def find(id: str) -> str:
        while leader.get(id, id) != id:
            id = leader[id]
        return id

    for j in judgements:
        if j.verdict == "same" and find(j.left) != find(j.right):
            leader[find(j.right)] = find(j.left)
    findings = [
        Finding("identity-contradiction", name, j.row, "verdict", "different", f"{j.left} = {j.right}")
        for j in judgements
        if j.verdict == "different" and find(j.left) == find(j.right)
    ]
    same = [j for j in judgements if j.verdict == "same"]
    standing: dict[str, str] = {}
    for j in same:
        standing.setdefault(find(j.left), j.left)
    return {id: standing[find(id)] for j in same for id in (j.left, j.right) if id != standing[find(id)]}, findings
