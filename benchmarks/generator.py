"""A seeded generator of this domain: projects of any size in the shape of the real claims.

A generated source is a real one told anew: of other entities of the same kinds, some years earlier, with every seventh
mention going to an entity of another set, so that the sets hang together. Kinds, qualifiers, lengths of time, vague dates,
statuses and claims per source are therefore those of the domain; the entities grow with the claims. The same size and seed
give the same files. `python benchmarks/generator.py FOLDER --triples N [--seed S]`.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
PER_CLAIM = 33.5
"""Quads for each claim, its share of entities and sources included, as measured on the real data; the ontology comes on top."""
ONTOLOGY = 2600
ENDS = ("from", "to", "person", "about")
NUMBERS = ("organisation_number", "code", "ror", "wikidata", "orcid", "website")
STRANGERS = 1 / 7
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


def project(folder: Path, triples: int, *, seed: int = 1) -> Path:
    """Write a project of about so many triples into a new folder."""
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    dice = random.Random(seed)
    sources, register = _real_sources(), _real_register()
    used: dict[tuple[str, int], str] = {}
    claims, turn, wanted = 0, 0, max(1, int((triples - ONTOLOGY) / PER_CLAIM))
    sets = max(1, round(wanted / sum(len(rows) for _, _, rows in sources)))
    while claims < wanted:
        for slug, told, rows in dice.sample(sources, len(sources)):
            if claims >= wanted:
                break
            _source(folder / "data" / "sources" / f"{slug}-{turn}", told, rows, turn % sets, sets, dice, used)
            claims += len(rows)
        turn += 1
    _entities(folder / "data" / "entities", register, used)
    return folder


def _real_sources() -> list[tuple[str, dict[str, Any], list[dict[str, str]]]]:
    found = []
    for folder in sorted(p for p in (ROOT / "data" / "sources").iterdir() if p.is_dir()):
        told = yaml.load((folder / "source.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        told.pop("expect", None)
        with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
            found.append((folder.name, told, list(csv.DictReader(file))))
    return found


def _real_register() -> dict[str, tuple[str, dict[str, str]]]:
    found = {}
    for path in sorted((ROOT / "data" / "entities").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["id"]: (path.name, row) for row in csv.DictReader(file)}
    return found


def _named(id: str, number: int) -> str:
    return f"{id}-{number}" if number else id


def _source(
    folder: Path, told: dict[str, Any], rows: list[dict[str, str]], number: int, sets: int, dice: random.Random, used: dict[tuple[str, int], str]
) -> None:
    """A real source, of the entities of one set, and now and then of another."""
    folder.mkdir(parents=True)
    back = dice.randint(0, 5)

    def of(id: str) -> str:
        which = dice.randrange(sets) if dice.random() < STRANGERS else number
        used.setdefault((id, which), folder.name)
        return _named(id, which)

    def earlier(text: str) -> str:
        return _YEAR.sub(lambda year: str(int(year[0]) - back), text)

    authors = told.get("author", [])
    whole = {**told, "publisher": of(told["publisher"]), "published": earlier(told["published"])}
    if authors:
        whole["author"] = [of(id) for id in ([authors] if isinstance(authors, str) else authors)]
    (folder / "source.yml").write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (folder / "notes.md").write_text("# Generated\n", encoding="utf-8")
    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            ends = {column: of(row[column]) for column in ENDS if row.get(column)}
            writer.writerow({**row, **ends, "since": earlier(row["since"]), "until": earlier(row["until"])})


def _entities(folder: Path, register: dict[str, tuple[str, dict[str, str]]], used: dict[tuple[str, int], str]) -> None:
    """The rows of every entity that is named, and of those their rows name."""
    folder.mkdir(parents=True)
    waiting = list(used.items())
    while waiting:
        (id, number), source = waiting.pop()
        row = register[id][1]
        for other in filter(None, (row["part_of"], row["county"])):
            if (other, number) not in used:
                used[other, number] = source
                waiting.append(((other, number), source))
    by_file: dict[str, list[dict[str, str]]] = {}
    for (id, number), source in sorted(used.items()):
        file, row = register[id]
        by_file.setdefault(file, []).append(_row(row, number, source))
    for file, rows in sorted(by_file.items()):
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _row(row: dict[str, str], number: int, source: str) -> dict[str, str]:
    ours = {"source": source, "id": _named(row["id"], number)}
    ours |= {column: _named(row[column], number) for column in ("part_of", "county") if row[column]}
    if number:
        names = "|".join(f"{name} {number}" for name in row["alt_names"].split("|") if name)
        ours |= {"name_sv": f"{row['name_sv']} {number}", "name_en": f"{row['name_en']} {number}".strip() if row["name_en"] else "", "alt_names": names}
        ours |= dict.fromkeys(NUMBERS, "")  # a number of a register belongs to one
        ours["abbreviation"] = f"{row['abbreviation']}{number}" if row["abbreviation"] else ""
    return {**row, **ours}


def sizes(text: str) -> Iterator[int]:
    """Sizes as people write them.

    >>> list(sizes("10k,1M"))
    [10000, 1000000]
    """
    for part in text.split(","):
        yield int(float(part.rstrip("kM")) * {"k": 1_000, "M": 1_000_000}.get(part[-1], 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", default="100k")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    project(asked.folder, next(sizes(asked.triples)), seed=asked.seed)


if __name__ == "__main__":
    main()
