"""The traps of the real texts: each is a way to read them wrongly that must not come back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from socialgraph import SocialGraph
from socialgraph.model.relations import Relation

DATA = Path(__file__).parents[2] / "data"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture(scope="module")
def g(real: SocialGraph) -> SocialGraph:
    return real


def relations(g: SocialGraph, kind: str, **ends: str) -> list[Relation]:
    found = [r for r in g.holdings.relations if r.kind == kind]
    return [r for r in found if all(getattr(r, f"{k}_" if k == "from" else k) == v for k, v in ends.items())]


def test_a_date_line_stands_after_its_text(g: SocialGraph) -> None:
    """Read as headings, the date lines would shift every date by one column."""
    days = {s.title: s.published for s in g.holdings.sources.values() if s.kind == "column" and s.publisher == "kommunforbundet-vasternorrland"}
    assert days == {
        "Årets sista veckor är intensiva": "2019-12",
        "Förändringens tid": "2019-06",
        "Flera uppdrag för att stärka socialtjänsten": "2018-04",
        "Genom samarbeten kan vi göra mer för socialtjänsten": "2017-12",
        "Kunskapsutveckling och kunskapsstyrning samordnas": "2017-09",
        "Långsiktighet, systematik och uthållighet ger resultat": "2017-21",
    }


@pytest.mark.parametrize("title", ["Årets sista veckor är intensiva", "Långsiktighet, systematik och uthållighet ger resultat"])
def test_an_undated_column_says_that_its_date_is_inferred_and_why(g: SocialGraph, title: str) -> None:
    source = next(s for s in g.holdings.sources.values() if s.title == title)
    assert source.published_basis == "inferred"
    assert len(source.published_note) > 40


def test_near_copies_are_one_source_with_copies_and_nothing_is_counted_twice(g: SocialGraph) -> None:
    copies = {s.id: len(s.copies) for s in g.holdings.sources.values()}
    assert copies["kfvn-2017-var-langsiktighet"] == 3
    assert copies["kfvn-2017-09-kunskapsutveckling"] == copies["kfvn-2019-12-arets-sista-veckor"] == 2
    bolin = next(r for r in relations(g, "Employment", to="malin-bolin", **{"from": "social-hallbarhet-och-fou"}))
    assert {c.source for c in bolin.claims} == {"kfvn-2017-var-langsiktighet"}
    assert len(g.view().documents(bolin.claims[0])) == 3, "one source, attested by three documents"


def test_no_cell_holds_a_non_breaking_space(g: SocialGraph) -> None:
    assert not [p for p in DATA.rglob("*.csv") if "\u00a0" in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("day", "name", "id"),
    [
        ("2017-12", "Landstinget Västernorrland", "region-vasternorrland"),
        ("2018-02-01", "Region Västernorrland", "region-vasternorrland"),
        ("2017-09", "Sveriges kommuner och landsting", "skr"),
        ("2019-11-26", "Sveriges kommuner och landsting", "skr"),
        ("2019-11-27", "Sveriges Kommuner och Regioner", "skr"),
    ],
)
def test_a_renamed_organisation_is_one_entity_that_bears_the_name_of_the_day(g: SocialGraph, day: str, name: str, id: str) -> None:
    assert g.view(at=day).name(id) == name


@pytest.mark.parametrize("word", ["SKL", "SKR", "skr", "Sveriges kommuner och landsting"])
def test_every_name_leads_to_the_same_entity_always(g: SocialGraph, word: str) -> None:
    assert g.resolve(word).id == "skr"


def test_five_things_in_one_house_are_different_things(g: SocialGraph) -> None:
    kinds = {
        "socialtjanstens-samverkans-och-stodstrukturer": "OrganisationalUnit",
        "social-hallbarhet-och-fou": "OrganisationalUnit",
        "fou-vasternorrland": "RnDUnit",
        "rss-vasternorrland": "SupportStructure",
        "kommunforbundet-vasternorrland": "MunicipalAssociation",
    }
    assert {id: g.holdings.entities[id].kind for id in kinds} == kinds


def test_rss_means_the_structures_and_also_a_network(g: SocialGraph) -> None:
    assert g.holdings.entities["regionala-samverkans-och-stodstrukturer"].kind == "SupportStructure"
    assert g.holdings.entities["rss-natverket"].kind == "Network"


def test_loans_run_in_both_directions(g: SocialGraph) -> None:
    out = relations(g, "StaffLoan", **{"from": "kommunforbundet-vasternorrland"}, person="jessica-eriksson")
    back = relations(g, "StaffLoan", to="kommunforbundet-vasternorrland", person="bjorn-blom")
    assert [r.to for r in out] == ["skr"]
    assert [r.from_ for r in back] == ["umu-institutionen-for-socialt-arbete"]
    unnamed = [r.to for r in relations(g, "StaffLoan", **{"from": "kommunforbundet-vasternorrland"}, person="")]
    assert sorted(unnamed) == ["mittuniversitetet", "umea-universitet"], "a loan whose person the text does not name"


@pytest.mark.parametrize(
    ("kind", "to", "status"),
    [
        ("Employment", "medarbetare-mot-hedersrelaterat-vald-kfvn", "planned"),  # håller på att anställa
        ("Employment", "ny-forbundsdirektor-kfvn-2019", "planned"),  # till hösten välkomnar
        ("Provision", "kompetensutveckling-systematisk-uppfoljning-2018", "planned"),  # kommer vi att erbjuda
        ("Provision", "stod-inom-organisation-och-arbetsmiljo", "wished"),  # vi vill möta
        ("Involvement", "seminarium-med-tre-ledare-fran-england", "wished"),  # ser fram emot att kunna
    ],
)
def test_what_is_planned_or_wished_never_holds(g: SocialGraph, kind: str, to: str, status: str) -> None:
    found = relations(g, kind, to=to)
    assert found
    assert {r.status for r in found} == {status}
    for mode in ("certain", "presumed", "possible"):
        for day in ("2017-12", "2018-06", "2019-12", "2024-10"):
            assert not [r for r in g.view(at=day, mode=mode).relations(of=to) if r in found]


def test_two_titles_at_once_are_two_relations(g: SocialGraph) -> None:
    held = {(r.from_, r.role) for r in g.view(at="2019-06").relations(of="sirpa-virtanen", kind="Employment")}
    assert {("kommunforbundet-vasternorrland", "t.f. direktör"), ("socialtjanstens-samverkans-och-stodstrukturer", "chef")} <= held


def test_helena_aman_and_ahman_are_one_person_by_judgement(g: SocialGraph) -> None:
    assert g.resolve("Helena Åman").id == g.resolve("Helena Åhman").id
    judged = [r for r in csv.DictReader((DATA / "identity.csv").open(encoding="utf-8")) if r["verdict"] == "same"]
    assert [r["reason"] != "" for r in judged] == [True]


def test_people_who_share_a_first_name_stay_apart(g: SocialGraph) -> None:
    assert {"malin-bolin", "malin-johansson", "anna-burston", "anna-crispe"} <= set(g.holdings.entities)


def test_94_million_is_the_first_call_for_three_years(g: SocialGraph) -> None:
    (grant,) = [r for r in relations(g, "Funding") if r.amount == 94_000_000]
    assert (grant.from_, grant.to, grant.amount, grant.currency, grant.basis) == ("forte", "fortes-forsta-utlysning-2018-2020", 94_000_000, "SEK", "call")
    assert grant.approximate
    assert (grant.claims[0].since, grant.claims[0].until) == ("2018", "2020")
    assert g.holdings.entities[grant.to].kind == "Call"


def test_about_1200_is_about(g: SocialGraph) -> None:
    (count,) = [f for f in g.holdings.facts if f.kind == "count" and f.value == "1200"]
    assert count.approximate


def test_the_same_study_told_in_two_columns_is_one_study(g: SocialGraph) -> None:
    (led,) = relations(g, "Involvement", **{"from": "ivy-krull"})
    assert {c.source for c in led.claims} == {"kfvn-2017-12-genom-samarbeten", "kfvn-2018-04-flera-uppdrag"}


def test_photographers_are_no_participants_and_film_makers_only_film(g: SocialGraph) -> None:
    assert not g.find("Kerstin Öhman")
    assert {r.role for r in relations(g, "Involvement", **{"from": "agnesfilm"})} == {"filmed"}


def test_no_phone_number_and_no_address_is_carried_over() -> None:
    for path in DATA.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"[\w.]+@[\w-]+\.\w", text), path
        assert not re.search(r"\b07\d[- ]?\d{3} ?\d{2} ?\d{2}", text), path


def test_every_paragraph_is_accounted_for_in_the_notes() -> None:
    """`notes.md` of a text read sentence by sentence says for each paragraph what was taken; no claim comes from nowhere."""
    for folder in sorted((DATA / "sources").iterdir()):
        if "document:" not in (folder / "source.yml").read_text(encoding="utf-8"):
            continue
        notes = (folder / "notes.md").read_text(encoding="utf-8")
        listed = {int(n) for line in re.findall(r"^- (p[\dp, –och-]*):", notes, re.MULTILINE) for n in _numbers(line)}
        places = [row["locator"] for row in csv.DictReader((folder / "claims.csv").open(encoding="utf-8"))]
        used = {int(m[1]) for place in places if (m := re.fullmatch(r"p(\d+)(\.s\d+)?", place))}
        assert used <= listed, f"{folder.name}: paragraphs {sorted(used - listed)} are not in notes.md"


def _numbers(text: str) -> list[int]:
    found = [int(n) for n in re.findall(r"\d+", text)]
    return list(range(found[0], found[-1] + 1)) if "–" in text and len(found) == 2 else found


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the texts themselves are not shipped; this runs where they lie beside the clone")
def test_every_printed_phrase_stands_in_its_text() -> None:
    texts = {p.stem: _plain(p.read_text(encoding="utf-8")) for p in SEEDS.glob("*.txt")}
    for folder in sorted((DATA / "sources").iterdir()):
        documents = re.findall(r"document: (\S+)", (folder / "source.yml").read_text(encoding="utf-8"))
        if documents:
            held = texts[documents[0]]
            for row in csv.DictReader((folder / "claims.csv").open(encoding="utf-8")):
                parts = [_plain(p) for p in row["stated"].split("…")]
                assert all(p in held for p in parts), f"{folder.name}: '{row['stated']}' is not printed in {documents[0]}"


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").casefold().split())


# ── the national register


@pytest.mark.parametrize("column", ["id", "name_sv", "code", "organisation_number", "wikidata"])
def test_every_municipality_is_found_by_any_name_or_number(g: SocialGraph, column: str) -> None:
    municipalities = [e for e in g.holdings.entities.values() if e.kind == "Municipality"]
    assert len(municipalities) == 290
    shared = {"212000-0803"}  # Gotland: one legal person, municipality and region
    for entity in municipalities:
        value = getattr(entity, column)
        assert entity in g.find(value)[:2], value
        assert value in shared or g.resolve(value) == entity


def test_a_map_of_a_question_by_county_has_21_tiles(g: SocialGraph, tmp_path: Path) -> None:
    page = g.tile_map(g.query("rss-hosts", mode="possible"), into=tmp_path / "map.html", column="host").read_text(encoding="utf-8")
    assert all(f"{county.name_sv}" in page for county in g.holdings.entities.values() if county.kind == "County")
    assert page.count("inte känt") > 3, "what is not known is said to be not known"


def test_rss_hosts_has_every_county_and_a_source_for_every_host(g: SocialGraph) -> None:
    rows = g.query("rss-hosts", mode="possible").to_dicts()
    assert len(rows) == len({row["county"] for row in rows}) == 21
    assert all(row["source"] for row in rows if row["relation"])
    assert any(not row["relation"] for row in rows)
