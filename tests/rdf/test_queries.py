"""The mechanism behind the questions: headers read strictly, parameters rendered as escaped terms, nothing injected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from socialgraph.errors import DateNotUnderstood, ParameterInvalid, QueryInvalid, QueryRefused, QuestionInvalid, UnknownQuestion
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf.guard import refuse_reaching_out
from socialgraph.rdf.queries import KINDS, Catalogue, Question, term
from socialgraph.rdf.store import EmbeddedStore

HEADER = """#+ title: {sv: Fråga, en: Question}
#+ description: {sv: Vad den svarar på., en: What it answers.}
"""
Ask = Callable[..., Question]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Reads a question of the given text and header."""

    def read(sparql: str, header: str = "", *, name: str = "some-question", theme: str = "theme", base: str = HEADER) -> Question:
        folder = tmp_path / "queries"
        (folder / theme).mkdir(parents=True, exist_ok=True)
        (folder / theme / f"{name}.rq").write_text(base + header + sparql, encoding="utf-8")
        return Catalogue(folder)[name]

    return read


def parameter(kind: str, **more: str) -> str:
    extra = "".join(f", {k}: {v}" for k, v in more.items())
    return f"#+ parameters:\n#+   - {{name: x, kind: {kind}, label: {{sv: X, en: X}}{extra}}}\n"


# ── values become terms

