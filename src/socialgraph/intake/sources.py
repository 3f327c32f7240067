"""Source folders: `data/sources/<source>/{source.yml, claims.csv, notes.md}` into a source and its claims, read strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from socialgraph.errors import DateNotUnderstood
from socialgraph.intake.tables import Row, has_contact_data, read_csv, read_text, split_list
from socialgraph.model.claims import Claim, Copy, Entity, Source
from socialgraph.model.dates import MAX, bounds, last_day
from socialgraph.model.findings import Finding
from socialgraph.model.ids import is_slug
from socialgraph.model.vocabulary import Vocabulary, near

COLUMNS = (
    "kind", "from", "to", "value", "lang", "person", "role", "role_note", "about", "share", "amount", "currency", "basis", "topic",
    "since", "until", "status", "locator", "stated", "documents", "note",
)  # fmt: skip
OPTIONAL = ("episode",)
FIELDS = (
    "title", "publisher", "author", "published", "published_basis", "published_note", "url", "retrieved", "language", "licence", "kind",
    "copies", "expect",
)  # fmt: skip
REQUIRED = ("title", "publisher", "published", "published_basis", "kind")
TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""A loader that leaves every scalar a text: `2019-10` stays what was written. In C where there is one."""
SOURCE_KINDS = ("column", "page", "report", "register", "study", "message")
_PARAGRAPH = re.compile(r"p\d+(\.s\d+)?")


def read_source(folder: Path, name: str, entities: Mapping[str, Entity]) -> tuple[Source | None, list[Finding]]:
    """The source a folder describes, or none with the findings that say why."""
    file = f"{name}/source.yml"
    text, findings = read_text(folder / "source.yml", file)
    if findings:
        return None, findings
    try:
        data = yaml.load(text, Loader=TEXTS)  # noqa: S506 (makes only texts, lists and mappings)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return None, [Finding("bad-yaml", file, mark.line + 1 if mark else 0, found=str(getattr(error, "problem", error)), detail="YAML 1.1")]
    if not isinstance(data, dict):
        return None, [Finding("bad-yaml", file, found=type(data).__name__, detail="title: …")]
    findings += [Finding("unknown-field", file, column=k, found=k, detail=", ".join(FIELDS)) for k in data if k not in FIELDS]
    findings += [Finding("missing-field", file, column=k, detail=k) for k in REQUIRED if not data.get(k)]
    findings += _wrong_fields(data, file, entities)
    if not is_slug(folder.name):
        findings.append(Finding("bad-slug", name, found=folder.name))
    if not (folder / "notes.md").is_file():
        findings.append(Finding("missing-file", f"{name}/notes.md", detail="notes.md"))
    if has_contact_data(text):
        findings.append(Finding("contact-data", file, found="…"))
    return (None if findings else _source(folder.name, data)), findings


def _wrong_fields(data: Mapping[str, Any], file: str, entities: Mapping[str, Entity]) -> list[Finding]:
    misshapen = [
        Finding("wrong-field", file, 0, key, str(data[key])[:60], "author: id | [id]" if key == "author" else f"{key}: text")
        for key in FIELDS
        if key in data and key not in ("copies", "expect")
        if not all(isinstance(v, str) for v in (_as_list(data[key]) if key == "author" else [data[key]]))
    ]
    if misshapen:
        return misshapen
    findings = [
        Finding("unknown-entity", file, 0, key, id, ", ".join(near(id, entities)))
        for key in ("publisher", "author")
        for id in _as_list(data.get(key))
        if id not in entities
    ]
    findings += _wrong_dates(data, file)
    for key, allowed in (("published_basis", ("stated", "inferred")), ("kind", SOURCE_KINDS)):
        if data.get(key) and data[key] not in allowed:
            findings.append(Finding("wrong-field", file, 0, key, str(data[key]), " | ".join(allowed)))
    if data.get("published_basis") == "inferred" and not data.get("published_note"):
        findings.append(Finding("missing-field", file, 0, "published_note", detail="published_note"))
    copies = data.get("copies", [])
    if not isinstance(copies, list) or any(not isinstance(c, dict) or not c.get("document") or set(c) - {"document", "url", "note"} for c in copies):
        findings.append(Finding("wrong-field", file, 0, "copies", str(copies)[:60], "[{document, url, note}]"))
    if "expect" in data and _expected(data) is None:
        findings.append(Finding("wrong-field", file, 0, "expect", str(data["expect"])[:60], "{claims: {min, max}}"))
    return findings


