"""Answers that say what they are answers to: day, known-by, sources, coverage, link; witnesses of every row; reasons when there are none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from socialgraph import SocialGraph
from socialgraph.errors import BuildMissing, ParameterInvalid, UnknownEntity, UnknownName
from socialgraph.model.links import Link
from socialgraph.model.table import Ref, Table


def notes(table: Table, lang: str = "sv") -> str:
    return "\n".join(note[lang] for note in table.notes)


# ── what every answer states


def test_an_answer_states_day_mode_known_by_sources_and_build(world: SocialGraph) -> None:
    about = world.query("staff-loans", at="2018-04", mode="certain").about
    assert (about["at"], about["mode"], about["known_by"]) == ("2018-04-30", "säker", "2020-02-03")
    assert about["sources"] == "8"
    assert about["behind"] == "3", "the three loans rest on three sources"
    assert about["build"] == world.built.id


def test_a_question_about_no_day_says_so(world: SocialGraph) -> None:
    assert world.query("names", entity="kommunernas-forbund").about["at"] == "alla"
    assert world.query("names", entity="kommunernas-forbund", lang="en").about["at"] == "all"


def test_known_by_and_sources_are_stated_as_they_were_asked(world: SocialGraph) -> None:
    about = world.query("staff-loans", at="2018-05-31", known_by="2017").about
    assert (about["known_by"], about["sources"]) == ("2017-12-31", "2")
    assert world.query("staff-loans", at="2018-05-31", sources=["exempel-2018-04"]).about["sources"] == "1"


def test_the_coverage_of_everything_is_not_that_of_fewer_claims_or_of_another_day(world: SocialGraph) -> None:
    def said(**scope: str) -> str:
        return next(n["sv"] for n in world.query("staff-loans", **scope).notes if "Täckning" in n["sv"])

    whole, early, before = said(at="2018-04-30"), said(at="2018-04-30", known_by="2017-01-01"), said(at="2010-01-01")
    assert whole not in (early, before)
    assert (said(at="2018-04-30"), said(at="2018-04-30", known_by="2017-01-01"), said(at="2010-01-01")) == (whole, early, before)


def test_coverage_is_stated_where_a_zero_could_be_mistaken_for_absence(world: SocialGraph) -> None:
    asked = {q.name: q.coverage for q in world.catalogue.questions.values() if q.coverage}
    assert asked, "some question states coverage"
    for name, themes in asked.items():
        question = world.question(name)
        if any(p.required for p in question.parameters):
            continue
        said = notes(world.query(name, at="2018-04-30"), "sv")
        assert said.count("Täckning, ") == len(themes), name
        assert re.search(r"känt i \d+ av 1 län", said), name


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_an_answer_is_the_same_whether_everything_has_been_read_before_or_not(world: SocialGraph, lang: str) -> None:
    full = SocialGraph.open(world.project.inputs)
    assert full.holdings.entities
    asked = 0
    for question in world.catalogue.questions.values():
        if any(p.required for p in question.parameters) or not question.days:
            continue
        lean = SocialGraph.open(world.project.inputs)
        table = lean.query(question.name, at="2018-04-30", lang=lang, evidence=True)
        assert table == full.query(question.name, at="2018-04-30", lang=lang, evidence=True), question.name
        asked += "holdings" not in lean.__dict__ and bool(table.rows)
    assert asked > 10, "an answer that has rows reads only what it names"


# ── every row and its witnesses


def test_every_row_can_show_its_witnesses(world: SocialGraph) -> None:
    plain = world.query("staff-loans", at="2018-04-30", mode="certain")
    table = world.query("staff-loans", at="2018-04-30", mode="certain", evidence=True)
    claims = {(row[0], row[table_at(table, "evidence_source")].id, row[table_at(table, "evidence_place")]) for row in table.rows}
    expected = set()
    relations = {r.id: r for r in world.holdings.relations}
    for number, cell in enumerate(plain.column("relation"), 1):
        assert isinstance(cell, Ref)
        expected |= {(number, c.source) for c in relations[cell.id].claims}
    assert {(number, source) for number, source, _ in claims} == expected
    assert len(table.rows) == sum(len(relations[c.id].claims) for c in plain.column("relation") if isinstance(c, Ref))
    assert all(place for _, _, place in claims)


def table_at(table: Table, name: str) -> int:
    return [c.name for c in table.columns].index(name)


def test_a_date_that_was_inferred_says_so_in_the_evidence(world: SocialGraph) -> None:
    table = world.query("members", network="chefsnatverket", at="2018-06-30", evidence=True)
    dated = {row[table_at(table, "evidence_source")].id: row[table_at(table, "evidence_published")] for row in table.rows}
    inferred = {s.id for s in world.holdings.sources.values() if s.published_basis == "inferred"}
    assert inferred & dated.keys()
    assert {source for source, said in dated.items() if "härlett" in said} == inferred & dated.keys()


def test_evidence_stands_below_its_row_as_text_and_beside_it_in_csv(world: SocialGraph) -> None:
    table = world.query("staff-loans", at="2018-04-30", mode="certain", evidence=True)
    text = table.to_text()
    assert text.count("↳") == len(table.rows) > 3
    assert "\n3 rader\n" in text
    assert len(table.to_csv().splitlines()) == 1 + len(table.rows)


def test_evidence_known_by_a_day_is_only_what_was_published(world: SocialGraph) -> None:
    table = world.query("staff-loans", at="2018-04-30", known_by="2018-04-29", mode="possible", evidence=True)
    assert {row[table_at(table, "evidence_source")].id for row in table.rows} == {"exempel-2017-var"}


def test_sparql_shows_the_witnesses_of_the_relations_and_claims_it_names(world: SocialGraph) -> None:
    table = world.sparql("SELECT ?r WHERE { ?r a sg:StaffLoan ; sg:status sgc:actual } ORDER BY ?r", evidence=True)
    assert len(table.rows) > 3
    claim = world.sparql("SELECT ?c WHERE { ?c a sg:Claim } ORDER BY ?c LIMIT 1", evidence=True)
    assert len(claim.rows) == 1
    assert claim.rows[0][2].id in world.holdings.sources


def test_rows_without_witnesses_say_why(world: SocialGraph) -> None:
    silent = [q for q in world.catalogue.questions.values() if q.without_evidence]
    assert silent
    for question in silent:
        if not any(p.required for p in question.parameters):
            assert question.without_evidence["sv"] in notes(world.query(question.name, evidence=True))


@pytest.mark.parametrize("name", ["staff-loans", "funding", "no-stated-end"])
def test_no_row_of_a_question_is_without_witness(world: SocialGraph, name: str) -> None:
    table = world.query(name, at="2018-04-30")
    assert table.rows
    assert all(table.witnesses)


# ── no rows, and why


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"at": "2019-05-31"}, "I läget möjlig finns 1 rad: fråga med mode=possible."),
        (
            {"at": "2010-01-01", "organisation": "region-exempel"},
            "Om Landstinget Exempel, av slaget utlåning av personal: det tidigaste som kan gälla börjar 2018-03-01, efter 2010-01-01.",
        ),
        ({"at": "2019-09-30", "organisation": "region-exempel"}, "allt var slut senast 2018-06-30, före 2019-09-30."),
        ({"organisation": "styrgruppen"}, "inga uppgifter av slaget utlåning av personal om Styrgruppen"),
        ({"at": "2018-01-01", "known_by": "2016"}, "Ingen källa var publicerad 2016-12-31; den första är från 2017-05-31."),
    ],
)
def test_an_empty_answer_says_why_where_that_can_be_known(world: SocialGraph, given: dict[str, str], says: str) -> None:
    table = world.query("staff-loans", **given)
    assert len(table) == 0
    assert says in notes(table)


def test_where_no_reason_is_known_silence_is_not_called_absence(world: SocialGraph) -> None:
    table = world.query("counts", entity="proba-provsson")
    assert len(table) == 0
    assert notes(table) == "Ingen av de lästa källorna säger det; det är inte detsamma som att det inte finns."


def test_what_is_only_planned_is_said_to_be_only_planned(world: SocialGraph) -> None:
    planned = next(r for r in world.holdings.relations if r.status == "planned")
    kinds = {planned.kind}
    from socialgraph.model import emptiness
    from socialgraph.model.picture import Text

    held = world.holdings
    only = type(held)(held.vocabulary, held.entities, held.sources, planned.claims, (planned,), (), {})
    (said,) = emptiness.reasons(only, kinds=kinds, entities={planned.from_: Text("X", "X")}, day=planned.times.start_latest)
    assert "1 är bara planerat, önskat eller förnekat" in said.sv


def test_an_answer_with_rows_gives_no_reasons(world: SocialGraph) -> None:
    assert not [n for n in world.query("staff-loans", at="2018-04-30").notes if "Täckning" not in n["sv"]]


# ── links


def test_the_link_of_an_answer_asks_for_the_same_answer(world: SocialGraph) -> None:
    first = world.query("staff-loans", at="2018-04", mode="possible", organisation="FoU Exempel", known_by="2019")
    again = world.query(first.about["link"])
    assert again == first
    assert Link.parse(first.about["link"]).build == world.built.id
    assert Link.parse(first.about["link"]).parameters == {"organisation": "fou-exempel"}, "names become ids, which do not change"


def test_a_link_without_a_day_in_the_asking_holds_the_day_of_the_answer(world: SocialGraph) -> None:
    assert Link.parse(world.query("staff-loans").about["link"]).at == world.last_day.isoformat()


def test_what_is_given_outweighs_the_link(world: SocialGraph) -> None:
    link = world.query("staff-loans", at="2018-04", mode="possible").about["link"]
    assert world.query(link, mode="certain").about["mode"] == "säker"


def test_the_link_of_another_build_is_not_answered_by_this_one(world: SocialGraph) -> None:
    with pytest.raises(ParameterInvalid, match="is of build 000000000000"):
        world.query("staff-loans?build=000000000000")


def test_a_kept_build_gives_the_old_answer_after_the_data_and_the_question_have_changed(world_project: Path) -> None:
    old = SocialGraph.build(world_project, keep=True)
    answer = old.query("staff-loans", at="2018-04-30", mode="certain")
    loans = world_project / "queries" / "loans" / "staff-loans.rq"
    loans.write_text(loans.read_text(encoding="utf-8").replace("sg:StaffLoan", "sg:Funding"), encoding="utf-8")
    for step in range(3):  # the current build and the one before would not reach back so far
        note = world_project / "data" / "sources" / "exempel-2018-04" / "notes.md"
        note.write_text(f"{step}\n", encoding="utf-8")
        SocialGraph.build(world_project)
    assert SocialGraph.open(world_project).query("staff-loans", at="2018-04-30", mode="certain").rows != answer.rows
    again = SocialGraph.open(world_project, build=answer.about["link"])
    assert again.query(answer.about["link"]) == answer
    assert (world_project / "build" / "kept").read_text(encoding="utf-8").split() == [old.built.id]
    assert len(list((world_project / "build").glob("*/build.json"))) == 3


def test_a_build_that_is_not_there_lists_those_that_are(world: SocialGraph) -> None:
    with pytest.raises(BuildMissing, match=rf"no build '012345678901'.*there are: .*{world.built.id}.*--keep"):
        SocialGraph.open(world.project.inputs, build="012345678901")


# ── the same question at two days


def test_differences_say_what_came_what_went_and_what_is_known_of_it(world: SocialGraph) -> None:
    table = world.differences("staff-loans", since="2018-06-30", until="2018-07-01", mode="possible")
    (row,) = [r for r in table.to_dicts() if r["change"] == "bortfallit"]
    assert (row["lender"].id, row["told"]) == ("fiktivmyndigheten", "den senare dagen: avslutad")
    assert "oförändrade" in notes(table)
    back = world.differences("staff-loans", since="2018-02-28", until="2018-03-01", mode="certain")
    (row,) = [r for r in back.to_dicts() if r["change"] == "tillkommit"]
    assert (row["lender"].id, row["told"]) == ("fiktivmyndigheten", "den tidigare dagen: ännu inte börjat")


def test_a_row_that_fades_is_not_said_to_have_ended(world: SocialGraph) -> None:
    table = world.differences("staff-loans", since="2019-04-30", until="2019-05-01")
    (row,) = table.to_dicts()
    assert (row["change"], row["told"]) == ("bortfallit", "den senare dagen: möjlig")


def test_a_change_of_state_is_a_change(world: SocialGraph) -> None:
    table = world.differences("staff-loans", since="2018-04-30", until="2018-05-01", mode="possible")
    assert {str(r["change"]) for r in table.to_dicts()} == {"ändrat"}
    assert any("säker → förmodad" in str(r["told"]) for r in table.to_dicts())


@pytest.mark.parametrize("since", ["2017-05-31", "2018-04-30", "2019-12-31"])
def test_nothing_differs_from_itself(world: SocialGraph, since: str) -> None:
    for name in ("staff-loans", "coverage", "plans"):
        assert len(world.differences(name, since=since, until=since)) == 0


def test_a_question_about_no_day_has_no_differences(world: SocialGraph) -> None:
    with pytest.raises(ParameterInvalid, match="asks about no day"):
        world.differences("names", since="2018", until="2019", entity="kommunernas-forbund")


# ── what may be given


def test_every_parameter_offers_what_may_be_given_for_it(world: SocialGraph) -> None:
    for question in world.catalogue.questions.values():
        for p in question.parameters:
            offered = world.choices(question.name, p.name)
            if p.kind in ("mode", "kind", "concept", "source", "county") or p.of:
                assert len(offered) > 0, (question.name, p.name)
        described = world.describe(question.name)
        assert described.column("parameter") == [p.name for p in question.parameters]


def test_an_entity_of_another_kind_is_refused_with_what_was_expected(world: SocialGraph) -> None:
    with pytest.raises(UnknownEntity, match=r"'exempelforbundet' .* is a municipal association; expected a county"):
        world.query("coverage", county="exempelforbundet")


def test_a_county_is_found_by_its_code_and_a_typo_gets_near_ones(world: SocialGraph) -> None:
    county = world.resolve("exempellan")
    assert world.query("coverage", county=county.code or county.name_sv).about["Län"] == "exempellan"
    with pytest.raises(UnknownEntity, match="exempelforbundet"):
        world.query("collaborations", entity="exempelforbunde")
    with pytest.raises(UnknownName, match="StaffLoan"):
        world.query("no-stated-end", kind="StafLoan")


def test_json_carries_notes_and_link(world: SocialGraph) -> None:
    told = json.loads(world.query("staff-loans", at="2010").to_json())
    assert told["notes"]
    assert told["notes"][-1].keys() == {"sv", "en"}
    assert told["about"]["link"].startswith("staff-loans?")
