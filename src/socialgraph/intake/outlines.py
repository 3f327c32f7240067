"""Reading the outlines of reports: `queries/reports/<name>.yml`, or a user's own folder of them, which comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from socialgraph.errors import OutlineInvalid, UnknownName
from socialgraph.intake.sources import TEXTS
from socialgraph.model.outline import CHARTS, Chapter, Outline, Part
from socialgraph.model.vocabulary import near

_MAKES = ("figures", "table", "prose", "chart", "text", "gaps", "events", "source")


def names(folders: Sequence[Path]) -> list[str]:
    """The names of the reports there are."""
    return sorted({path.stem for folder in folders for path in folder.glob("*.yml")})


def read_outline(name: str, folders: Sequence[Path]) -> Outline:
    """The outline of a report, from the first folder that has it. Raises `UnknownName`, `OutlineInvalid`."""
    path = next((folder / f"{name}.yml" for folder in folders if (folder / f"{name}.yml").is_file()), None)
    if path is None or Path(name).name != name:
        close = ", ".join(near(name, names(folders)) or names(folders))
        raise UnknownName(f"no report '{name}'; there are: {close}", sv=f"ingen rapport '{name}'; det finns: {close}")
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=TEXTS)  # noqa: S506 (makes only texts, lists and mappings)
    except yaml.YAMLError as error:
        raise OutlineInvalid(f"{path.name}: {error}") from error
    try:
        return _outline(name, data)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise OutlineInvalid(f"{path.name} is no outline of a report: {error!r}; queries/reports/county.yml shows how one is written") from error


def _outline(name: str, data: Mapping[str, Any]) -> Outline:
    about = data.get("of", [])
    chapters = tuple(Chapter(_labels(c["heading"]), tuple(map(_part, c["parts"]))) for c in data["chapters"])
    of = tuple(about) if isinstance(about, list) else ()
    title, lead = _labels(data["title"]), _labels(data.get("lead", {"sv": "", "en": ""}))
    return Outline(name, title, lead, of, data.get("mode", "possible"), chapters, source=about == "source", since=data.get("since") == "true")


def _part(data: Mapping[str, Any]) -> Part:
    make = next((m for m in _MAKES if m in data), "")
    if not make:
        raise ValueError(f"{dict(data)} makes none of {', '.join(_MAKES)}")
    told = data[make]
    if make == "figures":
        return Part(make, parts=tuple(_question("figure", each) for each in told))
    if make == "text":
        return Part(make, label=_labels(told))
    if make in ("gaps", "events", "source"):
        return Part(make, label=_labels(data["label"]) if "label" in data else {}, chart=str(told))
    if make == "chart" and told not in CHARTS:
        raise ValueError(f"no chart '{told}'; there are {', '.join(CHARTS)}")
    if make == "chart":
        return _question(make, {"question": "", **data}, chart=told)
    return _question(make, {**data, "question": told})


def _question(make: str, data: Mapping[str, Any], *, chart: str = "") -> Part:
    where = {column: tuple(v if isinstance(v, list) else [v]) for column, v in data.get("where", {}).items()}
    return Part(
        make, data["question"], dict(data.get("given", {})), where, tuple(data.get("columns", ())), _labels(data["label"]) if "label" in data else {},
        data.get("value", ""), data.get("count", ""), chart,
    )  # fmt: skip


def _labels(data: Mapping[str, str]) -> dict[str, str]:
    return {"sv": data["sv"], "en": data["en"]}
