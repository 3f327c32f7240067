"""The documentation says what the program does: commands run, printed output is what is printed, references are whole.

Run as a program it renews what is generated: `.venv/bin/python tests/docs/test_docs.py`.
"""

from __future__ import annotations

import inspect
import io
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import cached_property, partial
from pathlib import Path
from types import FunctionType

import pytest
import rdflib
from click.testing import CliRunner
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from socialgraph import SocialGraph, Table, View, errors
from socialgraph.cli import main
from socialgraph.intake import entities, sources
from socialgraph.intake.tables import has_contact_data
from socialgraph.model.ids import PREFIXES
from socialgraph.model.vocabulary import Vocabulary
from socialgraph.rdf import ontology
from socialgraph.rdf.queries import Catalogue, Parameter

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(p for p in ROOT.glob("docs/**/*.md") if "_build" not in p.parts), *sorted(ROOT.glob("*.md")),
    ROOT / "data" / "README.md", ROOT / "ontology" / "README.md",
]  # fmt: skip
NAMES = [p.relative_to(ROOT).as_posix() for p in PAGES]
SWEDISH = {"docs/tutorial.md"}
SHELL, KINDS, README = ROOT / "docs/reference/shell.md", ROOT / "docs/reference/kinds.md", ROOT / "README.md"
ONTOLOGY = ROOT / "docs/reference/ontology.md"
TUTORIALS = [ROOT / f"docs/tutorial-{name}.md" for name in ("python", "county", "people", "excel")]
QUESTIONS = ROOT / "docs/reference/questions.md"
FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
PRINTED = re.compile(r"^```sh\n(?P<command>(?:(?!```).)*?)\n```\n\n```text\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)
HELD = re.compile(r"is (\d+) claims from (\d+) sources")
RENEW = "renew it with: .venv/bin/python tests/docs/test_docs.py"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, info: str) -> list[str]:
    return [body for _, found, body in FENCE.findall(text) if found.strip() == info]


def commands(block: str) -> Iterator[list[str]]:
    """The commands of a shell block; a quoted text may run over several lines."""
    waiting = ""
    for line in block.splitlines():
        waiting += line + "\n"
        try:
            words = shlex.split(waiting, comments=True)
        except ValueError:  # the quotation goes on
            continue
        if words:
            yield words
        waiting = ""
    assert not waiting.strip(), f"a quotation is not closed: {waiting}"