def _wrong_dates(data: Mapping[str, Any], file: str) -> list[Finding]:
    findings = []
    for key, reader in (("published", last_day), ("retrieved", bounds)):
        if value := str(data.get(key) or ""):
            try:
                reader(value)
            except DateNotUnderstood as error:
                findings.append(Finding("bad-date", file, 0, key, value, str(error)))
    return findings


def _expected(data: Mapping[str, Any]) -> tuple[int, int] | None:
    try:
        limits = data["expect"]["claims"]
        return int(limits["min"]), int(limits["max"])
    except (KeyError, TypeError, ValueError):
        return None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _source(id: str, data: Mapping[str, Any]) -> Source:
    texts = {k: str(data.get(k, "")) for k in FIELDS if k not in ("author", "copies", "expect")}
    return Source(
        id=id, authors=tuple(_as_list(data.get("author"))), expect=_expected(data) or (0, 1_000_000), **texts,
        copies=tuple(Copy(c["document"], c.get("url", ""), c.get("note", "")) for c in data.get("copies", [])),
    )  # fmt: skip


def read_claims(
    folder: Path, name: str, *, source: Source, entities: Mapping[str, Entity], vocabulary: Vocabulary
) -> tuple[list[Claim], list[Finding]]:
    """The claims of a source, and what was wrong with each row that gave none."""
    rows, findings = read_csv(folder / "claims.csv", f"{name}/claims.csv", columns=COLUMNS, optional=OPTIONAL)
    claims: list[Claim] = []
    before: dict[str, int] = {}
    for row in rows:
        found = _Checks(row, source, entities, vocabulary).findings()
        if not found:
            claim = _claim(row, source.id)
            if claim.id in before:
                found = [row.finding("duplicate-claim", detail=str(before[claim.id]), found=claim.kind)]
            else:
                before[claim.id] = row.number
                claims.append(claim)
        findings += found
    low, high = source.expect
    if rows and not low <= len(rows) <= high:
        findings.append(Finding("total-claims", f"{name}/claims.csv", found=str(len(rows)), detail=f"{low}–{high}"))
    return claims, findings


def _claim(row: Row, source: str) -> Claim:
    same = (
        "kind", "to", "value", "lang", "person", "role", "role_note", "about", "currency", "basis", "since", "until", "episode", "locator",
        "stated", "note",
    )  # fmt: skip
    return Claim(
        source=source, row=row.number, from_=row["from"], **{c: row[c] for c in same}, status=row["status"] or "actual",
        share=Decimal(row["share"]) if row["share"] else None, amount=Decimal(row["amount"]) if row["amount"] else None,
        topics=tuple(sorted(split_list(row["topic"]))), documents=split_list(row["documents"]),
    )  # fmt: skip


