"""A sheet as a proposal to one source: what would be new, changed, ended or as it was, and what is refused. Then, and only then, written.

The invariant: nothing stands in `data/` that the gate of a build has not read, and nothing is half-written. A sheet is
first put into the form of `claims.csv` and read by what reads `claims.csv`; so are the files that would be written. A row
of the source that the sheet lacks is left as it is: a sheet adds and mends, it never removes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from socialgraph.errors import ParameterInvalid
from socialgraph.intake.headings import HEADINGS, ORDER
from socialgraph.intake.matching import Cells, joined, pairs, same_but_for_row, to_csv
from socialgraph.intake.scaffold import unbounded, with_expect
from socialgraph.intake.sheets import Sheet, read_sheet
from socialgraph.intake.sources import COLUMNS, OPTIONAL, read_claims, read_source
from socialgraph.intake.tables import read_csv, read_text
from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.findings import Finding
from socialgraph.model.picture import Text
from socialgraph.model.sentences import Wording
from socialgraph.model.vocabulary import Vocabulary

SOURCE, CLAIMS, NOTES = "source.yml", "claims.csv", "notes.md"
_WHEN = ("locator", "since", "until", "status")
_NO_REMARK = Text("", "")
_AMBIGUOUS = Text(
    "flera rader i källan har samma ställe och ändar: läggs till som ny", "several rows of the source have this place and these ends: added as new"
)
_SAY = {
    "sv": {
        "head": "{sheet} till källan {source}", "note": "obs: {}", "row": "rad {}", "empty": "tom", "refused": "refuserade",
        "nothing": "Inget skrivs: rätta de refuserade raderna först.", "same": "Ingenting att skriva: allt står redan i källan.",
        "untouched": "{} rader i källan finns inte i filen; de lämnas som de är.",
        "new": "nya", "changed": "ändrade", "ended": "avslutade", "unchanged": "oförändrade",
    },
    "en": {
        "head": "{sheet} to the source {source}", "note": "note: {}", "row": "row {}", "empty": "empty", "refused": "refused",
        "nothing": "Nothing is written: mend the refused rows first.", "same": "Nothing to write: all of it stands in the source.",
        "untouched": "{} rows of the source are not in the file; they are left as they are.",
        "new": "new", "changed": "changed", "ended": "ended", "unchanged": "unchanged",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row of the sheet: its number there, what becomes of it, what it says, and the cells that change (column, before, after)."""

    verdict: str
    row: int
    said: Text
    cells: tuple[tuple[str, str, str], ...] = ()
    remark: Text = _NO_REMARK

    def text(self, lang: str = "sv") -> str:
        """The row in words, with a line for each changed cell."""
        say, named = _SAY[lang], [(getattr(HEADINGS[c].name, lang), before, after) for c, before, after in self.cells]
        first = f"{say['row'].format(self.row)}: {getattr(self.said, lang)}"
        if self.verdict == "new":
            first += "".join(f", {column.lower()} {after}" for column, _, after in named)
        lines = [first] if self.verdict == "new" else [first, *(f"  {c}: {before or say['empty']} → {after or say['empty']}" for c, before, after in named)]
        return "\n".join(lines + ([f"  {say['note'].format(getattr(self.remark, lang))}"] if self.remark.sv else []))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a sheet would do to a source. `steps` are the files to write, in order; after each of them the source is whole.

    `stands` is what was read: if it has changed since, nothing is written.
    """

    source: str
    sheet: str
    folder: Path
    rows: tuple[Proposed, ...] = ()
    refused: tuple[Finding, ...] = ()
    remarks: tuple[Text, ...] = ()
    untouched: int = 0
    steps: tuple[tuple[str, str], ...] = ()
    stands: tuple[tuple[str, str], ...] = ()

    def of(self, verdict: str) -> list[Proposed]:
        """The rows with one verdict: `new`, `changed`, `ended` or `unchanged`."""
        return [r for r in self.rows if r.verdict == verdict]

    def text(self, lang: str = "sv") -> str:
        """The summary to read before anything is written: figures, remarks, every row that changes, every row refused."""
        say = _SAY[lang]
        figures = [f"{say[v]} {len(self.of(v))}" for v in ("new", "changed", "ended", "unchanged")]
        figures.append(f"{say['refused']} {len({(f.file, f.row) for f in self.refused})}")
        lines = [f"{say['head'].format(sheet=self.sheet, source=self.source)}: {', '.join(figures)}"]
        lines += [f"  {say['note'].format(getattr(remark, lang))}" for remark in self.remarks]
        listed = {v: [r.text(lang) for r in self.of(v)] for v in ("new", "changed", "ended")} | {"refused": [f.text(lang) for f in self.refused]}
        for name, texts in listed.items():
            lines += ["", f"{say[name].capitalize()} ({len(texts)})", *(f"  {line}" for text in texts for line in text.split("\n"))] if texts else []
        last = [say["untouched"].format(self.untouched)] if self.untouched else []
        last += [say["nothing"]] if self.refused else [] if self.steps else [say["same"]]
        return "\n".join(lines + (["", *last] if last else [])) + "\n"


def propose(path: Path, folder: Path, *, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> Proposal:
    """What the rows of a CSV or XLSX file would do to the source in `folder`; writes nothing.

    Raises `ParameterInvalid` if the file cannot be read at all, `ExtraMissing` without python-calamine.
    """
    name = f"data/sources/{folder.name}"
    stands = {file: read_text(folder / file, file)[0] for file in (SOURCE, CLAIMS)}
    sheet = read_sheet(path)
    proposal = Proposal(folder.name, sheet.name, folder, remarks=sheet.remarks, stands=tuple(stands.items()))
    source, findings = read_source(folder, name, entities)
    if source is None or sheet.findings:
        return replace(proposal, refused=(*findings, *sheet.findings))
    gate = _Gate(source, entities, vocabulary)
    old, held, findings = gate.read(folder, name)
    findings = [f for f in findings if f.rule not in ("empty-file", "missing-file")]  # a new source has no rows yet
    new, said, refused = gate.read_sheet(sheet)
    if findings:
        return replace(proposal, refused=(*findings, *refused))
    paired, crowded = pairs(said, held)
    wording = Wording.of_register(entities, vocabulary)
    rows = [_proposed(claim, paired[claim.row], new[claim.row], old, wording, crowded) for claim in said]
    untouched = len(held) - sum(before is not None for before in paired.values())
    proposal = replace(proposal, rows=tuple(rows), untouched=0 if refused else untouched, refused=tuple(refused))
    if refused:
        return proposal
    mended = {before.row: new[r.row] for r in rows if (before := paired[r.row]) and r.verdict != "unchanged"}
    whole = joined([mended.get(number, cells) for number, cells in old.items()], [new[r.row] for r in rows if r.verdict == "new"])
    return gate.finish(proposal, to_csv(whole, former=stands[CLAIMS]), len(whole))


def _proposed(claim: Claim, before: Claim | None, cells: Cells, old: Mapping[int, Cells], wording: Wording, crowded: set[int]) -> Proposed:
    said = wording.sentence(claim)
    if before is None:
        told = tuple((c, "", cells[c]) for c in _WHEN if cells[c])
        return Proposed("new", claim.row, said, told, _AMBIGUOUS if claim.row in crowded else _NO_REMARK)
    if same_but_for_row(claim, before):
        return Proposed("unchanged", claim.row, said)
    changed = tuple((c, old[before.row][c], cells[c]) for c in ORDER if old[before.row][c] != cells[c])
    ended = (claim.until and not before.until) or (claim.status == "ended" != before.status)
    return Proposed("ended" if ended else "changed", claim.row, said, changed)


@dataclass(frozen=True, slots=True)
class _Gate:
    """The gate of a build, with what it needs to know; the number of rows is judged at the end alone."""

    source: Source
    entities: Mapping[str, Entity]
    vocabulary: Vocabulary

    def read(self, folder: Path, name: str) -> tuple[dict[int, Cells], list[Claim], list[Finding]]:
        """Cells by row number, claims and findings of a folder's `claims.csv`."""
        rows, _ = read_csv(folder / CLAIMS, f"{name}/{CLAIMS}", columns=COLUMNS, optional=OPTIONAL)
        claims, findings = read_claims(folder, name, source=unbounded(self.source), entities=self.entities, vocabulary=self.vocabulary)
        return {row.number: row.cells for row in rows}, claims, findings

    def read_sheet(self, sheet: Sheet) -> tuple[dict[int, Cells], list[Claim], list[Finding]]:
        """The same of a sheet; findings name its own rows and headings."""
        with tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / CLAIMS).write_text(sheet.to_csv(), encoding="utf-8", newline="")
            rows, claims, findings = self.read(Path(scratch), sheet.name)
        spelt = dict(sheet.spelt)
        return rows, claims, [replace(f, file=sheet.name, column=spelt.get(f.column, f.column)) for f in findings]

    def finish(self, proposal: Proposal, claims: str, number: int) -> Proposal:
        """The proposal with the files it would write, once these have been read as a build will read them."""
        name, stands = f"data/sources/{proposal.source}", dict(proposal.stands)
        exact = with_expect(stands[SOURCE], number, number)
        with tempfile.TemporaryDirectory() as scratch:
            staged = Path(scratch) / proposal.source
            staged.mkdir()
            for file, text in ((SOURCE, exact), (CLAIMS, claims), (NOTES, "-\n")):
                (staged / file).write_text(text, encoding="utf-8", newline="")
            read, findings = read_source(staged, name, self.entities)
            if read is not None:
                findings = read_claims(staged, name, source=read, entities=self.entities, vocabulary=self.vocabulary)[1]
        return replace(proposal, refused=tuple(findings), steps=self._steps(stands, claims, exact, number))

    def _steps(self, stands: Mapping[str, str], claims: str, exact: str, number: int) -> tuple[tuple[str, str], ...]:
        """Two files cannot be replaced at once: first the bounds are widened to allow both, then the rows, then the bounds are exact."""
        low, high = self.source.expect
        steps = []
        if claims != stands[CLAIMS]:
            if not low <= number <= high:
                steps.append((SOURCE, with_expect(stands[SOURCE], min(low, number), max(high, number))))
            steps.append((CLAIMS, claims))
        if (low, high) != (number, number):
            steps.append((SOURCE, exact))
        return tuple(steps)


def write(proposal: Proposal) -> list[Path]:
    """The files of the source written as proposed, each replaced whole; killed between two of them, the source can be built.

    Raises `ParameterInvalid`, and writes nothing, if a row was refused or the source has changed since it was read.
    """
    if proposal.refused:
        raise ParameterInvalid(f"nothing is written: {len(proposal.refused)} findings in {proposal.sheet}; mend them and import again")
    for file, text in proposal.stands:
        if read_text(proposal.folder / file, file)[0] != text:
            raise ParameterInvalid(f"nothing is written: {proposal.folder / file} has changed since the summary was made; import again")
    for file, text in proposal.steps:
        _put(proposal.folder / file, text)
    return list(dict.fromkeys(proposal.folder / file for file, _ in proposal.steps))


def _put(path: Path, text: str) -> None:
    scratch = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        scratch.write_text(text, encoding="utf-8", newline="")
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
