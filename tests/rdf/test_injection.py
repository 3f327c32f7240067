"""Injection is impossible: whatever is given for a parameter is one term, on both engines, and matches only itself."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery

from socialgraph import SocialGraph
from socialgraph.errors import SocialGraphError
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf.queries import Catalogue, Parameter, Question, term

HOSTILE = [
    '"', "'", '"""', "\\", '\\"', "}", "} #", "\n}\n#", '" } #', '"} UNION { ?s ?p ?o } #', "\\u0022", "\\U00000022", "\\u005C\\u0022", "{", "$at", "?x",
    "<", ">", "^^xsd:date", "@sv", "\r", "\t", "\x00", "\x85", "\u2028", "\ud7ff", "é", "e\u0301", "🇸🇪", "VALUES", "'); DROP ALL; --", "*/", "<!--",
    "\\\\u0022", "%22", "\ufeff",
]  # fmt: skip
"""Texts that have broken out of somebody's quotation marks."""
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(st.sampled_from(HOSTILE), max_size=6).map("".join),
)
ECHO = Question("echo", "test", {}, {}, (Parameter("given", "text", {"sv": "x"}),), {}, (), {}, "SELECT ?x WHERE { VALUES ?x { $given } }")
COUNT = Question(
    "count", "test", {}, {}, (Parameter("given", "text", {"sv": "x"}, optional=True),), {}, (), {},
    "SELECT (COUNT(?s) AS ?n) WHERE { VALUES ?given { $given } ?s rdfs:label ?l FILTER(STR(?l) = ?given) }",
)  # fmt: skip
GRAPH = rdflib.Graph()
STORE = ox.Store()


@given(TEXTS)
@example('x"} #')
@settings(max_examples=400, deadline=None)
def test_a_text_comes_back_as_itself_from_both_engines(text: str) -> None:
    if not text:
        return  # nothing given is no value
    asked = ECHO.render({"given": text})
    (solution,) = STORE.query(asked)
    assert solution["x"] == ox.Literal(text)
    (row,) = GRAPH.query(asked)
    assert str(row[0]) == text


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_query_has_the_same_shape_whatever_is_given(text: str) -> None:
    if not text:
        return
    shapes = [_shape(parseQuery("PREFIX rdfs: <http://x/>\n" + COUNT.render({"given": value}))) for value in (text, "harmless")]
    assert shapes[0] == shapes[1]


def _shape(tree: object) -> object:
    """A parse tree without the values of its literals."""
    if isinstance(tree, rdflib.Literal):
        return "literal"
    if isinstance(tree, dict):
        return (getattr(tree, "name", ""), tuple(sorted((k, _shape(v)) for k, v in tree.items())))
    if hasattr(tree, "__iter__") and not isinstance(tree, str):
        return tuple(map(_shape, tree))
    return str(tree)


@given(TEXTS, st.sampled_from(["entity", "county", "source", "kind", "concept", "day", "integer"]))
@settings(max_examples=400, deadline=None)
def test_every_other_kind_of_parameter_is_one_term_or_refused(text: str, kind: str) -> None:
    try:
        rendered = term(kind, text)
    except SocialGraphError:
        return
    (solution,) = STORE.query(f"SELECT ?x WHERE {{ VALUES ?x {{ {rendered} }} }}")
    assert len(solution) == 1
    if kind in ("entity", "county", "source", "kind", "concept"):
        assert solution["x"].value.endswith(text)
        assert solution["x"].value.startswith("https://w3id.org/socialgraph/")


@given(TEXTS)
@settings(max_examples=60, deadline=None)
@pytest.mark.filterwarnings("ignore")
def test_no_question_is_broken_by_a_hostile_value(world_questions: tuple[SocialGraph, list[Question]], text: str) -> None:
    world, questions = world_questions
    for question in questions:
        for parameter in question.parameters:
            if parameter.kind in ("day", "mode"):
                continue
            days = dict.fromkeys(question.days, "2018-04-30")
            given_for = {p.name: "nobody" for p in question.parameters if p.required and p.kind not in ("day", "mode")}
            try:
                asked = question.render({**days, **given_for, parameter.name: text})
            except SocialGraphError:
                continue
            world.store.table(asked)  # it parses, and nothing is written
    assert len(world.store) == world.built.counts["quads"]


@pytest.fixture(scope="module")
def world_questions(world: SocialGraph) -> tuple[SocialGraph, list[Question]]:
    asked = [q for q in Catalogue(world.built.queries).questions.values() if any(p.kind == "text" for p in q.parameters)]
    return world, asked or list(Catalogue(world.built.queries).questions.values())[:4]


@pytest.mark.parametrize("text", ["skr> ?p ?o . <x", "a b", "../x", "sg:x", "", "å", "x\ny", "x#y", "x?y"])
def test_an_id_that_is_none_is_refused_with_what_it_should_be(text: str) -> None:
    if not text:
        return
    with pytest.raises(SocialGraphError, match="an id has letters, digits and hyphens"):
        term("entity", text)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_an_entity_is_found_or_refused_never_more(world: SocialGraph, text: str) -> None:
    try:
        table = world.query("names", entity=text)
    except SocialGraphError:
        return
    assert len({row[0] for row in table}) < 20


def test_prefixes_are_not_changed_by_a_value() -> None:
    asked = ECHO.render({"given": "PREFIX sg: <http://evil/>"})
    (solution,) = STORE.query(asked, prefixes=PREFIXES)
    assert solution["x"] == ox.Literal("PREFIX sg: <http://evil/>")