class _Checks:
    """The row gate: everything that can be said of one row without looking at another."""

    def __init__(self, row: Row, source: Source, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> None:
        self.row, self.source, self.entities, self.vocabulary = row, source, entities, vocabulary

    def findings(self) -> list[Finding]:
        """Everything wrong with the row; empty if it is a claim."""
        kinds = {**self.vocabulary.relation_kinds, **self.vocabulary.fact_kinds}
        if self.row["kind"] not in kinds:
            return [self.row.finding("unknown-kind", "kind", detail=", ".join(near(self.row["kind"], kinds)))]
        checks: tuple[Callable[[], list[Finding]], ...] = (
            self._references, self._far_end, self._ends, self._qualifiers, self._concepts, self._numbers, self._period, self._place,
        )  # fmt: skip
        return [finding for check in checks for finding in check()]

    def _references(self) -> list[Finding]:
        wrong = (c for c in ("from", "to", "person", "about") if self.row[c] and self.row[c] not in self.entities)
        missing = [] if self.row["from"] else [self.row.finding("missing-value", "from", detail="from")]
        return missing + [self.row.finding("unknown-entity", c, detail=", ".join(near(self.row[c], self.entities))) for c in wrong]

    def _far_end(self) -> list[Finding]:
        fact = self.vocabulary.fact_kinds.get(self.row["kind"])
        needed, empty = (("value",), ("to",)) if fact else (("to",), ("value", "lang"))
        findings = [self.row.finding("missing-value", c, detail=c) for c in needed if not self.row[c]]
        findings += [self.row.finding("unexpected-value", c, detail=self.row["kind"]) for c in empty if self.row[c]]
        if fact and self.row["value"]:
            if fact.range == "integer" and not self.row["value"].isdecimal():
                findings.append(self.row.finding("bad-number", "value"))
            if fact.pattern and not re.fullmatch(fact.pattern, self.row["value"]):
                findings.append(self.row.finding("bad-identifier", "value", detail=fact.pattern))
        if fact and not re.fullmatch(r"[a-z]{2,3}" if fact.range == "langString" else r"", self.row["lang"]):
            findings.append(self.row.finding("bad-lang", "lang"))
        return findings

    def _ends(self) -> list[Finding]:
        kind = self.vocabulary.relation_kinds.get(self.row["kind"])
        if kind is None or self.row["from"] not in self.entities or self.row["to"] not in self.entities:
            return []
        findings = [
            self.row.finding("wrong-end", column, found=f"{self.row[column]} ({self.entities[self.row[column]].kind})", detail=", ".join(sorted(allowed)))
            for column, allowed in (("from", kind.from_kinds), ("to", kind.to_kinds))
            if not self.vocabulary.is_a(self.entities[self.row[column]].kind, allowed)
        ]
        if self.row["from"] == self.row["to"]:
            findings.append(self.row.finding("self-relation", "to"))
        person = self.entities.get(self.row["person"])
        if person is not None and not self.vocabulary.is_a(person.kind, {"Person", "PersonGroup"}):
            findings.append(self.row.finding("wrong-end", "person", found=f"{person.id} ({person.kind})", detail="Person, PersonGroup"))
        return findings

    def _qualifiers(self) -> list[Finding]:
        kind = self.row["kind"]
        found = self.vocabulary.relation_kinds.get(kind) or self.vocabulary.fact_kinds[kind]
        columns = ("person", "role", "about", "share", "amount", "currency", "basis", "topic")
        surplus = [c for c in columns if self.row[c] and c not in found.qualifiers]
        if self.row["role_note"] and "role" not in found.qualifiers:
            surplus.append("role_note")
        taken = ", ".join(sorted(found.qualifiers)) or "–"
        return [self.row.finding("unexpected-value", c, detail=f"{kind} ({taken})") for c in surplus]

    def _concepts(self) -> list[Finding]:
        topics = self.vocabulary.in_scheme("topic-scheme") | self.vocabulary.in_scheme("counted-scheme")
        findings = [
            self.row.finding("unknown-concept", "topic", detail=", ".join(near(topic, topics)), found=topic)
            for topic in split_list(self.row["topic"])
            if topic not in topics
        ]
        for column, scheme, rule in (("basis", "basis-scheme", "unknown-concept"), ("status", "status-scheme", "unknown-status")):
            words = self.vocabulary.in_scheme(scheme)
            if self.row[column] and self.row[column] not in words:
                findings.append(self.row.finding(rule, column, detail=", ".join(words)))
        return findings

    def _numbers(self) -> list[Finding]:
        findings = []
        share, amount = (_number(self.row[c]) for c in ("share", "amount"))
        if self.row["share"] and (share is None or not 0 <= share <= 1):
            findings.append(self.row.finding("bad-share", "share"))
        if self.row["amount"]:
            if amount is None or amount < 0:
                findings.append(self.row.finding("bad-number", "amount"))
            if not re.fullmatch(r"[A-Z]{3}", self.row["currency"]):
                findings.append(self.row.finding("missing-currency", "currency"))
            if not self.row["basis"]:
                findings.append(self.row.finding("missing-basis", "basis", detail=", ".join(self.vocabulary.in_scheme("basis-scheme"))))
        elif self.row["currency"]:
            findings.append(self.row.finding("unexpected-value", "currency", detail="amount"))
        return findings

    def _period(self) -> list[Finding]:
        findings = []
        said = {}
        for column in ("since", "until"):
            try:
                said[column] = bounds(self.row[column])
            except DateNotUnderstood as error:
                findings.append(self.row.finding("bad-date", column, detail=str(error)))
        if findings:
            return findings
        if said["until"].latest < said["since"].earliest:
            return [self.row.finding("ends-before-begins", "until", detail=f"{self.row['since']} – {self.row['until']}")]
        published = self.source.published_day
        if (self.row["status"] or "actual") in ("actual", "ended") and published < said["since"].earliest != MAX:
            findings.append(self.row.finding("actual-in-future", "since", detail=published.isoformat()))
        return findings

    def _place(self) -> list[Finding]:
        findings = []
        paragraphs = self.source.kind in ("column", "page")
        if not self.row["locator"] or (paragraphs and not _PARAGRAPH.fullmatch(self.row["locator"])):
            findings.append(self.row.finding("bad-locator", "locator"))
        documents = [c.document for c in self.source.copies]
        findings += [
            self.row.finding("unknown-document", "documents", found=document, detail=", ".join(documents))
            for document in split_list(self.row["documents"])
            if document not in documents
        ]
        return findings


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
