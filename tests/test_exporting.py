"""The graph taken along: each form read back by a program of its own, held against what the build holds."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SH, SKOS, TIME, VOID, XSD

from socialgraph import SocialGraph
from socialgraph.errors import ParameterInvalid
from socialgraph.exporting import FORMS
from socialgraph.model.dates import MAX, MIN, last_day
from socialgraph.model.ids import BASE, PREFIXES

CV = rdflib.Namespace("http://data.europa.eu/m8g/")
SGD, SGR = rdflib.Namespace(PREFIXES["sgd"]), rdflib.Namespace(PREFIXES["sgr"])
TURTLE = [name for name, form in FORMS.items() if form.suffix == ".ttl"]


def parsed(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle")


@pytest.fixture(scope="module")
def said(world: SocialGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, rdflib.Graph]:
    """Every Turtle form, read by rdflib; ORG and CPOV on a day when much holds."""
    folder = tmp_path_factory.mktemp("said")
    when = {"org": {"at": "2018-04-30"}, "cpov": {"at": "2018-04-30"}}
    return {name: parsed(world.export(name, into=folder / f"{name}.ttl", **when.get(name, {}))) for name in TURTLE}


# ── every form


@pytest.mark.parametrize("form", FORMS)
def test_the_same_build_gives_the_same_bytes_whatever_the_hash_seed(world: SocialGraph, tmp_path: Path, form: str) -> None:
    made = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}{FORMS[form].suffix}"
        command = [sys.executable, "-m", "socialgraph.cli", "export", "--root", str(world.project.inputs), "--as", form, "-o", str(file)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        made.append(file.read_bytes())
    assert made[0] == made[1] != b""


@pytest.mark.parametrize("form", [name for name, f in FORMS.items() if f.days == "never"])
def test_a_form_that_holds_every_day_refuses_one_and_says_what_to_do(world: SocialGraph, tmp_path: Path, form: str) -> None:
    with pytest.raises(ParameterInvalid, match="leave --at out") as error:
        world.export(form, into=tmp_path / "x", at="2018")
    assert "lämna --at" in error.value.text("sv")
    assert not list(tmp_path.iterdir())


def test_an_unknown_form_is_told_the_known_ones(world: SocialGraph, tmp_path: Path) -> None:
    with pytest.raises(ParameterInvalid, match="forms are: csv, gexf"):
        world.export("excel", into=tmp_path / "x")
    assert world.forms(lang="en").column("form") == list(FORMS)


# ── the whole graph


def test_trig_and_json_ld_hold_every_quad_in_its_graph(world: SocialGraph, tmp_path: Path) -> None:
    for form, name in (("trig", "trig"), ("jsonld", "json-ld")):
        dataset = rdflib.Dataset()
        dataset.parse(world.export(form, into=tmp_path / form), format=name)
        graphs = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
        mine: dict[str, int] = {}
        for quad in world.store.quads():
            mine[quad.graph_name.value] = mine.get(quad.graph_name.value, 0) + 1
        assert graphs == mine, form


def test_turtle_is_the_union_of_the_graphs(world: SocialGraph, said: dict[str, rdflib.Graph]) -> None:
    assert len(said["turtle"]) == len({q.triple for q in world.store.quads()})


def test_known_by_and_sources_narrow_what_is_exported(world: SocialGraph, tmp_path: Path) -> None:
    everything, early = (parsed(world.export("prov", into=tmp_path / f"{n}.ttl", known_by=n)) for n in ("", "2017-12-31"))
    assert 0 < len(set(early.subjects(RDF.type, RDF.Statement))) < len(set(everything.subjects(RDF.type, RDF.Statement)))
    assert {str(s).rsplit("/", 1)[1] for s in early.objects(None, PROV.hadPrimarySource)} == {"exempel-2017-var", "natstudien-2017"}


# ── PROV-O with OWL-Time


def test_prov_has_every_actual_relation_its_claims_and_their_sources(world: SocialGraph, said: dict[str, rdflib.Graph]) -> None:
    graph, real = said["prov"], [r for r in world.holdings.relations if r.status in ("actual", "ended")]
    assert {str(s) for s in graph.subjects(RDF.type, RDF.Statement)} == {PREFIXES["sgr"] + r.id for r in real}
    for relation in real:
        node = SGR[relation.id]
        assert {str(o) for o in graph.objects(node, PROV.wasDerivedFrom)} == {PREFIXES["sgp"] + c.id for c in relation.claims}
        assert (node, RDF.subject, SGD[relation.from_]) in graph
    for claim in {c.id: c for r in real for c in r.claims}.values():
        source = graph.value(rdflib.URIRef(PREFIXES["sgp"] + claim.id), PROV.wasDerivedFrom)
        assert str(source) == PREFIXES["sgs"] + claim.source
        assert graph.value(source, DCTERMS.issued).toPython() == last_day(world.holdings.sources[claim.source].published)


def test_a_date_known_to_the_day_is_a_day_and_a_vague_one_a_span_with_the_bounds_that_are_known(world: SocialGraph, said: dict[str, rdflib.Graph]) -> None:
    graph, seen = said["prov"], set()
    for relation in (r for r in world.holdings.relations if r.status in ("actual", "ended")):
        interval = graph.value(SGR[relation.id], DCTERMS.temporal)
        for side, prop, first, last in (
            ("start", TIME.hasBeginning, relation.times.start_earliest, relation.times.start_latest),
            ("end", TIME.hasEnd, relation.times.end_earliest, relation.times.end_latest),
        ):
            instant = graph.value(interval, prop)
            told = [graph.value(instant, TIME.inXSDDate)] if instant else []
            for span in graph.subjects(TIME.inside, instant) if instant else ():
                told += [graph.value(graph.value(span, p), TIME.inXSDDate) for p in (TIME.hasBeginning, TIME.hasEnd)]
            days = {t.toPython() for t in told if t is not None}
            assert days == {d for d in (first, last) if d not in (MIN, MAX)}, (relation.id, side)
            seen.add((side, len(days)))
    assert seen == {(side, n) for side in ("start", "end") for n in (1, 2)}


# ── ORG, CPOV


def test_org_has_the_memberships_of_the_day_with_both_ends_their_time_and_evidence(world: SocialGraph, said: dict[str, rdflib.Graph]) -> None:
    graph, view = said["org"], world.view(at="2018-04-30")
    held = {r.id: r for kind in ("Employment", "Membership") for r in view.relations(kind=kind)}
    assert {str(s) for s in graph.subjects(RDF.type, ORG.Membership)} == {PREFIXES["sgr"] + id for id in held}
    assert held
    for id, relation in held.items():
        member, joined = (relation.to, relation.from_) if relation.kind == "Employment" else (relation.from_, relation.to)
        assert (SGR[id], ORG.member, SGD[member]) in graph
        assert (SGR[id], ORG.organization, SGD[joined]) in graph
        assert (graph.value(SGR[id], ORG.memberDuring), RDF.type, TIME.ProperInterval) in graph
        assert list(graph.objects(SGR[id], PROV.wasDerivedFrom))


def test_org_types_only_what_the_ontology_aligns_and_names_everything_it_mentions(world: SocialGraph, said: dict[str, rdflib.Graph]) -> None:
    graph = said["org"]
    words = world.vocabulary
    for entity in world.holdings.entities.values():
        kinds = words.entity_kinds[entity.kind].ancestors
        assert ((SGD[entity.id], RDF.type, FOAF.Person) in graph) == ("Person" in kinds)
        assert ((SGD[entity.id], RDF.type, ORG.Organization) in graph) == ("Organisation" in kinds)
    for prop in (ORG.member, ORG.organization, ORG.unitOf, ORG.subOrganizationOf, ORG.originalOrganization):
        for _, thing in graph.subject_objects(prop):
            assert graph.value(thing, SKOS.prefLabel), thing


def test_org_tells_the_successions_of_agents_as_change_events_and_no_others(real: SocialGraph, tmp_path: Path) -> None:
    graph = parsed(real.export("org", into=tmp_path / "org.ttl"))
    agents = {id for id, e in real.holdings.entities.items() if "Agent" in real.vocabulary.entity_kinds[e.kind].ancestors}
    begun = [r for r in real.holdings.relations if r.kind == "Succession" and r.times.certain_from <= real.last_day]
    ends = (ORG.originalOrganization, ORG.resultingOrganization)
    told = {(str(e), *(str(graph.value(e, end)) for end in ends)) for e in graph.subjects(RDF.type, ORG.ChangeEvent)}
    assert told == {(str(SGR[r.id]), str(SGD[r.from_]), str(SGD[r.to])) for r in begun if {r.from_, r.to} <= agents}
    assert len(told) > 5


def test_cpov_has_the_public_organisations_and_no_others(world: SocialGraph, said: dict[str, rdflib.Graph]) -> None:
    graph = said["cpov"]
    public = {e.id for e in world.holdings.entities.values() if world.vocabulary.is_a(e.kind, ("Municipality", "Region", "NationalAgency", "Ministry"))}
    assert {str(s).removeprefix(PREFIXES["sgd"]) for s in graph.subjects(RDF.type, CV.PublicOrganisation)} == public
    for id in public:
        assert graph.value(SGD[id], SKOS.prefLabel)
        assert str(graph.value(SGD[id], DCTERMS.identifier)) == id


@pytest.mark.parametrize("form", ["org", "cpov", "prov"])
def test_nothing_planned_wished_or_denied_is_said_in_a_standard(world: SocialGraph, said: dict[str, rdflib.Graph], form: str) -> None:
    unreal = {PREFIXES["sgr"] + r.id for r in world.holdings.relations if r.status not in ("actual", "ended")}
    spoken = {str(s).partition("#")[0] for s in (*said[form].subjects(), *said[form].objects())} | {str(s) for s in said[form].subjects()}
    assert len(unreal) > 5
    assert not unreal & {s.partition("#")[0] if s.startswith(PREFIXES["sgr"]) else s for s in spoken}


# ── DCAT-AP-SE, VoID, service, examples


def test_the_catalogue_record_has_what_dcat_ap_se_asks_for(world: SocialGraph, said: dict[str, rdflib.Graph], tmp_path: Path) -> None:
    graph = said["dcat"]
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    for thing in (dataset, catalog):
        for prop in (DCTERMS.title, DCTERMS.description):
            assert {o.language for o in graph.objects(thing, prop)} == {"sv", "en"}
        assert (graph.value(thing, DCTERMS.publisher), RDF.type, FOAF.Agent) in graph
    assert graph.value(catalog, DCTERMS.license)
    assert graph.value(graph.value(dataset, DCTERMS.temporal), DCAT.endDate).toPython() == world.last_day
    files = list(graph.objects(dataset, DCAT.distribution))
    assert len(files) == 6
    for file in files:
        assert graph.value(file, DCAT.accessURL)
        assert graph.value(file, DCTERMS.license)
        assert graph.value(file, DCTERMS["format"])
    moved = parsed(world.export("dcat", into=tmp_path / "d.ttl", address="https://example.org/oppna-data"))
    assert {str(u).rsplit("/", 1)[0] for u in moved.objects(None, DCAT.accessURL)} == {"https://example.org/oppna-data"}
    with pytest.raises(ParameterInvalid, match="no address"):
        world.export("dcat", into=tmp_path / "e.ttl", address="here> <there")


def test_void_counts_what_the_store_holds(world: SocialGraph, said: dict[str, rdflib.Graph]) -> None:
    graph = said["void"]
    dataset = rdflib.URIRef(BASE + "dataset")
    quads = list(world.store.quads())
    assert graph.value(dataset, VOID.triples).toPython() == len({q.triple for q in quads})
    assert graph.value(dataset, VOID.properties).toPython() == len({q.predicate for q in quads}) == len(list(graph.objects(dataset, VOID.propertyPartition)))
    assert graph.value(dataset, VOID.entities).toPython() == world.built.counts["entities"]
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert {str(graph.value(n, sd.name)) for n in graph.objects(dataset, sd.namedGraph)} == {q.graph_name.value for q in quads}
    assert (rdflib.URIRef(BASE + "service"), sd.feature, sd.UnionDefaultGraph) in graph


def test_every_question_is_an_example_that_an_editor_can_run(real: SocialGraph, tmp_path: Path) -> None:
    graph = parsed(real.export("void", into=tmp_path / "void.ttl"))
    examples = dict(graph.subject_objects(SH["select"]))
    assert {str(e).rsplit("/", 1)[1] for e in examples} == set(real.catalogue.questions)
    prefixes = {str(graph.value(d, SH.prefix)): graph.value(d, SH.namespace) for d in graph.objects(None, SH.declare)}
    assert {p: str(n) for p, n in prefixes.items()} == PREFIXES
    assert {n.datatype for n in prefixes.values()} == {XSD.anyURI}
    head = "".join(f"PREFIX {p}: <{n}>\n" for p, n in prefixes.items())
    empty = [str(e) for e, text in examples.items() if not len(real.store.table(head + str(text))[1])]
    assert not empty, "an example has an answer"
    assert all({o.language for o in graph.objects(e, RDFS.comment)} == {"sv", "en"} for e in examples)


# ── networks


def test_gexf_has_every_actual_relation_apart_with_its_days(world: SocialGraph, tmp_path: Path) -> None:
    graph = nx.read_gexf(world.export("gexf", into=tmp_path / "n.gexf"))
    held = {r.id: r for r in world.holdings.relations if r.times.possible_from <= r.times.possible_until}
    edges = {told["id"]: (start, end, told) for start, end, told in graph.edges(data=True)}
    assert edges.keys() == held.keys()
    for id, (start, end, told) in edges.items():
        times = held[id].times
        assert (start, end, told["kind"]) == (held[id].from_, held[id].to, held[id].kind)
        first, last = map(str, told["spells"][0])
        assert first == ("None" if times.possible_from == MIN else times.possible_from.isoformat())
        assert last == ("None" if times.possible_until == MAX else times.possible_until.isoformat())
    parallel = [(r.from_, r.to) for r in held.values()]
    assert len(parallel) > len(set(parallel)), "two relations between the same two stay two"
    assert not {r.status for r in held.values()} & {"planned", "wished", "denied"}


def test_gexf_in_a_mode_has_the_spells_of_that_mode_and_names_over_time(world: SocialGraph, tmp_path: Path) -> None:
    xml = ET.parse(world.export("gexf", into=tmp_path / "n.gexf", mode="certain"))  # noqa: S314 (our own file)
    space = {"g": "http://www.gexf.net/1.2draft"}
    spells = {e.get("id"): e.find("g:spells/g:spell", space) for e in xml.iterfind(".//g:edge", space)}
    loan = next(r for r in world.holdings.relations if r.times.certain_from == date(2018, 3, 1) and r.times.certain_until == date(2018, 6, 30))
    assert (spells[loan.id].get("start"), spells[loan.id].get("end")) == ("2018-03-01", "2018-06-30")
    assert xml.find("g:graph", space).attrib.items() >= {"mode": "dynamic", "timeformat": "date"}.items()
    titles = {a.get("title"): a.get("id") for a in xml.iterfind(".//g:attribute", space)}
    assert "networkx_key" not in titles
    values = [v for n in xml.iterfind(".//g:node", space) for v in n.iterfind(".//g:attvalue", space) if v.get("for") == titles["name_over_time"]]
    assert "2019-11-27" in {v.get("start") for v in values}
    assert "2019-11-26" in {v.get("end") for v in values}


def test_graphml_has_what_holds_on_the_day_and_every_date_as_an_attribute(world: SocialGraph, tmp_path: Path) -> None:
    graph = nx.read_graphml(world.export("graphml", into=tmp_path / "n.graphml", at="2018-04-30", mode="certain"), force_multigraph=True)
    held = {r.id: r for r in world.view(at="2018-04-30", mode="certain").relations()}
    assert {key for *_, key in graph.edges(keys=True)} == held.keys()
    for start, end, key, told in graph.edges(keys=True, data=True):
        assert (start, end) == (held[key].from_, held[key].to)
        assert told.get("possible_from", MIN.isoformat()) == held[key].times.possible_from.isoformat()
    assert not list(nx.isolates(graph))


def test_hostile_names_stay_text_in_xml(world_project: Path, tmp_path: Path) -> None:
    register = next((world_project / "data" / "entities").glob("organisations.csv"))
    hostile = '</node><script>alert("å")</script>&amp;]]>'
    register.write_text(register.read_text(encoding="utf-8").replace("Kommunförbundet Exempel", f'"{hostile.replace(chr(34), chr(34) * 2)}"'), encoding="utf-8")
    g = SocialGraph.build(world_project)
    for form, read in (("gexf", nx.read_gexf), ("graphml", nx.read_graphml)):
        graph = read(g.export(form, into=tmp_path / form, at="2018-04-30"))
        assert hostile in {told.get("name_sv", "") for _, told in graph.nodes(data=True)}


# ── CSV on the Web


@pytest.fixture(scope="module")
def lists(world: SocialGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = world.export("csv", into=tmp_path_factory.mktemp("lists") / "out")
    return {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()}


READ = {
    "string": str, "integer": int, "decimal": Decimal, "date": date.fromisoformat, "boolean": {"true": True, "false": False}.__getitem__,
}  # fmt: skip


def test_the_metadata_describes_every_column_and_every_cell_is_of_its_type(lists: dict[str, str]) -> None:
    metadata = json.loads(lists["csv-metadata.json"])
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert {t["url"] for t in metadata["tables"]} == set(lists) - {"csv-metadata.json"}
    keys: dict[str, set[str]] = {}
    for table in metadata["tables"]:
        rows = list(csv.DictReader(io.StringIO(lists[table["url"]])))
        columns = table["tableSchema"]["columns"]
        assert list(rows[0]) == [c["titles"] for c in columns]
        for column in columns:
            assert set(column["dc:description"]) == {"sv", "en"}
            for row in rows:
                for cell in row[column["name"]].split(column["separator"]) if "separator" in column else [row[column["name"]]]:
                    assert not cell or READ[column["datatype"]](cell) is not None
        ids = [row[table["tableSchema"]["primaryKey"]] for row in rows]
        assert len(ids) == len(set(ids))
        keys[table["url"]] = set(ids)
    for table in metadata["tables"]:
        for foreign in table["tableSchema"].get("foreignKeys", []):
            pointing = {row[foreign["columnReference"]] for row in csv.DictReader(io.StringIO(lists[table["url"]]))} - {""}
            assert pointing <= keys[foreign["reference"]["resource"]], (table["url"], foreign)


def test_the_lists_are_complete_with_status_and_dates(world: SocialGraph, lists: dict[str, str]) -> None:
    rows = {name: list(csv.DictReader(io.StringIO(lists[f"{name}.csv"]))) for name in ("entities", "relations", "facts", "claims", "sources")}
    held = world.holdings
    assert {name: len(found) for name, found in rows.items()} == {
        "entities": len(held.entities), "relations": len(held.relations), "facts": len(held.facts), "claims": world.built.counts["claims"],
        "sources": len(held.sources),
    }  # fmt: skip
    planned = [r for r in rows["relations"] if r["status"] == "planned"]
    assert planned
    assert {r["state"] for r in planned} == {"planned"}
    for row, relation in ((row, {r.id: r for r in held.relations}[row["id"]]) for row in rows["relations"]):
        assert row["certain_from"] == ("" if relation.times.certain_from == MAX else relation.times.certain_from.isoformat())
        assert row["sources"].split("|") == sorted({c.source for c in relation.claims})


def test_with_a_day_the_lists_hold_what_holds_then_and_a_zip_has_the_same_files(world: SocialGraph, tmp_path: Path) -> None:
    path = world.export("csv", into=tmp_path / "day.zip", at="2018-04-30", mode="certain")
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("relations.csv").decode())))
        assert set(archive.namelist()) == {*(f"{n}.csv" for n in ("entities", "relations", "facts", "claims", "sources")), "csv-metadata.json"}
        entities = {row["id"] for row in csv.DictReader(io.StringIO(archive.read("entities.csv").decode()))}
    assert {row["id"] for row in rows} == {r.id for r in world.view(at="2018-04-30", mode="certain").relations()}
    assert {row["state"] for row in rows} == {"certain"}
    assert {row["from"] for row in rows} <= entities
