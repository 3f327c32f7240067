"""The question catalogue: `queries/**/*.rq`, each a header in `#+` lines (after grlc) and plain SPARQL 1.1.

A parameter is written `$name` and rendered as an escaped RDF term before the engine sees the text: an engine's own
substitutions do not reach sub-selects and can keep every row silently. Optional parameters stand in a VALUES block and
render as `UNDEF`. The parameter `mode` renders two properties, `$mode_from` and `$mode_until`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from socialgraph.errors import ParameterInvalid, QuestionInvalid, UnknownQuestion
from socialgraph.model.dates import last_day
from socialgraph.model.ids import PREFIXES
from socialgraph.model.relations import MODES
from socialgraph.model.vocabulary import Labels, near

KINDS = ("day", "mode", "entity", "county", "source", "kind", "concept", "text", "integer")
_MODE = {"certain": ("certainFrom", "certainUntil"), "presumed": ("certainFrom", "presumedUntil"), "possible": ("possibleFrom", "possibleUntil")}
_PREFIX = {"entity": "sgd", "county": "sgd", "source": "sgs", "kind": "sg", "concept": "sgc"}
_OF = {"county": ("County",)}
"""Parameter kinds that are entities of one kind."""
_TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # in C where there is one
_VARIABLE = re.compile(r"\$(\w+)")
_ID = re.compile(r"[A-Za-z0-9_-]+")
_INTEGER = re.compile(r"-?[0-9]+")
_ESCAPE = re.compile(r"\\([uU])")
_LANGUAGES = {"sv", "en"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed parameter of a question; `required` is false if it has a default or may be left out.

    `of` narrows what may be given: kinds of entity; concept schemes; or, of a kind, `relation`, `fact`, `entity`.
    """

    name: str
    kind: str
    label: Labels
    default: str = ""
    optional: bool = False
    of: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether the asker must give a value; day and mode never, they have defaults of their own."""
        return not (self.optional or self.default or self.kind in ("day", "mode"))


@dataclass(frozen=True, slots=True)
class Question:
    """One `.rq`: its name is the file's name, its theme the folder's.

    `coverage` names the themes of `queries/gaps/coverage.rq` whose gaps could make an empty answer look like a zero;
    `without_evidence` says why rows have no witnesses, where they have none.
    """

    name: str
    theme: str
    title: Labels
    description: Labels
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Labels]
    tags: tuple[str, ...]
    example: Mapping[str, str]
    sparql: str
    file: str = ""
    severity: str = "error"
    coverage: tuple[str, ...] = ()
    without_evidence: Labels = field(default_factory=dict)

    @property
    def days(self) -> tuple[str, ...]:
        """The names of the parameters that are days."""
        return tuple(p.name for p in self.parameters if p.kind == "day")

    @property
    def mode(self) -> str:
        """The mode the question is asked in when none is named."""
        return next((p.default for p in self.parameters if p.kind == "mode" and p.default), "presumed")

    def parameter(self, name: str) -> Parameter:
        """A parameter by name. Raises `ParameterInvalid`."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(p.name for p in self.parameters) or "none"
        raise ParameterInvalid(
            f"question '{self.name}' has no parameter '{name}'; it has: {known}", sv=f"frågan '{self.name}' har ingen parameter '{name}'; den har: {known}"
        )

    def render(self, values: Mapping[str, str], lang: str = "sv") -> str:
        """The SPARQL text with every parameter replaced by an escaped RDF term, and `$lang` by the language.

        Raises `ParameterInvalid`.
        """
        terms = {"lang": _text(lang)}
        for name in values:
            self.parameter(name)
        for parameter in self.parameters:
            value = str(values.get(parameter.name) or parameter.default)
            if parameter.kind == "mode":
                terms |= _mode(value or "presumed")
            elif not value and not parameter.optional:
                raise ParameterInvalid(
                    f"question '{self.name}' needs a value for '{parameter.name}' ({parameter.kind})",
                    sv=f"frågan '{self.name}' behöver ett värde: {parameter.name}=… ({parameter.label['sv']})",
                )
            else:
                terms[parameter.name] = term(parameter.kind, value) if value else "UNDEF"
        return _VARIABLE.sub(lambda m: terms[m[1]] if m[1] in terms else m[0], self.sparql)


def _mode(value: str) -> dict[str, str]:
    if value not in MODES:
        raise ParameterInvalid(f"mode '{value}' is none of {', '.join(MODES)}")
    return {f"mode_{side}": f"<{PREFIXES['sg']}{prop}>" for side, prop in zip(("from", "until"), _MODE[value], strict=True)}


