"""The register and the judgements of who is who: each fault gives one finding that says where and how to mend it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from socialgraph.intake.entities import COLUMNS, IDENTITY_COLUMNS, canonical_ids, check_sources, read_entities, read_identity
from socialgraph.model.claims import Entity
from socialgraph.rdf import ontology

WORDS = ontology.read(Path(__file__).parents[2] / "ontology")
GOOD = {"id": "umea-universitet", "kind": "HigherEducationInstitution", "name_sv": "Umeå universitet", "source": "reg"}
FULL = GOOD | {
    "name_en": "Umeå University", "abbreviation": "UmU", "alt_names": "Umu | Univ. i Umeå", "organisation_number": "202100-2874", "code": "2480",
    "ror": "https://ror.org/05kb8h459", "wikidata": "Q765498", "website": "https://www.umu.se", "note": "x",
}  # fmt: skip


def write(path, columns, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def read(folder, *rows, name="a.csv"):
    write(folder / name, COLUMNS, rows)
    return read_entities(folder, "data/entities", WORDS)


def test_a_good_row_is_an_entity_with_every_cell_in_its_place_and_no_finding(tmp_path):
    entities, findings = read(tmp_path, FULL)
    assert findings == []
    lists = {"alt_names": ("Umu", "Univ. i Umeå")}
    assert entities == {"umea-universitet": Entity(**(FULL | lists), file="data/entities/a.csv", row=2)}


FAULTS = {
    "no id": ({"id": ""}, [("missing-value", "id", "")]),
    "no name": ({"name_sv": " "}, [("missing-value", "name_sv", "")]),
    "no kind": ({"kind": ""}, [("missing-value", "kind", "")]),
    "no source": ({"source": ""}, [("missing-value", "source", "")]),
    "an id with capitals": ({"id": "Umea"}, [("bad-slug", "id", "Umea")]),
    "a misspelt kind": ({"kind": "HigherEducationInstitutoin"}, [("unknown-kind", "kind", "HigherEducationInstitutoin")]),
    "a relation kind": ({"kind": "StaffLoan"}, [("unknown-kind", "kind", "StaffLoan")]),
    "a wrong organisation number": ({"organisation_number": "202100-2875"}, [("bad-identifier", "organisation_number", "202100-2875")]),
    "a wrong ROR": ({"ror": "https://ror.org/05kb8h458"}, [("bad-identifier", "ror", "https://ror.org/05kb8h458")]),
    "a wrong ORCID": ({"orcid": "0000-0002-1825-0098"}, [("bad-identifier", "orcid", "0000-0002-1825-0098")]),
    "a wrong item": ({"wikidata": "P31"}, [("bad-identifier", "wikidata", "P31")]),
    "a wrong code": ({"code": "480"}, [("bad-identifier", "code", "480")]),
    "an unknown whole": ({"part_of": "umea"}, [("unknown-entity", "part_of", "umea")]),
    "an unknown county": ({"county": "vasterbotten"}, [("unknown-entity", "county", "vasterbotten")]),
    "a phone number": ({"note": "090-786 50 00"}, [("contact-data", "note", "…")]),
    "two faults": ({"ror": "x", "code": "y"}, [("bad-identifier", "code", "y"), ("bad-identifier", "ror", "x")]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_one_finding_at_its_cell(tmp_path, case):
    change, expected = FAULTS[case]
    _, findings = read(tmp_path, {**GOOD, "id": "other"}, GOOD | change)
    assert [(f.rule, f.column, f.found) for f in findings] == expected
    assert {(f.file, f.row) for f in findings} == {("data/entities/a.csv", 3)}
    assert all("mend: " in f.text("en") for f in findings)


def test_a_misspelt_kind_is_told_the_near_ones(tmp_path):
    _, (finding,) = read(tmp_path, GOOD | {"kind": "Municipalty"})
    assert "near: Municipality" in finding.text("en")


def test_one_wrong_digit_is_one_finding_however_often_the_entity_is_named(tmp_path):
    parts = [{**GOOD, "id": f"part-{n}", "kind": "Department", "part_of": "umea-universitet"} for n in range(3)]
    entities, findings = read(tmp_path, GOOD | {"ror": "x"}, *parts)
    assert [f.rule for f in findings] == ["bad-identifier"]
    assert len(entities) == 4


def test_an_id_is_there_once_in_all_files(tmp_path):
    read(tmp_path, GOOD, name="a.csv")
    entities, (finding,) = read(tmp_path, GOOD | {"name_sv": "Another"}, name="b.csv")
    assert (finding.rule, finding.file, finding.row, finding.column) == ("duplicate-id", "data/entities/b.csv", 2, "id")
    assert "data/entities/a.csv:2" in finding.text("en")
    assert entities["umea-universitet"].name_sv == "Umeå universitet"


def test_rows_may_name_each_other_across_files_in_any_order(tmp_path):
    read(tmp_path, GOOD | {"part_of": "b-whole"}, name="a.csv")
    assert read(tmp_path, GOOD | {"id": "b-whole"}, name="b.csv")[1] == []


def test_a_register_without_files_is_a_finding(tmp_path):
    assert [f.rule for f in read_entities(tmp_path, "data/entities", WORDS)[1]] == ["missing-file"]


def test_every_source_an_entity_cites_is_there():
    cited = [Entity("a", "K", "A", source="reg|regg", file="f.csv", row=4), Entity("b", "K", "B", source="reg")]
    (finding,) = check_sources(cited, ["reg"])
    assert (finding.rule, finding.file, finding.row, finding.column, finding.found, finding.detail) == ("unknown-source", "f.csv", 4, "source", "regg", "reg")


# ── who is who

PEOPLE = {id: Entity(id, "Person", id) for id in "abcdef"} | {"u": Entity("u", "RnDUnit", "U")}
JUDGED = {"left": "a", "right": "b", "verdict": "same", "reason": "same ORCID", "by": "editor", "on": "2020-02"}


def judge(folder, *rows):
    write(folder / "identity.csv", IDENTITY_COLUMNS, [JUDGED | row for row in rows])
    judgements, findings = read_identity(folder / "identity.csv", "data/identity.csv", PEOPLE)
    canonical, contradictions = canonical_ids(judgements, "data/identity.csv")
    return canonical, [(f.rule, f.row, f.column, f.found) for f in findings + contradictions]


def test_no_file_is_no_judgement(tmp_path):
    assert read_identity(tmp_path / "identity.csv", "data/identity.csv", PEOPLE) == ([], [])


SAME, DIFFERENT, UNSURE = ({"verdict": verdict} for verdict in ("same", "different", "unsure"))
LEADERS = {
    "one pair": ([SAME], {"b": "a"}),
    "a chain": ([SAME, {"left": "b", "right": "c"}], {"b": "a", "c": "a"}),
    "the earliest left stands, also when it is a right later": ([SAME, {"left": "c", "right": "a"}], {"b": "a", "c": "a"}),
    "two groups that meet": ([SAME, {"left": "c", "right": "d"}, {"left": "d", "right": "b"}], {"b": "a", "c": "a", "d": "a"}),
    "two groups that do not": ([SAME, {"left": "c", "right": "d"}], {"b": "a", "d": "c"}),
    "said twice": ([SAME, {"left": "b", "right": "a"}], {"b": "a"}),
    "different and unsure merge nothing": ([DIFFERENT, UNSURE | {"right": "c"}], {}),
}


@pytest.mark.parametrize("case", LEADERS)
def test_the_left_of_the_earliest_row_stands_for_all_that_are_the_same(tmp_path, case):
    rows, expected = LEADERS[case]
    assert judge(tmp_path, *rows) == (expected, [])


CONTRADICTIONS = {
    "said outright": [SAME, DIFFERENT],
    "the other way round": [SAME, DIFFERENT | {"left": "b", "right": "a"}],
    "following from others": [SAME, {"left": "b", "right": "c"}, {"left": "c", "right": "d"}, DIFFERENT | {"right": "d"}],
    "before the others": [DIFFERENT | {"right": "c"}, SAME, {"left": "b", "right": "c"}],
    "different from itself": [DIFFERENT | {"right": "a"}],
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_judgements_that_contradict_each_other_are_refused(tmp_path, case):
    rows = CONTRADICTIONS[case]
    row = next(n for n, r in enumerate(rows, 2) if r.get("verdict") == "different")
    assert judge(tmp_path, *rows)[1] == [("identity-contradiction", row, "verdict", "different")]


MISJUDGED = {
    "two kinds": ({"right": "u"}, [("identity-contradiction", 2, "right", "u")]),
    "unknown id": ({"right": "bb"}, [("unknown-entity", 2, "right", "bb")]),
    "unknown verdict": ({"verdict": "maybe"}, [("wrong-field", 2, "verdict", "maybe")]),
    "no reason": ({"reason": ""}, [("missing-value", 2, "reason", "")]),
    "no day": ({"on": ""}, [("missing-value", 2, "on", "")]),
    "a bad day": ({"on": "igår"}, [("bad-date", 2, "on", "igår")]),
}


@pytest.mark.parametrize("case", MISJUDGED)
def test_a_faulty_judgement_is_a_finding_and_merges_nothing(tmp_path, case):
    change, expected = MISJUDGED[case]
    assert judge(tmp_path, change) == ({}, expected)
