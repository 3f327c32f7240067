"""The workbook that is handed out to be filled in: what its drop-downs offer, and the rows a source has already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from socialgraph.intake import workbook
from socialgraph.intake.sources import COLUMNS, OPTIONAL
from socialgraph.intake.tables import read_csv
from socialgraph.intake.workbook import Choices
from socialgraph.model.claims import Entity, Source
from socialgraph.model.vocabulary import Concept, FactKind, RelationKind, Vocabulary, in_language


def template(path: Path, *, entities: Mapping[str, Entity], vocabulary: Vocabulary, source: tuple[Source, Path] | None = None, lang: str = "sv") -> Path:
    """Write the workbook; with a source and its folder it holds the source's rows and offers its documents.

    Sent back unchanged it changes nothing. Raises `ParameterInvalid` if the file exists.
    """
    rows = [row.cells for row in read_csv(source[1] / "claims.csv", "claims.csv", columns=COLUMNS, optional=OPTIONAL)[0]] if source else []
    return workbook.write(path, rows=rows, choices=choices(vocabulary, entities, source[0] if source else None, lang), lang=lang)


def choices(vocabulary: Vocabulary, entities: Mapping[str, Entity], source: Source | None, lang: str) -> list[Choices]:
    """What each drop-down offers, ordered by id; where a cell may hold several items, or others, the list only helps."""
    topics = vocabulary.in_scheme("topic-scheme") | vocabulary.in_scheme("counted-scheme")
    return [
        Choices(("kind",), _labelled((*vocabulary.relation_kinds.values(), *vocabulary.fact_kinds.values()), lang), only=True),
        Choices(("from", "to", "person", "about"), tuple((e.id, e.name(lang)) for _, e in sorted(entities.items())), only=True),
        Choices(("basis",), _labelled(vocabulary.in_scheme("basis-scheme").values(), lang), only=True),
        Choices(("status",), _labelled(vocabulary.in_scheme("status-scheme").values(), lang), only=True),
        Choices(("topic",), _labelled(topics.values(), lang), only=False),
        Choices(("documents",), tuple((c.document, c.note) for c in source.copies) if source else (), only=False),
    ]


def _labelled(words: Iterable[RelationKind | FactKind | Concept], lang: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((w.id, in_language(w.label, lang)) for w in words))