def term(kind: str, value: str) -> str:
    r"""A value as a SPARQL term of a parameter kind: an IRI for ids, a typed or plain literal for the rest.

    >>> print(term("text", 'x"} #'))
    "x\"} #"
    """
    if kind in _PREFIX:
        if not _ID.fullmatch(value):
            raise ParameterInvalid(
                f"'{value}' is no {kind} id; an id has letters, digits and hyphens", sv=f"'{value}' är inget id; ett id har bokstäver, siffror och bindestreck"
            )
        return f"<{PREFIXES[_PREFIX[kind]]}{value}>"
    if kind == "day":
        return str(ox.Literal(last_day(value).isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date")))
    if kind == "integer":
        if not _INTEGER.fullmatch(value):
            raise ParameterInvalid(f"'{value}' is not a whole number", sv=f"'{value}' är inget heltal")
        return value
    return _text(value)


def _text(value: str) -> str:
    """A plain literal. rdflib expands code point escapes before it looks at backslashes, so none may seem to be there."""
    parts = [str(ox.Literal(part))[1:-1] for part in _ESCAPE.split(value)]
    escapes = [f"\\\\\\U{ord(letter):08X}" for letter in _ESCAPE.findall(value)]
    return '"' + "".join(part + escape for part, escape in zip(parts[::2], [*escapes, ""], strict=True)) + '"'


NO_THEMES = ("checks", "exports", "rules", "views")
"""Folders of queries that are no questions: checks, exports, rules of the build, the queries behind pages."""


class Catalogue:
    """The questions of a folder by name, read when asked for; `checks/` are kept apart: they must give no rows.

    Raises `QuestionInvalid` if two themes have a question of one name.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        files = sorted(folder.glob("*/*.rq"))
        self._checks = [p for p in files if p.parent.name == "checks"]
        asked = [p for p in files if p.parent.name not in NO_THEMES]
        self._questions = {p.stem: p for p in asked}
        self._held: dict[str, Question] = {}
        for path in asked:
            if path != self._questions[path.stem]:
                raise QuestionInvalid(f"{path.parent.name}/{path.name}: {self._questions[path.stem].parent.name}/ has a question of that name too; rename one")

    @property
    def questions(self) -> dict[str, Question]:
        """Every question by name."""
        return {name: self[name] for name in self._questions}

    @cached_property
    def themes(self) -> dict[str, Labels]:
        """The themes in the order they are listed, with their labels (`themes.yml`)."""
        path = self._folder / "themes.yml"
        return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=_TEXTS)) if path.is_file() else {}  # noqa: S506

    def text(self, folder: str, name: str) -> str:
        """The text of a query that is no question: one of `NO_THEMES` and a name. Raises `UnknownQuestion`."""
        path = self._folder / folder / f"{name}.rq"
        if not path.is_file():
            raise UnknownQuestion(f"there is no query {folder}/{name}.rq in {self._folder}")
        return path.read_text(encoding="utf-8")

    def export(self, name: str) -> Question:
        """A query of `exports/`, by name. Raises `UnknownQuestion`."""
        self.text("exports", name)
        return _read(self._folder / "exports" / f"{name}.rq", self._folder)

    @property
    def checks(self) -> dict[str, Question]:
        """Every check query by name."""
        return {p.stem: _read(p, self._folder) for p in self._checks}

    def __contains__(self, name: str) -> bool:
        return name in self._questions

    def __getitem__(self, name: str) -> Question:
        if name not in self._questions:
            words = near(name, self._questions) or sorted(self._questions)[:6]
            raise UnknownQuestion(
                f"there is no question '{name}'; near: {', '.join(words)}. All of them: socialgraph query",
                sv=f"det finns ingen fråga '{name}'; nära: {', '.join(words)}. Alla: socialgraph query",
            )
        if name not in self._held:
            self._held[name] = _read(self._questions[name], self._folder)
        return self._held[name]


def _read(path: Path, folder: Path) -> Question:
    name = path.relative_to(folder.parent).as_posix()
    header: list[str] = []
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        (header if line.startswith("#+") else lines).append(line.removeprefix("#+"))
    try:
        data = yaml.load("\n".join(header), Loader=_TEXTS)  # noqa: S506 (makes only texts, lists and mappings)
        question = _question(data, path, name, "\n".join(lines).strip() + "\n")
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise QuestionInvalid(f"{name}: the #+ header cannot be read ({error}); see queries/README.md for its form") from error
    declared = {p.name for p in question.parameters if p.kind != "mode"}
    declared |= {"lang"} & set(_VARIABLE.findall(question.sparql))  # given always, needs no header
    if any(p.kind == "mode" for p in question.parameters):
        declared |= {"mode_from", "mode_until"}
    used = set(_VARIABLE.findall(question.sparql))
    if used != declared:
        raise QuestionInvalid(f"{name}: parameters in the header and in the text differ: {', '.join(sorted(used ^ declared))}")
    for parameter in question.parameters:
        block = rf"VALUES\s+\?{parameter.name}\s*\{{\s*\${parameter.name}\s*\}}"
        if parameter.optional and parameter.name in _VARIABLE.findall(re.sub(block, "", question.sparql)):
            raise QuestionInvalid(f"{name}: the optional parameter '{parameter.name}' may stand only in VALUES ?{parameter.name} {{ ${parameter.name} }}")
    return question


def _question(data: Mapping[str, Any], path: Path, name: str, sparql: str) -> Question:
    parameters = tuple(
        Parameter(p["name"], p["kind"], p["label"], p.get("default", ""), p.get("optional") == "true", tuple(p.get("of") or _OF.get(p["kind"], ())))
        for p in data.get("parameters") or []
    )
    labels = {"title": data["title"], "description": data["description"], **{p.name: p.label for p in parameters}, **(data.get("columns") or {})}
    labels |= {"without_evidence": data["without_evidence"]} if "without_evidence" in data else {}
    for key, label in labels.items():
        if not isinstance(label, Mapping) or not label.keys() >= _LANGUAGES:
            raise QuestionInvalid(f"{name}: '{key}' needs a text in Swedish and one in English: {{sv: …, en: …}}")
    for parameter in parameters:
        if parameter.kind not in KINDS:
            raise QuestionInvalid(f"{name}: parameter '{parameter.name}' has kind '{parameter.kind}'; kinds are {', '.join(KINDS)}")
    return Question(
        path.stem, path.parent.name, data["title"], data["description"], parameters, data.get("columns") or {}, tuple(data.get("tags") or ()),
        data.get("example") or {}, sparql, name, data.get("severity", "error"), tuple(data.get("coverage") or ()), data.get("without_evidence") or {},
    )  # fmt: skip
