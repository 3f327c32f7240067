"""A new source folder, whole or not at all; and the one figure in `source.yml` that the program writes: how many claims to expect.

A folder is made beside the others, read as a build reads it, and only then renamed into its place.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from socialgraph.intake.headings import ORDER
from socialgraph.intake.sources import read_source
from socialgraph.model.claims import Entity, Source
from socialgraph.model.findings import Finding
from socialgraph.model.ids import is_slug

_NOTES = """# {title}

## Läsning
- p0: rubrik.

## Datering
{dating}

## Avstämning

## Utanför
"""
_DATING = {"stated": "Dagen står i källan.", "inferred": "Härledd: {note}"}


def new_source(folder: Path, source: Source, *, entities: Mapping[str, Entity]) -> tuple[Path | None, list[Finding]]:
    """The folder made for a source in `folder` (`data/sources`), or none with the findings that say why.

    It holds `source.yml`, the header of `claims.csv` and the headings of `notes.md`, and expects no claims yet. A folder
    that is there already is never touched. Until it has rows a build stops at its `claims.csv` ("empty-file"): a source
    that says nothing is no source.
    """
    name, target = f"data/sources/{source.id}", folder / source.id
    if not is_slug(source.id):  # said before it becomes a path
        return None, [Finding("bad-slug", "data/sources", found=source.id)]
    if target.exists():
        return None, [_taken(source.id)]
    scratch = Path(tempfile.mkdtemp(prefix=".new-source-", dir=folder.parent))  # not in data/sources, where a build would take it for a source
    try:
        made = scratch / source.id
        made.mkdir()
        for file, text in _files(source).items():
            (made / file).write_text(text, encoding="utf-8", newline="")
        _, findings = read_source(made, name, entities)
        if findings:
            return None, findings
        try:
            made.rename(target)
        except OSError:
            if not target.exists():
                raise
            return None, [_taken(source.id)]  # somebody else was quicker
        return target, []
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _taken(id: str) -> Finding:
    return Finding("duplicate-id", "data/sources", found=id, detail=f"data/sources/{id}")


def _files(source: Source) -> dict[str, str]:
    told = {
        "title": source.title, "publisher": source.publisher, "author": list(source.authors), "published": source.published,
        "published_basis": source.published_basis, "published_note": source.published_note, "url": source.url, "retrieved": source.retrieved,
        "language": source.language, "licence": source.licence, "kind": source.kind,
        "copies": [{k: v for k, v in (("document", c.document), ("url", c.url), ("note", c.note)) if v} for c in source.copies],
    }  # fmt: skip
    text = yaml.safe_dump({k: v for k, v in told.items() if v}, allow_unicode=True, sort_keys=False, width=10_000)
    header = io.StringIO()
    csv.writer(header, lineterminator="\n").writerow(ORDER)
    dating = _DATING.get(source.published_basis, "").format(note=source.published_note)
    return {"source.yml": with_expect(text, 0, 0), "claims.csv": header.getvalue(), "notes.md": _NOTES.format(title=source.title, dating=dating)}


def with_expect(text: str, low: int, high: int) -> str:
    r"""The text of a `source.yml` with other bounds for the number of claims, and every other character as it was.

    >>> with_expect("title: x\nexpect: {claims: {min: 3, max: 3}}  # counted\n", 4, 4)
    'title: x\nexpect: {claims: {min: 4, max: 4}}  # counted\n'
    """
    claims = _child(_child(yaml.compose(text, Loader=yaml.BaseLoader), "expect"), "claims")
    least, most = _child(claims, "min"), _child(claims, "max")
    if isinstance(least, yaml.ScalarNode) and isinstance(most, yaml.ScalarNode):
        spots = sorted((node.start_mark.index, node.end_mark.index, value) for node, value in ((least, low), (most, high)))
        for start, end, value in reversed(spots):
            text = f"{text[:start]}{value}{text[end:]}"
        return text
    return f"{text.rstrip()}\nexpect:\n  claims:\n    min: {low}\n    max: {high}\n"


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def unbounded(source: Source) -> Source:
    """The source with any number of claims allowed: for reading rows before it is known how many there will be."""
    return replace(source, expect=(0, 1_000_000_000))