RUN = [
    pytest.param(name, words, id=f"{name}: {' '.join(' '.join(words).split())[:90]}")
    for name in NAMES
    for block in blocks(read(name), "sh")
    for words in commands(block)
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _copy(tmp_path_factory.mktemp("docs"))


def _copy(folder: Path) -> Path:
    for part in ("data", "ontology", "queries"):
        shutil.copytree(ROOT / part, folder / part)
    SocialGraph.build(folder)
    return folder


def run(words: list[str], name: str):
    lang = "sv" if name in SWEDISH else "en"
    return CliRunner().invoke(main, words, prog_name="socialgraph", env={"SOCIALGRAPH_LANG": lang})


def masked(text: str) -> str:
    return re.sub(r"\b(build|bygge)([ =])[0-9a-f]{12}", r"\1\2…", text)


# ── what is shown, run


@pytest.mark.parametrize(("name", "words"), RUN)
def test_command_runs_and_gives_rows(name: str, words: list[str], project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert words[0] == "socialgraph", "only socialgraph commands are run; mark other blocks ```sh no-run"
    monkeypatch.chdir(project)
    result = run(words[1:], name)
    assert result.exit_code == 0, result.output
    assert _rows(words, result.stdout) > 0, result.output


def _rows(words: list[str], printed: str) -> int:
    form = words[words.index("--format") + 1] if "--format" in words else "table"
    if "-o" in words:
        written = Path(words[words.index("-o") + 1])
        if form in ("xlsx", "table"):
            return written.stat().st_size
        printed = written.read_text(encoding="utf-8")
    if words[1] not in ("find", "show", "why", "query", "sparql") and (words[1] != "changes" or words[2].startswith("-")):
        return 1
    if form == "map":
        return printed.count("<tr") - 1
    if form == "csv":
        return len(printed.splitlines()) - 1
    if form == "json":
        return len(json.loads(printed)["rows"])
    count = re.search(r"^(\d+) (?:rad|rader|row|rows)$", printed, re.MULTILINE)
    assert count, printed
    return int(count[1])


@pytest.mark.parametrize("name", [n for n in NAMES if PRINTED.search(read(n))])
def test_printed_output_is_what_is_printed(name: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert _printed(name) == read(name), RENEW


def _printed(name: str) -> str:
    def answer(match: re.Match[str]) -> str:
        (words,) = commands(match["command"])
        return f"```sh\n{match['command']}\n```\n\n```text\n{masked(run(words[1:], name).stdout)}```"

    return PRINTED.sub(answer, read(name))


def test_python_blocks_run_in_order(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(project)
    names: dict[str, object] = {}
    found = blocks(read("docs/how-to/python.md"), "python")
    assert len(found) > 4
    for number, block in enumerate(found, 1):
        exec(compile(block, f"docs/how-to/python.md, block {number}", "exec"), names)  # noqa: S102
        assert capsys.readouterr().out.strip(), f"block {number} prints nothing"


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_a_python_tutorial_prints_what_it_says(path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert len(NOTEBOOK.findall(path.read_text(encoding="utf-8"))) >= 4
    assert _notebook(path) == path.read_text(encoding="utf-8"), RENEW


NOTEBOOK = re.compile(r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)


def _notebook(path: Path) -> str:
    """A tutorial with what its blocks print, run in order."""
    names: dict[str, object] = {}

    def answer(match: re.Match[str]) -> str:
        with redirect_stdout(io.StringIO()) as out:
            exec(compile(match["code"], path.name, "exec"), names)  # noqa: S102
        printed = "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines())
        assert printed, match["code"]
        return f"```python\n{match['code']}```\n\n```text\n{printed}\n```"

    return NOTEBOOK.sub(answer, path.read_text(encoding="utf-8"))


def test_readme_counts_what_is_held(project: Path) -> None:
    assert _held(README.read_text(encoding="utf-8"), project) == README.read_text(encoding="utf-8"), RENEW


def _held(text: str, project: Path) -> str:
    counts = SocialGraph.open(project).built.counts
    said, number = HELD.subn(f"is {counts['claims']} claims from {counts['sources']} sources", text)
    assert number == 1, "README says how many claims and sources there are, once"
    return said


# ── what is said, whole


def test_readme_opens_with_the_two_commands() -> None:
    text = read("README.md")
    assert FENCE.search(text)[3] == "make run\nmake test\n"
    assert not text[: text.index("```")].removeprefix("# socialgraph").strip()


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    shown = {}
    for name in NAMES:
        if name == "docs/reference/shell.md":
            continue
        text = read(name)
        code = [*blocks(text, "sh"), *blocks(text, "sh no-run"), *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))]
        for word in re.findall(r"(?:^|/|\s)socialgraph ([a-z][a-z-]+)", "\n".join(code)):
            shown.setdefault(word, name)
    unknown = {word: name for word, name in shown.items() if word not in main.commands}
    assert not unknown, f"no such command: {unknown}"
    assert set(main.commands) <= set(shown), f"never shown: {set(main.commands) - set(shown)}"


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for name in NAMES:
        code = "\n".join(re.findall(r"`+(?:sh no-run\n)?([^`]+)`+", read(name)))
        named = set(re.findall(r"(?:^|\n)make ([a-z]+)", code))
        assert named <= targets, f"{name}: {named - targets}"


def test_shell_reference_is_the_real_help() -> None:
    assert SHELL.read_text(encoding="utf-8") == shell_reference(), RENEW


def test_kinds_are_those_of_the_ontology() -> None:
    assert KINDS.read_text(encoding="utf-8") == kinds_reference(ontology.read(ROOT / "ontology")), RENEW


def test_the_ontology_reference_has_every_term_with_its_definition() -> None:
    text = ONTOLOGY.read_text(encoding="utf-8")
    assert text == ontology_reference(ROOT / "ontology"), RENEW
    vocabulary = ontology.read(ROOT / "ontology")
    headed = re.findall(r"^### sg:(\w+)$", text, re.MULTILINE)
    assert len(headed) == len(set(headed))
    assert set(headed) >= {*vocabulary.entity_kinds, *vocabulary.relation_kinds, *vocabulary.fact_kinds, *vocabulary.properties}
    assert not [c for c in vocabulary.concepts if f"`sgc:{c}`" not in text]


def test_questions_are_those_of_the_catalogue() -> None:
    assert QUESTIONS.read_text(encoding="utf-8") == questions_reference(Catalogue(ROOT / "queries")), RENEW


@pytest.mark.parametrize("cls", [SocialGraph, View, Table])
def test_public_names_are_in_the_python_reference(cls: type) -> None:
    text = read("docs/reference/python.md").partition("## Signatures")[0]
    kinds = (FunctionType, classmethod, staticmethod, property, cached_property)
    names = [n for part in cls.__mro__ for n, m in vars(part).items() if not n.startswith("_") and isinstance(m, kinds)]
    assert names
    assert not [n for n in names if not re.search(rf"(?:{cls.__name__}|\b[gvt])\.{n}\b", text)]


def test_every_error_is_in_the_python_reference() -> None:
    text = read("docs/reference/python.md")
    assert not [n for n, e in vars(errors).items() if inspect.isclass(e) and issubclass(e, errors.SocialGraphError) and f"`{n}`" not in text]


def test_every_column_field_and_prefix_is_in_the_data_reference() -> None:
    text = read("docs/reference/data.md")
    wanted = {*sources.COLUMNS, *sources.OPTIONAL, *sources.FIELDS, *sources.SOURCE_KINDS, *entities.COLUMNS, *entities.IDENTITY_COLUMNS, *entities.VERDICTS}
    assert not [w for w in sorted(wanted) if f"`{w}`" not in text]
    assert not [p for p in PREFIXES if p.startswith("sg") and f"`{p}:" not in text]


def test_words_for_modes_and_statuses_are_those_of_the_concepts() -> None:
    vocabulary, text = ontology.read(ROOT / "ontology"), read("docs/words.md")
    for scheme in ("mode-scheme", "status-scheme"):
        for concept in vocabulary.in_scheme(scheme).values():
            assert re.search(rf"\b{concept.label['sv']}\b", text), concept.label["sv"]
            assert re.search(rf"\b{concept.label['en']}\b", text), concept.label["en"]


@pytest.mark.parametrize("name", NAMES)
def test_internal_links_resolve(name: str) -> None:
    text = FENCE.sub("", read(name))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        there = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        assert there.exists(), f"{name}: {target}"
        if anchor:
            assert anchor in _anchors(there.read_text(encoding="utf-8")), f"{name}: {target}; there are {sorted(_anchors(there.read_text(encoding='utf-8')))}"


def _anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.strip().lower()).replace(" ", "-") for h in heads}


def test_every_page_is_in_the_index() -> None:
    listed = set(re.findall(r"^(?:.*<)?([\w./-]+?)>?$", "\n".join(b for b in blocks(read("docs/index.md"), "{toctree}")), re.MULTILINE))
    pages = {p.relative_to(ROOT / "docs").with_suffix("").as_posix() for p in PAGES if p.is_relative_to(ROOT / "docs")}
    assert {p for p in pages if p != "index" and not p.startswith("decisions/")} <= listed


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(p.name[:4]) for p in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", NAMES)
def test_no_contact_details(name: str) -> None:
    assert not has_contact_data(read(name))


# ── what is generated


def shell_reference() -> str:
    parts = [
        "# Shell\n\nThis page is the program's own help; a test compares them.\n",
        "Exit status: 0 done, 1 findings, 2 wrong use or something that is not there.\n",
    ]
    for name in ["", *main.commands]:
        shown = CliRunner().invoke(main, [*([name] if name else []), "--help"], prog_name="socialgraph", terminal_width=100).stdout
        parts.append(f"## socialgraph{' ' + name if name else ''}\n\n```text\n{shown.rstrip()}\n```\n")
    parts.append(
        "## The environment\n\nThe language of answers is `--lang`, else the first that is set of `SOCIALGRAPH_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG`: "
        "English where it begins with `en`, otherwise Swedish.\n\nThe project is `--root`, else the nearest folder upward that holds "
        "`ontology/socialgraph.ttl` and `data/`, else the copy in the installed package, whose builds then lie in `build/` of the working folder.\n"
    )
    return "\n".join(parts)


def kinds_reference(v: Vocabulary) -> str:
    def table(*rows: list[str]) -> str:
        lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
        return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"

    def ends(kinds: frozenset[str]) -> str:
        return ", ".join(sorted(kinds))

    order = sorted(v.entity_kinds.values(), key=lambda k: _line(v, k.id))
    entity_rows = [["　" * (len(_line(v, k.id)) - 1) + f"`{k.id}`", k.label["sv"], k.label["en"]] for k in order]
    relation_rows = [
        [f"`{k.id}`", f"{k.forward['sv']} / {k.backward['sv']}", f"{k.forward['en']} / {k.backward['en']}", ends(k.from_kinds), ends(k.to_kinds),
         ", ".join(f"`{q}`" for q in sorted(k.qualifiers)), k.presumed_for, f"`sg:{k.direct}`" + (f", `sg:{k.inverse}`" if k.inverse else "")
         + (", symmetric" if k.symmetric else "") + (", transitive" if k.transitive else "")]
        for k in v.relation_kinds.values()
    ]  # fmt: skip
    fact_rows = [[f"`{k.id}`", k.label["sv"], k.label["en"], ", ".join(f"`{q}`" for q in sorted(k.qualifiers)), k.presumed_for] for k in v.fact_kinds.values()]
    schemes = sorted({c.scheme for c in v.concepts.values()})
    concepts = [
        f"### {s.removesuffix('-scheme')}\n\n" + table(["id", "sv", "en"], *([f"`{c.id}`", c.label["sv"], c.label["en"]] for c in v.in_scheme(s).values()))
        for s in schemes
    ]
    return "\n".join([
        "# Kinds\n\nRead from the ontology; a test compares them.\n",
        "## Entity kinds\n", table(["kind", "sv", "en"], *entity_rows),
        "## Relation kinds\n\nAllowed ends include every kind below those named.\n",
        "*Presumed for* is how long a relation without a stated end is presumed after it was last attested (ISO 8601: `P2Y` is two years).\n",
        table(["kind", "sv", "en", "from", "to", "qualifiers", "presumed for", "direct property, inverse"], *relation_rows),
        "## Fact kinds\n", table(["kind", "sv", "en", "qualifiers", "presumed for"], *fact_rows),
        "## Concepts\n", *concepts,
    ])  # fmt: skip


def questions_reference(catalogue: Catalogue) -> str:
    """Every question by theme: what it asks, what is given, what a row holds, an example."""
    found = list(catalogue.questions.values())
    opening = (
        f"The {len(found)} questions of the catalogue, read from their headers; a test compares them. `socialgraph query NAME --describe` "
        "says the same of one, with what may be given. Day, mode, known-by and sources are options of every question that has them; every "
        "answer ends with a [link](../how-to/cite-an-answer.md), and `--evidence` shows who says so.\n"
    )
    parts = ["# Questions\n", opening]
    for theme, label in catalogue.themes.items():
        parts.append(f"## {label['en']} · {label['sv']}\n")
        for question in sorted((q for q in found if q.theme == theme), key=lambda q: q.name):
            parts.append(f"### {question.name}\n")
            parts += [f"{mark}{question.title[x]}.{mark} {question.description[x]}\n" for x, mark in (("en", "**"), ("sv", "*"))]
            columns = ", ".join(c["en"] for c in question.columns.values())
            parts.append(f"Given: {', '.join(map(_given, question.parameters)) or 'nothing'}. Columns: {columns}.\n")
            example = "".join(f" {k}={shlex.quote(v)}" for k, v in question.example.items())
            parts.append(f"```sh no-run\nsocialgraph query {question.name}{example}\n```\n")
    return "\n".join(parts)


def ontology_reference(folder: Path) -> str:
    """Every term of the ontology, from the Turtle files: labels, definition, example, place, alignment, and which questions use it."""
    graph = rdflib.Graph()
    for path in sorted(folder.rglob("*.ttl")):
        if path.parent.name != "shapes":
            graph.parse(path)
    vocabulary = ontology.read(folder)
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space, replace=True)
    head = rdflib.URIRef(PREFIXES["sg"].rstrip("#"))
    asked = {q.name: set(re.findall(r"\bsg:(\w+)", q.sparql)) for q in Catalogue(folder.parent / "queries").questions.values()}
    parts = [
        "# Ontology\n",
        (f"*{_said(graph, head, DCTERMS.title, 'sv')}.* {_said(graph, head, DCTERMS.title, 'en')}. Read from `ontology/`; a test compares them. "
        "The same in tables: [kinds](kinds.md). How a term is added: `ontology/README.md`.\n"),
        (f"| | |\n| --- | --- |\n| IRI | `{head}` |\n| prefix | `sg:` `{PREFIXES['sg']}`; concepts `sgc:` `{PREFIXES['sgc']}` |\n"
        f"| version | {graph.value(head, OWL.versionInfo)} |\n| licence | {graph.value(head, DCTERMS.license)} |\n"),
        ("An actual relation is a node of its class with `sg:from`, `sg:to`, qualifiers, days and evidence; its direct property links the ends without time. "
        "Alignments are `rdfs:subClassOf` and `rdfs:subPropertyOf` where a term is narrower than the standard's, `skos:closeMatch` where it is only near. "
        "No vocabulary is imported.\n"),
    ]
    classes = set(graph.subjects(RDF.type, OWL.Class)) - {n for n in graph.subjects() if isinstance(n, rdflib.BNode)}
    local = {str(c).removeprefix(PREFIXES["sg"]): c for c in classes if str(c).startswith(PREFIXES["sg"])}
    properties = {
        str(s).removeprefix(PREFIXES["sg"]): s
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for s in graph.subjects(RDF.type, kind)
    }
    direct = {name for k in vocabulary.relation_kinds.values() for name in (k.direct, k.inverse) if name}
    helpers = {name for name in properties if re.match(r"is[A-Z]", name)} - {"isName"}
    groups = {
        "Entities": sorted(vocabulary.entity_kinds, key=partial(_line, vocabulary)),
        "Relations": ["Relation", *vocabulary.relation_kinds],
        "Facts": ["Fact", "FactKind", *vocabulary.fact_kinds],
        "Claims, sources, the work list": ["Claim", "Source", "Todo", "Search"],
        "Direct properties": sorted(direct),
        "Properties": sorted(set(properties) - direct - set(vocabulary.fact_kinds) - helpers, key=str.casefold),
        "For the reasoner": sorted(helpers),
    }
    for title, names in groups.items():
        parts.append(f"## {title}\n")
        nodes = {**properties, **local}
        parts += [_term(graph, vocabulary, name, nodes[name], sorted(q for q, used in asked.items() if name in used)) for name in names]
    parts.append("## Concepts\n")
    for scheme in sorted({c.scheme for c in vocabulary.concepts.values()}):
        parts.append(f"### {scheme}\n")
        for concept in vocabulary.in_scheme(scheme).values():
            node = rdflib.URIRef(PREFIXES["sgc"] + concept.id)
            also = sorted({str(o) for o in graph.objects(node, SKOS.altLabel)}, key=str.casefold)
            defined = _said(graph, node, SKOS.definition, "en")
            parts.append(
                f"- `sgc:{concept.id}` {concept.label['sv']} · {concept.label['en']}" + (f": {defined}" if defined else "")
                + (f" Also: {', '.join(also)}." if also else "")
            )  # fmt: skip
        parts.append("")
    return "\n".join(parts)


