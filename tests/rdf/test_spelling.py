"""What a SPARQL writer may have meant: line, column and near terms of each kind of slip; nothing refused that is right."""

from __future__ import annotations

import pytest

from socialgraph import SocialGraph
from socialgraph.errors import QueryInvalid, QueryRefused
from socialgraph.rdf.spelling import is_whole, place, words

SLIPS = {
    "a misspelt keyword": ("SELEC ?x { ?x a sg:Fact }", "line 1, column 1: 'SELEC' is no word of SPARQL; near: SELECT"),
    "a misspelt keyword in the middle": ("SELECT ?x {\n  ?x a sg:Fact\n  FILTR(?x = 1) }", "line 3, column 3: 'FILTR' is no word of SPARQL; near: FILTER"),
    "an undeclared prefix": ("SELECT ?x { ?x a foa:Person }", "line 1, column 18: 'foa:' is no prefix that is declared; near: foaf:"),
    "a class that is none": ("SELECT ?x { ?x a sg:StafLoan }", "line 1, column 18: 'sg:StafLoan' is not in the graph; near: sg:StaffLoan"),
    "a property that is none": ("SELECT ?x {\n?x sg:lendStaffTo ?y }", "line 2, column 4: 'sg:lendStaffTo' is not in the graph; near: sg:lendsStaffTo"),
    "a full IRI that is none": ("SELECT ?x { ?x a <https://w3id.org/socialgraph/ontology#Relatoin> }", "near: sg:Relation"),
    "an entity that is none": ("SELECT ?x { sgd:exempelforbunde ?p ?x }", "'sgd:exempelforbunde' is not in the graph; near: sgd:exempelforbundet"),
    "a concept that is none": ("SELECT ?x { ?x sg:status sgc:actaul }", "near: sgc:actual"),
    "a source that is none": ("SELECT ?x { ?x dcterms:source sgs:exempel-2018-4 }", "near: sgs:exempel-2018-04"),
    "an open brace": ("SELECT ?x WHERE {\n ?x a sg:Fact", "line 1, column 17: '{' has no partner"),
    "a brace too many": ("SELECT ?x { ?x a sg:Fact } }", "line 1, column 28: '}' has no partner"),
    "the wrong bracket": ("SELECT ?x { ?x a sg:Fact )", "line 1, column 26: ')' has no partner"),
    "a missing semicolon": ("SELECT ?x { ?x a sg:Fact\n sg:from ?y }", "line 2, column 10: the query cannot be read on after 'sg:from'"),
    "an unbound variable": ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }", "The SELECT contains a variable that is unbound"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_place_and_what_is_near(world: SocialGraph, slip: str) -> None:
    text, expected = SLIPS[slip]
    with pytest.raises(QueryInvalid) as error:
        world.sparql(text)
    assert expected in str(error.value).replace("SELECT contains", "The SELECT contains").replace("The The", "The")
    sv = error.value.text("sv")
    assert sv.startswith("rad ")
    assert "kolumn" in sv
    for word in ("line", "column", "near"):
        assert word not in sv.split(":")[0]


RIGHT = {
    "words in a comment": "SELECT ?x { # SELEC sg:Nothing {\n ?x a sg:Fact }",
    "words in a text": 'SELECT ?x { ?x sg:stated "sg:Nothing } SELEC foo:bar" }',
    "words in a long text": 'SELECT ?x { ?x sg:stated """sg:Nothing } "SELEC foo:bar""" , """b""" . ?x a sg:Claim }',
    "a prefix of one's own": "PREFIX sg: <http://example.org/> SELECT ?x { ?x a sg:Nothing }",
    "another prefix": "PREFIX ex: <http://example.org/> SELECT ?x { ?x a ex:Nothing }",
    "a prefix alone": "SELECT ?x { ?x a sg:Fact FILTER(STRSTARTS(STR(?x), STR(sgf:))) }",
    "lower case": "select distinct ?x where { ?x a sg:Fact } group by ?x having(count(?x) > 0) order by desc(?x) limit 3",
    "functions": 'SELECT ?x { ?x rdfs:label ?l FILTER(langmatches(lang(?l), "sv") && isliteral(?l) && strlen(ucase(?l)) > 2) }',
    "paths and lists": "SELECT ?x { ?x (sg:partOf|^sg:hasPart)+/rdfs:label ?y ; !(sg:name|^a) ?z . VALUES (?a ?b) { (1 2.5e3) (UNDEF true) } }",
    "dollars": "SELECT $x { $x a sg:Fact }",
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_is_not_refused(world: SocialGraph, case: str) -> None:
    world.sparql(RIGHT[case])


def test_no_question_and_no_recipe_of_ours_is_refused(real: SocialGraph) -> None:
    for question in real.catalogue.questions.values():
        days = dict.fromkeys(question.days, "2019-12-31")
        real._asked(at="", known_by="", sources=()).check(question.render({**days, **question.example}))


@pytest.mark.parametrize("text", ["DELETE WHERE { ?s ?p ?o }", "SELECT * FROM <http://x> { ?s ?p ?o }", "SELECT * { SERVICE <http://x> { ?s ?p ?o } }"])
def test_refusals_are_told_in_swedish_too(world: SocialGraph, text: str) -> None:
    with pytest.raises(QueryRefused) as error:
        world.sparql(text)
    assert error.value.text("sv") != str(error.value)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ('SELECT ?x { ?x rdfs:label "Kommunförbundet Exempel" }', 'Line 1, column 28: a name has a language, "Kommunförbundet Exempel"@sv.'),
        ('SELECT ?x { ?x sg:firstSeen ?d\nFILTER(?d = "2018-04-30") }', 'Line 2, column 14: a day is written "2018-04-30"^^xsd:date.'),
    ],
)
def test_an_empty_answer_says_which_slip_may_be_the_reason(world: SocialGraph, text: str, note: str) -> None:
    table = world.sparql(text)
    assert not len(table)
    assert [n["en"] for n in table.notes] == [note]
    assert note in table.to_text("en")


def test_an_empty_answer_without_a_slip_says_nothing_of_one(world: SocialGraph) -> None:
    text = 'SELECT ?x { ?x rdfs:label "Kommunförbundet Exempel"@sv , "Länet"@sv FILTER("2018-04-30"^^xsd:date > "2018-05-01"^^xsd:date) }'
    assert world.sparql(text).notes == ()


def test_places_count_from_one_over_lines() -> None:
    assert place("ab\ncd", 0) == (1, 1)
    assert place("ab\ncd", 4) == (2, 2)


@pytest.mark.parametrize(
    ("text", "whole"), [("SELECT ?x {", False), ("SELECT ?x { ?x a sg:Fact }", True), ("SELECT ?x", False), ('ASK { ?x ?y "}" ', False), ("ASK {}", True)]
)
def test_a_query_is_whole_when_a_pattern_is_closed(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


def test_the_words_of_every_question_stand_where_they_are_said_to_stand(real: SocialGraph) -> None:
    for question in real.catalogue.questions.values():
        found = words(question.sparql)
        assert found
        for word in found:
            assert question.sparql[word.at : word.at + len(word.text)] == word.text
            assert word.kind != "word", word
