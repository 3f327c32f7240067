"""Stories: `data/stories/*.yml`, told steps over the graph, read strictly. Steps name relations by id, and so follow the data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from socialgraph.errors import DateNotUnderstood
from socialgraph.model.dates import last_day
from socialgraph.model.findings import Finding
from socialgraph.model.holdings import Holdings
from socialgraph.model.picture import Story, StoryStep, Text, day_number
from socialgraph.model.vocabulary import near

_FIELDS = ("title", "text", "day", "since", "kinds", "focus", "depth", "entities", "relations")
_LEAST, _MOST = 1, 3


def read_stories(folder: Path, name: str, holdings: Holdings) -> tuple[list[Story], list[Finding]]:
    """The stories of a folder, by file name, and what was wrong in them; `name` is how findings call the folder.

    A relation that is no longer there is a warning, and is left out of its step; a step that cannot be read is an error.
    """
    stories: list[Story] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() else []:
        file = f"{name}/{path.name}"
        try:
            told = yaml.safe_load(path.read_text(encoding="utf-8"))
            title, steps = _text(told["title"]), list(told["steps"])
        except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
            findings.append(Finding("bad-story", file, found=" ".join(str(error).split())[:120]))
            continue
        read = [_step(step, number, file, holdings) for number, step in enumerate(steps, 1)]
        findings += [finding for _, found in read for finding in found]
        stories.append(Story(path.stem, title, tuple(step for step, _ in read if step)))
    return stories, findings


def _step(step: Any, number: int, file: str, holdings: Holdings) -> tuple[StoryStep | None, list[Finding]]:
    try:
        if unknown := [str(field) for field in step if field not in _FIELDS]:
            return None, [Finding("bad-story", file, number, unknown[0], unknown[0])]
        day, since = (day_number(last_day(str(step[f]))) if step.get(f) else None for f in ("day", "since"))
        title, text, depth = _text(step["title"]), _text(step["text"]), int(step.get("depth", 1))
        named = [str(id) for id in step.get("relations", ())]
        entities, focus = tuple(map(str, step.get("entities", ()))), str(step.get("focus", ""))
        kinds = tuple(map(str, step.get("kinds", ())))
    except (KeyError, TypeError, ValueError, AttributeError, DateNotUnderstood) as error:
        return None, [Finding("bad-story", file, number, found=" ".join(str(error).split())[:120])]
    if day is None or not _LEAST <= depth <= _MOST:
        return None, [Finding("bad-story", file, number, "day" if day is None else "depth", "" if day is None else str(depth))]
    known = holdings.entities
    findings = [Finding("unknown-entity", file, number, "entities", id, ", ".join(near(id, known))) for id in (*entities, focus) if id and id not in known]
    kinds_known = holdings.vocabulary.relation_kinds
    findings += [Finding("unknown-kind", file, number, "kinds", kind, ", ".join(near(kind, kinds_known))) for kind in kinds if kind not in kinds_known]
    if findings:
        return None, findings
    ids = {id: [r.id for r in holdings.relations if len(id) >= 8 and r.id.startswith(id)] for id in named}
    gone = [Finding("relation-gone", file, number, "relations", id, severity="warning") for id, found in ids.items() if len(found) != 1]
    return StoryStep(title, text, day, since, kinds, focus, depth, entities, tuple(f[0] for f in ids.values() if len(f) == 1)), gone


def _text(told: Mapping[str, str]) -> Text:
    return Text(str(told["sv"]), str(told["en"]))