def _said(graph: rdflib.Graph, node: rdflib.term.Node, prop: rdflib.URIRef, lang: str) -> str:
    return next((str(o) for o in graph.objects(node, prop) if isinstance(o, rdflib.Literal) and o.language == lang), "")


def _term(graph: rdflib.Graph, v: Vocabulary, name: str, node: rdflib.URIRef, questions: list[str]) -> str:
    def named(prop: rdflib.URIRef) -> str:
        return ", ".join(f"`{graph.namespace_manager.normalizeUri(str(o))}`" for o in sorted(graph.objects(node, prop)) if isinstance(o, rdflib.URIRef))

    labels = " · ".join(filter(None, (_said(graph, node, RDFS.label, "sv"), _said(graph, node, RDFS.label, "en"))))
    lines = [f"### sg:{name}\n", f"**{labels}**\n"]
    lines += [f"{mark}{said}{mark}\n" for lang, mark in (("en", ""), ("sv", "*")) if (said := _said(graph, node, SKOS.definition, lang))]
    examples = ", ".join(f"*{o}*" for o in sorted(graph.objects(node, SKOS.example)))
    about = [("example", examples), ("below", named(RDFS.subClassOf) or named(RDFS.subPropertyOf))]
    if kind := v.relation_kinds.get(name):
        ends = " → ".join(", ".join(f"[{k}](#sg{k.lower()})" for k in sorted(side)) for side in (kind.from_kinds, kind.to_kinds))
        traits = [word for word, is_so in (("symmetric", kind.symmetric), ("transitive", kind.transitive)) if is_so]
        reads = f"{kind.forward['sv']} / {kind.backward['sv']} · {kind.forward['en']} / {kind.backward['en']}"
        about += [("from → to", ends), ("reads", reads), ("qualifiers", ", ".join(f"`sg:{q}`" for q in sorted(kind.qualifiers)))]
        about += [("presumed for", kind.presumed_for), ("direct", ", ".join([f"`sg:{d}`" for d in (kind.direct, kind.inverse) if d] + traits))]
    if fact := v.fact_kinds.get(name):
        about += [("qualifiers", ", ".join(f"`sg:{q}`" for q in sorted(fact.qualifiers))), ("presumed for", fact.presumed_for)]
        about += [("pattern", f"`{fact.pattern}`")] if fact.pattern else []
    about += [("range", named(RDFS.range)), ("inverse of", named(OWL.inverseOf)), ("near", named(SKOS.closeMatch))]
    about.append(("asked in", ", ".join(f"[{q}](questions.md#{q})" for q in questions[:6]) + (f" and {len(questions) - 6} more" if len(questions) > 6 else "")))
    return "\n".join([*lines, *(f"- {word}: {what}" for word, what in about if what), ""])