HOSTILE = [
    "plain", "å ä ö – 日本 🌍", 'a "quoted" word', 'x" } #', "x' } UNION { ?s ?p ?o", '"""', "'''", "back\\slash", "\\",
    "\\u0022", "\\\\u0022 }", "\\U00000022", "C:\\users", "line\nbreak", "tab\t, return\r", "\u2028", " ",
    "$x", "$mode_from", "?x", "{ $x }", "<http://example.org/>", "# no comment", "} ; DROP ALL ; {",
    "}} SERVICE <http://example.org/> {{", "%s {0} \\1 \\g<0>",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_a_text_arrives_as_it_was_given_in_both_engines(ask: Ask, value: str) -> None:
    text = ask('SELECT ?x ?same WHERE { BIND($x AS ?x) BIND("$" AS ?same) }', parameter("text")).render({"x": value})
    assert EmbeddedStore.in_memory().table(text)[1] == [(value, "$")]
    assert [(str(a), str(b)) for a, b in rdflib.Graph().query(text, initNs=PREFIXES)] == [(value, "$")]


@pytest.mark.parametrize("kind", ["entity", "source", "kind", "concept"])
@pytest.mark.parametrize("value", [v for v in HOSTILE if v != "plain"] + ["a b", "a>", "../etc", "sgd:skr", "https://example.org/x", "skr\n"])
def test_an_id_that_is_no_id_is_refused(ask: Ask, kind: str, value: str) -> None:
    with pytest.raises(ParameterInvalid, match=kind):
        ask("SELECT * WHERE { $x ?p ?o }", parameter(kind)).render({"x": value})


@pytest.mark.parametrize("value", ["x", "1.5", "1e3", "--5", "-", "- 5", "5 }", "٣", "0x10", "1_000", "\n5"])
def test_a_number_that_is_no_whole_number_is_refused(ask: Ask, value: str) -> None:
    with pytest.raises(ParameterInvalid, match="whole number"):
        ask("SELECT * WHERE { ?s ?p $x }", parameter("integer")).render({"x": value})


@pytest.mark.parametrize("value", ["yesterday", "2019-13", '2019"^^xsd:date } #', "../..", "2019-02-30"])
def test_a_day_that_is_no_day_is_refused(ask: Ask, value: str) -> None:
    with pytest.raises(DateNotUnderstood):
        ask("SELECT * WHERE { ?s ?p $x }", parameter("day")).render({"x": value})


def test_each_kind_renders_its_term() -> None:
    sg = PREFIXES["sg"].removesuffix("ontology#")
    assert [term(kind, "skr") for kind in ("entity", "source", "kind", "concept")] == [
        f"<{sg}id/skr>", f"<{sg}source/skr>", f"<{sg}ontology#skr>", f"<{sg}concept/skr>",
    ]  # fmt: skip
    assert term("day", "2018-04") == '"2018-04-30"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert (term("integer", "-7"), term("text", "a\nb")) == ("-7", '"a\\nb"')
    assert len(KINDS) == 9


@pytest.mark.parametrize(
    ("mode", "properties"),
    [
        ("certain", ("certainFrom", "certainUntil")),
        ("presumed", ("certainFrom", "presumedUntil")),
        ("possible", ("possibleFrom", "possibleUntil")),
        ("", ("certainFrom", "presumedUntil")),
    ],
)
def test_a_mode_renders_two_properties(ask: Ask, mode: str, properties: tuple[str, str]) -> None:
    question = ask("SELECT * WHERE { ?r $mode_from ?a ; $mode_until ?b }", "#+ parameters: [{name: mode, kind: mode, label: {sv: Läge, en: Mode}}]\n")
    first, last = (f"<{PREFIXES['sg']}{p}>" for p in properties)
    assert question.render({"mode": mode} if mode else {}) == f"SELECT * WHERE {{ ?r {first} ?a ; {last} ?b }}\n"
    with pytest.raises(ParameterInvalid, match="certain, presumed, possible"):
        question.render({"mode": "likely"})


def test_a_value_is_never_read_for_parameters_again(ask: Ask) -> None:
    two = "#+ parameters:\n#+   - {name: x, kind: text, label: {sv: X, en: X}}\n#+   - {name: y, kind: text, label: {sv: Y, en: Y}}\n"
    assert ask("SELECT ($x AS ?a) ($y AS ?b) {}", two).render({"x": "$y", "y": "$x"}) == 'SELECT ("$y" AS ?a) ("$x" AS ?b) {}\n'


# ── what is given and what is not


def test_an_optional_parameter_left_out_is_undef_and_given_is_a_term(ask: Ask) -> None:
    question = ask("SELECT * WHERE { VALUES ?x { $x } ?x ?p ?o }", parameter("entity", optional="true"))
    assert not question.parameter("x").required
    assert question.render({}) == question.render({"x": ""}) == "SELECT * WHERE { VALUES ?x { UNDEF } ?x ?p ?o }\n"
    assert "<https://w3id.org/socialgraph/id/skr>" in question.render({"x": "skr"})


def test_a_default_stands_in_for_a_missing_value(ask: Ask) -> None:
    question = ask("SELECT ($x AS ?x) {}", parameter("integer", default="3"))
    assert not question.parameter("x").required
    assert (question.render({}), question.render({"x": "0"})) == ("SELECT (3 AS ?x) {}\n", "SELECT (0 AS ?x) {}\n")


def test_a_missing_required_value_is_named_with_its_kind(ask: Ask) -> None:
    question = ask("SELECT * WHERE { $x ?p ?o }", parameter("entity"))
    assert question.parameter("x").required
    with pytest.raises(ParameterInvalid, match=r"'some-question' needs a value for 'x' \(entity\)"):
        question.render({})


def test_an_unknown_parameter_is_refused_and_the_known_ones_listed(ask: Ask) -> None:
    with pytest.raises(ParameterInvalid, match="has no parameter 'y'; it has: x"):
        ask("SELECT ($x AS ?a) {}", parameter("text")).render({"x": "1", "y": "2"})
    with pytest.raises(ParameterInvalid, match="it has: none"):
        ask("SELECT * {}", name="bare").render({"y": "2"})


# ── the catalogue


def test_an_unknown_question_names_near_ones(ask: Ask, tmp_path: Path) -> None:
    ask("SELECT * {}", name="staff-loans")
    with pytest.raises(UnknownQuestion, match="no question 'staff-loan'; near: staff-loans"):
        Catalogue(tmp_path / "queries")["staff-loan"]


def test_checks_are_no_questions_and_an_empty_folder_has_neither(ask: Ask, tmp_path: Path) -> None:
    ask("SELECT * {}", name="a")
    with pytest.raises(UnknownQuestion):
        ask("SELECT ?claim ?found {}", "#+ severity: warning\n", name="b", theme="checks")
    catalogue = Catalogue(tmp_path / "queries")
    assert (list(catalogue.questions), list(catalogue.checks)) == (["a"], ["b"])
    assert catalogue.checks["b"].severity == "warning"
    assert catalogue.questions["a"].file == "queries/theme/a.rq"
    assert not Catalogue(tmp_path / "none").questions


def test_two_questions_of_one_name_are_refused(ask: Ask) -> None:
    ask("SELECT * {}", name="a", theme="loans")
    with pytest.raises(QuestionInvalid, match=r"money/a\.rq.*loans/|loans/a\.rq.*money/"):
        ask("SELECT * {}", name="a", theme="money")


# ── headers


@pytest.mark.parametrize(
    ("header", "sparql", "says"),
    [
        ("", "SELECT * {}", "header cannot be read"),
        ("#+ title: {sv: A, en: A}\n", "SELECT * {}", "description"),
        ("#+ title: [unclosed\n#+ description: {sv: A, en: A}\n", "SELECT * {}", "header cannot be read"),
        ("#+ title: A\n#+ description: {sv: A, en: A}\n", "SELECT * {}", "'title' needs a text in Swedish and one in English"),
        ("#+ title: {sv: A}\n#+ description: {sv: A, en: A}\n", "SELECT * {}", "'title' needs a text in Swedish and one in English"),
        (HEADER + "#+ columns: {a: {en: A}}\n", "SELECT ?a {}", "'a' needs a text in Swedish"),
        (HEADER + "#+ parameters: [{name: x, kind: text}]\n", "SELECT ($x AS ?a) {}", "'label'"),
        (HEADER + "#+ parameters: [{name: x, kind: text, label: {sv: X}}]\n", "SELECT ($x AS ?a) {}", "'x' needs a text in Swedish"),
        (HEADER + "#+ parameters: [{name: x, kind: colour, label: {sv: X, en: X}}]\n", "SELECT ($x AS ?a) {}", "kind 'colour'; kinds are day, mode"),
        (HEADER + "#+ parameters: {x: text}\n", "SELECT ($x AS ?a) {}", "header cannot be read"),
    ],
    ids=[
        "none", "no description", "bad yaml", "title without languages", "title in one language", "column in one language", "no label",
        "label in one language", "unknown kind", "no list",
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_used_is_an_error_that_names_the_file(ask: Ask, header: str, sparql: str, says: str) -> None:
    with pytest.raises(QuestionInvalid, match=says) as error:
        ask(sparql, header, base="")
    assert "queries/theme/some-question.rq" in str(error.value)


def test_an_undeclared_variable_and_an_unused_parameter_are_errors(ask: Ask) -> None:
    with pytest.raises(QuestionInvalid, match="differ: y"):
        ask("SELECT * WHERE { $x ?p $y }", parameter("entity"))
    with pytest.raises(QuestionInvalid, match="differ: x"):
        ask("SELECT * {}", parameter("entity"))
    with pytest.raises(QuestionInvalid, match="differ: mode_until"):
        ask("SELECT * { ?r $mode_from ?a }", "#+ parameters: [{name: mode, kind: mode, label: {sv: Läge, en: Mode}}]\n")


@pytest.mark.parametrize(
    "sparql", ["SELECT * WHERE { $x ?p ?o }", "SELECT * WHERE { VALUES ?x { $x } FILTER($x = ?x) }", "SELECT * WHERE { VALUES ?y { $x } }"]
)
def test_an_optional_parameter_stands_only_in_a_values_block_of_its_own(ask: Ask, sparql: str) -> None:
    with pytest.raises(QuestionInvalid, match=r"'x' may stand only in VALUES \?x \{ \$x \}"):
        ask(sparql, parameter("entity", optional="true"))


def test_the_text_begins_after_the_header_and_keeps_its_comments(ask: Ask) -> None:
    assert ask("# why\nSELECT * {}\n").sparql == "# why\nSELECT * {}\n"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT *FROM <file:///etc/passwd> {}", "SELECT * \nfRoM\n<x:y> { ?s ?p ?o }", "SELECT ?x FROM NAMED<x:y> {}", "ASK FROM<x:y>{}",
        "SELECT (1 AS ?x)FROM<x:y>{}", "DESCRIBE sg:a FROM <x:y>", "DESCRIBE<x:y>FROM<x:z>", "SELECT * {SERVICE<http://127.0.0.1:1/>{?s ?p ?o}}",
        "SELECT * { ?s sg:from ?o .SERVICE SILENT <http://127.0.0.1:1/> {} }", "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> {} }",
        "SELECT * { ?s ?p 1.service <http://127.0.0.1:1/> {} }", "SELECT * { ?s ?p true SERVICE <http://127.0.0.1:1/> {} }",
        "SELECT ('<http://a'AS?x)FROM<x:b#>{}", "SELECT ('<'AS?x)FROM<http://b/>#>\n{}", "SELECT * { ?s ?p '<http://a'SERVICE<http://127.0.0.1:1/> {} }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1/> {} }", "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/> {} }",
        "SELECT * { ?s ?p ':'SERVICE<http://127.0.0.1:1/> {} }", "SELECT * { ?s ?p '?'@enSERVICE<http://127.0.0.1:1/> {} }",
        "SELECT * { { ?s ?p ?o }UNION{SERVICE<http://127.0.0.1:1/> {}} }", "SELECT * { ?s sg:a? ?o SERVICE<http://127.0.0.1:1/> {} }",
    ],
)  # fmt: skip
def test_no_spelling_of_reaching_out_passes_the_guard(text: str) -> None:
    with pytest.raises((QueryRefused, QueryInvalid)):
        refuse_reaching_out(text)


def test_names_that_look_like_keywords_are_no_reason_to_parse_twice() -> None:
    refuse_reaching_out("SELECT ?from ?service WHERE { ?x sg:from ?from ; sg:service ?service . $service ?p ?fromage ; <http://a.org/ns#certainFrom> 1 }")
