"""SocialGraph: the one door. The same words as the shell; answers that say what they hold for."""

from __future__ import annotations

import shutil

import pytest

from socialgraph import SocialGraph, opened
from socialgraph.errors import QueryInvalid, QueryRefused, UnknownEntity, UnknownName, UnknownQuestion
from socialgraph.model.claims import identifiers
from socialgraph.model.table import Ref


def test_an_answer_names_its_day_mode_sources_and_build(world: SocialGraph) -> None:
    table = world.query("staff-loans", at="2018-04")
    assert table.about["at"] == "2018-04-30"
    assert table.about["build"] == world.built.id
    assert table.about["sources"] == str(len(world.holdings.sources))
    assert "mode" in table.about
    assert len(table) > 0


def test_an_unknown_question_lists_near_names(world: SocialGraph) -> None:
    with pytest.raises(UnknownQuestion, match="staff-loans"):
        world.query("staf-loans")


def test_sparql_needs_no_prefixes_and_shows_names_that_remember_their_ids(world: SocialGraph) -> None:
    table = world.sparql("SELECT ?a ?b WHERE { ?a sg:lendsStaffTo ?b } ORDER BY ?a ?b")
    assert len(table) > 0
    first = table.rows[0][0]
    assert isinstance(first, Ref)
    assert first.id in world.holdings.entities
    assert world.sparql("ASK { ?a sg:lendsStaffTo ?b }").rows == ((True,),)
    assert world.sparql("CONSTRUCT { ?a sg:funds ?b } WHERE { ?a sg:funds ?b }").columns[1].name == "predicate"


def test_sparql_known_by_sees_only_what_was_published(world: SocialGraph) -> None:
    ask = "SELECT ?s WHERE { ?s a sg:Source } ORDER BY ?s"
    assert len(world.sparql(ask, known_by="2018-04-30")) < len(world.sparql(ask))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
        "SELECT * WHERE { { SELECT * { SERVICE SILENT <http://127.0.0.1/x> { ?s ?p ?o } } } }",
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1/> WHERE { ?s ?p ?o }",
        "INSERT DATA { sgd:a sg:employs sgd:b }",
        "LOAD <http://127.0.0.1/x>",
        "DROP ALL",
    ],
)
def test_what_writes_or_reaches_out_is_refused(world: SocialGraph, text: str) -> None:
    before = len(world.store)
    with pytest.raises(QueryRefused):
        world.sparql(text)
    assert len(world.store) == before


def test_the_word_service_in_a_literal_or_name_is_harmless(world: SocialGraph) -> None:
    assert len(world.sparql('SELECT ?service WHERE { ?service rdfs:label ?l FILTER(STR(?l) = "SERVICE FROM") } # SERVICE')) == 0


@pytest.mark.parametrize(
    ("text", "where"), [("SELECT ?a WHERE { ?a ?b }", "line 1, column 26"), ("SELECT ?a\nWHERE { ?a sg:x ?b\n FILTER(?b = ) }", "line 3, column 17")]
)
def test_broken_sparql_says_line_and_column(world: SocialGraph, text: str, where: str) -> None:
    with pytest.raises(QueryInvalid, match=where):
        world.sparql(text)


def test_find_takes_any_name_past_or_present(world: SocialGraph) -> None:
    for fact in world.holdings.facts:
        if fact.kind == "name":
            assert fact.from_ in {e.id for e in world.find(fact.value)}


def test_resolve_refuses_a_name_that_several_bear(world: SocialGraph) -> None:
    with pytest.raises(UnknownEntity):
        world.resolve("finns inte alls")


def test_why_gives_every_witness_and_accepts_the_first_digits_of_an_id(world: SocialGraph) -> None:
    relation = max(world.holdings.relations, key=lambda r: len(r.claims))
    table = world.why(relation.id[:8])
    assert len(table) == len(relation.claims)
    with pytest.raises(UnknownName, match="id"):
        world.why("00000000")


def test_show_has_every_fact_and_relation_of_an_entity(world: SocialGraph) -> None:
    entity = next(iter(world.holdings.relations)).from_
    touching = [r for r in world.holdings.relations if entity in (r.from_, r.to, r.person, r.about)]
    facts = [f for f in world.holdings.facts if f.from_ == entity]
    numbers = identifiers(world.holdings.entities[entity])
    assert len(world.show(entity)) == len(touching) + len(facts) + len(numbers)


def test_show_links_an_identifier_to_its_register(world: SocialGraph) -> None:
    held = next(e for e in world.holdings.entities.values() if e.wikidata)
    assert f"https://www.wikidata.org/wiki/{held.wikidata}" in world.show(held.id).column("details")


