"""Source folders: each fault gives exactly the finding that says where, what was found, what was expected, how to mend it.

The vocabulary is the real ontology's; register and source are invented.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialgraph.intake.sources import COLUMNS, read_claims, read_source
from socialgraph.model.claims import Claim, Copy, Entity, Source
from socialgraph.project import Project
from socialgraph.rdf import ontology

WORDS = ontology.read(Path(__file__).parents[2] / "ontology")
KINDS = {
    "kfvn": "MunicipalAssociation", "skr": "Association", "forte": "NationalAgency", "umu": "HigherEducationInstitution", "natverket": "Network",
    "programmet": "Programme", "jessica": "Person", "forskare": "PersonGroup", "lanet": "County",
}  # fmt: skip
REGISTER = {id: Entity(id, kind, id) for id, kind in KINDS.items()}
NAME = "data/sources/column-2018"

# ── source.yml

TOLD = {
    "title": "Krönika", "publisher": "kfvn", "author": ["jessica"], "published": "2018-04", "published_basis": "stated", "kind": "column",
    "language": "sv", "copies": [{"document": "001", "url": "https://x.se/1"}, {"document": "002", "note": "utan bild"}],
    "expect": {"claims": {"min": "1", "max": "9"}},
}  # fmt: skip


def told(folder, change=None, *, text=None, notes=True):
    """Read a source folder whose source.yml is the one above, changed; a value of None leaves the field out."""
    folder = folder / "column-2018"
    folder.mkdir(exist_ok=True)
    data = {k: v for k, v in (TOLD | (change or {})).items() if v is not None}
    (folder / "source.yml").write_text(text if text is not None else yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    if notes:
        (folder / "notes.md").write_text("Läst två gånger.\n", encoding="utf-8")
    return read_source(folder, NAME, REGISTER)


def test_a_good_source_is_read_whole_and_gives_no_finding(tmp_path):
    assert told(tmp_path) == (
        Source(
            "column-2018", "Krönika", "column", "kfvn", "2018-04", "stated", ("jessica",), language="sv",
            copies=(Copy("001", "https://x.se/1"), Copy("002", note="utan bild")), expect=(1, 9),
        ),
        [],
    )  # fmt: skip


def test_only_five_fields_are_needed(tmp_path):
    source, findings = told(tmp_path, dict.fromkeys(("author", "language", "copies", "expect")))
    assert findings == []
    assert (source.authors, source.copies) == ((), ())


MISTOLD = {
    "a misspelt field": ({"pubished_note": "x"}, ("unknown-field", "pubished_note", "pubished_note", "published_note")),
    "no title": ({"title": None}, ("missing-field", "title", "", "title")),
    "no publication day": ({"published": ""}, ("missing-field", "published", "", "published")),
    "an unreadable day": ({"published": "våren 2018"}, ("bad-date", "published", "våren 2018", "2019-23 (autumn)")),
    "no last day": ({"published": "2018/.."}, ("bad-date", "published", "2018/..", "last day")),
    "an unreadable day of retrieval": ({"retrieved": "igår"}, ("bad-date", "retrieved", "igår", "EDTF")),
    "an unknown publisher": ({"publisher": "kfvnn"}, ("unknown-entity", "publisher", "kfvnn", "kfvn")),
    "an unknown author": ({"author": ["jessica", "jesica"]}, ("unknown-entity", "author", "jesica", "jessica")),
    "an unknown kind": ({"kind": "blog"}, ("wrong-field", "kind", "blog", "column | page")),
    "an unknown basis": ({"published_basis": "guessed"}, ("wrong-field", "published_basis", "guessed", "stated | inferred")),
    "an inferred day without its reason": ({"published_basis": "inferred"}, ("missing-field", "published_note", "", "published_note")),
    "copies without documents": ({"copies": [{"url": "x"}]}, ("wrong-field", "copies", "[{'url': 'x'}]", "document")),
    "copies that are a text": ({"copies": "001"}, ("wrong-field", "copies", "001", "document")),
    "expectations without numbers": ({"expect": {"claims": "many"}}, ("wrong-field", "expect", "{'claims': 'many'}", "min, max")),
    "a list where a text belongs": ({"title": ["a", "b"]}, ("wrong-field", "title", "['a', 'b']", "title: text")),
    "a mapping where an id belongs": ({"publisher": {"id": "kfvn"}}, ("wrong-field", "publisher", "{'id': 'kfvn'}", "publisher: text")),
    "mappings where ids belong": ({"author": [{"id": "jessica"}]}, ("wrong-field", "author", "[{'id': 'jessica'}]", "author: id")),
}


@pytest.mark.parametrize("case", MISTOLD)
def test_a_fault_in_source_yml_is_one_finding_at_its_field(tmp_path, case):
    change, (rule, field, found, expected) = MISTOLD[case]
    source, (finding,) = told(tmp_path, change)
    assert source is None
    assert (finding.rule, finding.file, finding.column, finding.found) == (rule, f"{NAME}/source.yml", field, found)
    says, _, mend = finding.text("en").partition("; mend: ")
    assert expected in says
    assert mend


def test_a_folder_without_source_yml_is_told_so(tmp_path):
    source, (finding,) = read_source(tmp_path, NAME, REGISTER)
    assert source is None
    assert (finding.rule, finding.file) == ("missing-file", f"{NAME}/source.yml")


@pytest.mark.parametrize(
    ("text", "rule", "row"),
    [("title: [a\n", "bad-yaml", 2), ("- a\n- b\n", "bad-yaml", 0), ("just a text", "bad-yaml", 0), ("", "empty-file", 0), ("a: b: c", "bad-yaml", 1)],
)
def test_what_is_no_mapping_is_refused(tmp_path, text, rule, row):
    source, (finding,) = told(tmp_path, text=text)
    assert source is None
    assert (finding.rule, finding.row) == (rule, row)


def test_a_source_says_how_it_was_read(tmp_path):
    assert [(f.rule, f.file) for f in told(tmp_path, notes=False)[1]] == [("missing-file", f"{NAME}/notes.md")]


def test_a_source_folder_has_a_slug_for_a_name(tmp_path):
    (tmp_path / "Krönika 2018").mkdir()
    (tmp_path / "Krönika 2018" / "notes.md").write_text("x", encoding="utf-8")
    (tmp_path / "Krönika 2018" / "source.yml").write_text(yaml.safe_dump(TOLD), encoding="utf-8")
    assert [(f.rule, f.found) for f in read_source(tmp_path / "Krönika 2018", "x", REGISTER)[1]] == [("bad-slug", "Krönika 2018")]


def test_contact_details_are_found_and_not_repeated(tmp_path):
    _, (finding,) = told(tmp_path, {"published_note": "enligt redaktör@kfvn.se"})
    assert (finding.rule, "kfvn.se" in finding.text("sv")) == ("contact-data", False)


# ── claims.csv

SOURCE = Source("column-2018", "Krönika", "column", "kfvn", "2018-04-30", "stated", copies=(Copy("001"), Copy("002")))
LOAN = {"kind": "StaffLoan", "from": "kfvn", "to": "skr", "locator": "p3.s2"}
FUNDING = {"kind": "Funding", "from": "forte", "to": "umu", "locator": "p4.s1", "amount": "94000000", "currency": "SEK", "basis": "granted"}
NAMED = {"kind": "name", "from": "skr", "value": "Sveriges kommuner och landsting", "lang": "sv", "locator": "p1"}
COUNT = {"kind": "count", "from": "lanet", "value": "290", "topic": "counted-social-services", "locator": "p2"}
TIE = {"kind": "Collaboration", "from": "kfvn", "to": "skr", "topic": "barn-och-unga|placerade-barn", "locator": "p5"}


def claimed(folder, *rows, columns=COLUMNS, source=SOURCE):
    with (folder / "claims.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return read_claims(folder, NAME, source=source, entities=REGISTER, vocabulary=WORDS)


def test_a_full_row_is_a_claim_with_every_cell_in_its_place(tmp_path):
    loan = LOAN | {
        "person": "jessica", "role": "utvecklingschef", "role_note": "deltid", "about": "programmet", "share": "0.5", "since": "2017-23", "until": "2019",
        "status": "actual", "stated": "SKL", "documents": "002", "note": "approximate", "episode": "2",
    }  # fmt: skip
    funding = FUNDING | {"topic": "placerade-barn | barn-och-unga"}
    claims, findings = claimed(tmp_path, loan, funding, columns=(*COLUMNS, "episode"))
    assert findings == []
    assert claims == [
        Claim(
            "column-2018", 2, "StaffLoan", "kfvn", "skr", person="jessica", role="utvecklingschef", role_note="deltid", about="programmet",
            share=Decimal("0.5"), since="2017-23", until="2019", episode="2", locator="p3.s2", stated="SKL", documents=("002",), note="approximate",
        ),
        Claim(
            "column-2018", 3, "Funding", "forte", "umu", amount=Decimal(94000000), currency="SEK", basis="granted",
            topics=("barn-och-unga", "placerade-barn"), locator="p4.s1",
        ),
    ]  # fmt: skip


GOOD = {
    "a relation": LOAN, "a name": NAMED, "a count": COUNT, "a tie": TIE, "money": FUNDING,
    "a named loan": LOAN | {"person": "forskare"},
    "full time": LOAN | {"share": "1"}, "no time": LOAN | {"share": "0"},
    "begun the day it was told": LOAN | {"since": "2018-04-30"}, "begun some day this year": LOAN | {"since": "2018"},
    "a plan for the future": LOAN | {"since": "2019", "status": "planned"}, "a wish": LOAN | {"status": "wished"},
    "an end in the future": LOAN | {"until": "2020"}, "within one year": LOAN | {"since": "2017", "until": "2017"},
    "an end that may lie before the start": LOAN | {"since": "2017-06", "until": "2017"},
    "vague": LOAN | {"since": "2015~", "until": "2017-24/.."},
    "a paragraph": LOAN | {"locator": "p12"},
    "non-breaking blanks around a cell": LOAN | {"since": "\u00a02017\u00a0"},
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_a_good_row_gives_a_claim_and_no_finding(tmp_path, case):
    claims, findings = claimed(tmp_path, GOOD[case])
    assert findings == []
    assert len(claims) == 1


def test_an_empty_status_is_actual(tmp_path):
    assert claimed(tmp_path, LOAN)[0][0].status == "actual"


# the row, its change, and the finding: rule, column, found, and a piece of what was expected
FAULTS = {
    "a misspelt kind": (LOAN, {"kind": "StafLoan"}, ("unknown-kind", "kind", "StafLoan", "StaffLoan")),
    "no kind": (LOAN, {"kind": ""}, ("unknown-kind", "kind", "", "a kind of the ontology")),
    "an entity kind": (LOAN, {"kind": "Person"}, ("unknown-kind", "kind", "Person", "a kind")),
    "an unknown near end": (LOAN, {"from": "kfvnn"}, ("unknown-entity", "from", "kfvnn", "kfvn")),
    "an unknown far end": (LOAN, {"to": "skrr"}, ("unknown-entity", "to", "skrr", "skr")),
    "an unknown person": (LOAN, {"person": "jesica"}, ("unknown-entity", "person", "jesica", "jessica")),
    "an unknown about": (LOAN, {"about": "programet"}, ("unknown-entity", "about", "programet", "programmet")),
    "no near end": (LOAN, {"from": ""}, ("missing-value", "from", "", "from")),
    "no far end": (LOAN, {"to": ""}, ("missing-value", "to", "", "to")),
    "a wrong near end": (LOAN, {"from": "jessica"}, ("wrong-end", "from", "jessica (Person)", "Organisation")),
    "a wrong far end": (LOAN, {"to": "programmet"}, ("wrong-end", "to", "programmet (Programme)", "Organisation")),
    "a person that is none": (LOAN, {"person": "natverket"}, ("wrong-end", "person", "natverket (Network)", "Person, PersonGroup")),
    "both ends the same": (LOAN, {"to": "kfvn"}, ("self-relation", "to", "kfvn", "two different ends")),
    "a relation with a value": (LOAN, {"value": "x"}, ("unexpected-value", "value", "x", "empty")),
    "a relation with a language": (LOAN, {"lang": "sv"}, ("unexpected-value", "lang", "sv", "empty")),
    "a qualifier the kind does not take": (TIE, {"role": "chef"}, ("unexpected-value", "role", "chef", "about, topic")),
    "a role note where there is no role": (TIE, {"role_note": "deltid"}, ("unexpected-value", "role_note", "deltid", "about, topic")),
    "a fact with a far end": (NAMED, {"to": "kfvn"}, ("unexpected-value", "to", "kfvn", "empty")),
    "a fact with a person": (NAMED, {"person": "jessica"}, ("unexpected-value", "person", "jessica", "empty")),
    "a fact with a share": (NAMED, {"share": "0.5"}, ("unexpected-value", "share", "0.5", "empty")),
    "a fact without a value": (NAMED, {"value": ""}, ("missing-value", "value", "", "value")),
    "a text without language": (NAMED, {"lang": ""}, ("bad-lang", "lang", "", "language tag")),
    "a language in words": (NAMED, {"lang": "Svenska"}, ("bad-lang", "lang", "Svenska", "language tag")),
    "a number with a language": (COUNT, {"lang": "sv"}, ("bad-lang", "lang", "sv", "numbers have none")),
    "a number with a language in words": (COUNT, {"lang": "Svenska"}, ("bad-lang", "lang", "Svenska", "numbers have none")),
    "a count in words": (COUNT, {"value": "cirka 290"}, ("bad-number", "value", "cirka 290", "a number")),
    "an unknown topic": (TIE, {"topic": "barn-och-unga|barn"}, ("unknown-concept", "topic", "barn", "a concept")),
    "a concept of another scheme": (TIE, {"topic": "granted"}, ("unknown-concept", "topic", "granted", "a concept")),
    "an unknown basis": (FUNDING, {"basis": "given"}, ("unknown-concept", "basis", "given", "granted")),
    "an unknown status": (LOAN, {"status": "aktuell"}, ("unknown-status", "status", "aktuell", "actual, denied, ended, planned, wished")),
    "a share above one": (LOAN, {"share": "1.5"}, ("bad-share", "share", "1.5", "between 0 and 1")),
    "a share below zero": (LOAN, {"share": "-0.1"}, ("bad-share", "share", "-0.1", "between 0 and 1")),
    "a share with a comma": (LOAN, {"share": "0,5"}, ("bad-share", "share", "0,5", "between 0 and 1")),
    "a share in per cent": (LOAN, {"share": "50 %"}, ("bad-share", "share", "50 %", "between 0 and 1")),
    "a share that is no number": (LOAN, {"share": "NaN"}, ("bad-share", "share", "NaN", "between 0 and 1")),
    "an amount with blanks": (FUNDING, {"amount": "94\u00a0000\u00a0000"}, ("bad-number", "amount", "94 000 000", "without blanks")),
    "an amount below zero": (FUNDING, {"amount": "-1"}, ("bad-number", "amount", "-1", "a number")),
    "an amount without end": (FUNDING, {"amount": "Infinity"}, ("bad-number", "amount", "Infinity", "a number")),
    "an amount without currency": (FUNDING, {"currency": ""}, ("missing-currency", "currency", "", "ISO 4217")),
    "a currency in words": (FUNDING, {"currency": "kronor"}, ("missing-currency", "currency", "kronor", "ISO 4217")),
    "an amount without basis": (FUNDING, {"basis": ""}, ("missing-basis", "basis", "", "granted")),
    "a currency without amount": (FUNDING, {"amount": ""}, ("unexpected-value", "currency", "SEK", "amount")),
    "a date in words": (LOAN, {"since": "hösten 2017"}, ("bad-date", "since", "hösten 2017", "2019-23 (autumn)")),
    "a day there is not": (LOAN, {"until": "2019-02-29"}, ("bad-date", "until", "2019-02-29", "EDTF")),
    "an end before the start": (LOAN, {"since": "2017", "until": "2016"}, ("ends-before-begins", "until", "2016", "2017 – 2016")),
    "actual, but begun after the text": (LOAN, {"since": "2018-05-01"}, ("actual-in-future", "since", "2018-05-01", "2018-04-30")),
    "ended, but begun after the text": (LOAN, {"since": "2019", "status": "ended"}, ("actual-in-future", "since", "2019", "2018-04-30")),
    "no place": (LOAN, {"locator": ""}, ("bad-locator", "locator", "", "p3.s2")),
    "a page of a column": (LOAN, {"locator": "s. 3"}, ("bad-locator", "locator", "s. 3", "p3.s2")),
    "a document the source is not in": (LOAN, {"documents": "001|003"}, ("unknown-document", "documents", "003", "001, 002")),
    "a phone number": (LOAN, {"note": "ring 08-123 456 78"}, ("contact-data", "note", "…", "no phone numbers")),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_one_finding_at_its_cell_and_no_claim(tmp_path, case):
    good, change, (rule, column, found, expected) = FAULTS[case]
    claims, (finding,) = claimed(tmp_path, good, good | change)
    assert [c.row for c in claims] == [2]
    assert (finding.rule, finding.file, finding.row, finding.column, finding.found) == (rule, f"{NAME}/claims.csv", 3, column, found)
    says, _, mend = finding.text("en").partition("; mend: ")
    assert expected in says + mend
    assert mend


def test_every_fault_of_a_row_is_told_at_once(tmp_path):
    _, findings = claimed(tmp_path, LOAN | {"to": "skrr", "share": "2", "since": "x", "until": "y", "locator": ""})
    assert [f.column for f in findings] == ["to", "share", "since", "until", "locator"]


def test_places_of_a_report_are_written_freely(tmp_path):
    report = Source("column-2018", "Rapport", "report", "kfvn", "2018-04-30", "stated")
    assert claimed(tmp_path, LOAN | {"locator": "s. 14, tabell 2"}, source=report)[1] == []


def test_the_same_claim_twice_is_a_finding_and_one_claim(tmp_path):
    claims, (finding,) = claimed(tmp_path, LOAN, TIE, LOAN | {"note": "again"})
    assert [c.row for c in claims] == [2, 3]
    assert (finding.rule, finding.row, finding.detail) == ("duplicate-claim", 4, "2")


def test_one_sum_granted_and_one_spent_in_the_same_sentence_are_two_claims(tmp_path):
    claims, findings = claimed(tmp_path, FUNDING, FUNDING | {"basis": "spent"}, FUNDING | {"currency": "EUR"})
    assert findings == []
    assert len({c.id for c in claims}) == 3


@pytest.mark.parametrize(("expect", "rules"), [((1, 2), []), ((2, 2), []), ((3, 9), ["total-claims"]), ((0, 1), ["total-claims"])])
def test_the_number_of_rows_is_what_the_source_expects(tmp_path, expect, rules):
    source = Source("column-2018", "Krönika", "column", "kfvn", "2018-04-30", "stated", expect=expect)
    _, findings = claimed(tmp_path, LOAN, TIE, source=source)
    assert [(f.rule, f.row, f.found, f.detail) for f in findings] == [(rule, 0, "2", f"{expect[0]}–{expect[1]}") for rule in rules]


FILES = {
    "no claims.csv": (None, ("missing-file", 0, "")),
    "an empty file": (b"", ("empty-file", 0, "")),
    "not UTF-8": (",".join(COLUMNS).encode() + b"\nStaffLoan,kfvn,\xe5\n", ("not-utf8", 0, "")),
    "an unknown column": (",".join((*COLUMNS, "sinse")).encode() + b"\n", ("unknown-column", 1, "sinse")),
    "a row with too few cells": (",".join(COLUMNS).encode() + b"\nStaffLoan,kfvn,skr\n", ("cell-count", 2, "")),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_read_is_one_finding_even_where_claims_are_expected(tmp_path, case):
    content, expected = FILES[case]
    if content is not None:
        (tmp_path / "claims.csv").write_bytes(content)
    source = Source("column-2018", "Krönika", "column", "kfvn", "2018-04-30", "stated", expect=(5, 9))
    claims, (finding,) = read_claims(tmp_path, NAME, source=source, entities=REGISTER, vocabulary=WORDS)
    assert claims == []
    assert (finding.rule, finding.row, finding.column) == expected
    assert finding.file == f"{NAME}/claims.csv"


ROWS = st.lists(
    st.one_of(st.sampled_from(list(GOOD.values())), st.sampled_from([good | change for good, change, _ in FAULTS.values()])), min_size=1, max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_every_row_is_a_claim_or_a_finding_never_both_never_neither(tmp_path, rows):
    claims, findings = claimed(tmp_path, *rows)
    taken, refused = {c.row for c in claims}, {f.row for f in findings}
    assert taken | refused == set(range(2, 2 + len(rows)))
    assert not taken & refused
    assert len({c.id for c in claims}) == len(claims)


def test_every_row_of_the_invented_world_is_a_claim(world_project):
    from socialgraph.build import gather_inputs

    holdings, findings = gather_inputs(Project(world_project, world_project / "build"))
    files = sorted((world_project / "data" / "sources").glob("*/claims.csv"))
    rows = {(f.parent.name, n) for f in files for n, record in enumerate(csv.reader(f.open(encoding="utf-8", newline="")), 1) if n > 1 and any(record)}
    assert findings == []
    assert {(c.source, c.row) for c in holdings.claims} == rows
    assert len(rows) == len(holdings.claims)