def _given(parameter: Parameter) -> str:
    narrowed = f", {' or '.join(parameter.of)}" if parameter.of and parameter.kind != "county" else ""
    return f"`{parameter.name}` ({parameter.kind}{narrowed}{'' if parameter.required else ', optional'})"


def _line(v: Vocabulary, kind: str) -> list[str]:
    """The kinds from Entity down to this one, by number of ancestors."""
    return sorted(v.entity_kinds[kind].ancestors, key=lambda a: (len(v.entity_kinds[a].ancestors), a))


def renew() -> None:
    ONTOLOGY.write_text(ontology_reference(ROOT / "ontology"), encoding="utf-8")
    SHELL.write_text(shell_reference(), encoding="utf-8")
    QUESTIONS.write_text(questions_reference(Catalogue(ROOT / "queries")), encoding="utf-8")
    KINDS.write_text(kinds_reference(ontology.read(ROOT / "ontology")), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        project = _copy(Path(folder))
        os.chdir(project)
        for name in NAMES:
            if PRINTED.search(read(name)):
                (ROOT / name).write_text(_printed(name), encoding="utf-8")
        for tutorial in TUTORIALS:
            tutorial.write_text(_notebook(tutorial), encoding="utf-8")
        README.write_text(_held(README.read_text(encoding="utf-8"), project), encoding="utf-8")
        os.chdir(ROOT)


if __name__ == "__main__":
    renew()
    sys.stdout.write("renewed\n")