def test_the_catalogue_lists_every_question(world: SocialGraph) -> None:
    assert {row[1] for row in world.questions()} == set(world.catalogue.questions)
    assert len(world.catalogue.questions) >= 15


def test_a_printed_table_is_its_text(world: SocialGraph) -> None:
    table = world.query("staff-loans", at="2018-04")
    assert str(table) == table.to_text("sv")


# ── answers larger than memory


def test_a_stream_gives_its_first_rows_without_making_the_rest(world: SocialGraph) -> None:
    rows = world.stream("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")  # more rows than any machine holds
    first = [next(rows) for _ in range(3)]
    assert [set(row) for row in first] == [set("abcdefghi")] * 3


def test_a_stream_has_the_rows_of_the_table_as_values(world: SocialGraph) -> None:
    text = "SELECT ?x ?from ?day { ?x a sg:StaffLoan ; sg:from ?from ; sg:lastSeen ?day } ORDER BY ?x ?from"
    streamed, table = list(world.stream(text)), world.sparql(text)
    assert [row["day"] for row in streamed] == table.column("day")
    assert [row["from"] for row in streamed] == [f"sgd:{cell.id}" for cell in table.column("from")]
    assert list(world.stream("ASK { sgd:nobody ?p ?o }".replace("sgd:nobody", "?s"))) == [{"answer": True}]


@pytest.mark.parametrize("form", ["srj", "srx", "srcsv", "tsv"])
def test_the_w3c_forms_of_rows_are_read_by_rdflib(world: SocialGraph, form: str) -> None:
    import io

    from rdflib.query import Result

    out = io.BytesIO()
    text = "SELECT ?x ?name { ?x a sg:Person ; skos:prefLabel ?name } ORDER BY ?x ?name"
    world.write(text, out, form=form)
    read = Result.parse(io.BytesIO(out.getvalue()), format={"srj": "json", "srx": "xml", "srcsv": "csv", "tsv": "tsv"}[form])
    assert [str(row[1]) for row in read] == [str(v) for v in world.sparql(text).column("name")]


@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_the_w3c_forms_of_triples_are_read_by_rdflib(world: SocialGraph, form: str) -> None:
    import io

    import rdflib

    out = io.BytesIO()
    world.write("CONSTRUCT { ?x a foaf:Person } WHERE { ?x a sg:Person }", out, form=form)
    assert len(rdflib.Graph().parse(data=out.getvalue(), format={"ntriples": "nt"}.get(form, form))) == len(world.sparql("SELECT ?x { ?x a sg:Person }"))


def test_a_form_that_does_not_fit_the_answer_is_refused(world: SocialGraph) -> None:
    import io

    from socialgraph.errors import QueryInvalid

    with pytest.raises(QueryInvalid, match="forms for it are turtle, ntriples"):
        world.write("CONSTRUCT { ?x a foaf:Person } WHERE { ?x a sg:Person }", io.BytesIO(), form="srj")
    with pytest.raises(QueryInvalid, match="forms for it are srj"):
        world.write("ASK {}", io.BytesIO(), form="turtle")


def test_every_question_is_answered_from_memory_as_from_disk(real: SocialGraph, monkeypatch) -> None:
    here, there = (SocialGraph(real.project, real.built) for _ in range(2))
    for question in here.catalogue.questions.values():
        monkeypatch.setattr(opened, "FEW", 1_000)
        from_disk = here.query(question.name, **question.example)
        monkeypatch.setattr(opened, "FEW", 0)
        assert there.query(question.name, **question.example) == from_disk, question.name
    assert "_in_memory" not in vars(here)
    assert "_in_memory" in vars(there)


def test_a_graph_too_large_for_memory_stays_on_disk(world: SocialGraph, monkeypatch) -> None:
    g = SocialGraph(world.project, world.built)
    monkeypatch.setattr(opened, "IN_MEMORY", world.built.counts["quads"] - 1)
    for _ in range(opened.FEW + 1):
        g.query("staff-loans")
    assert "_in_memory" not in vars(g)


def test_few_questions_are_answered_from_disk_and_more_from_memory(world: SocialGraph) -> None:
    g = SocialGraph(world.project, world.built)
    for _ in range(opened.FEW):
        g.query("staff-loans")
    assert "_in_memory" not in vars(g)
    g.query("staff-loans")
    assert "_in_memory" in vars(g)


def test_a_build_that_is_swept_away_goes_on_answering(world_project) -> None:
    g = SocialGraph.build(world_project)
    first = g.query("staff-loans")
    shutil.rmtree(g.built.folder)
    for _ in range(opened.FEW + 1):
        assert g.query("staff-loans") == first
