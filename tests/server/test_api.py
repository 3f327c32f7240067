"""The question API: every question an operation that is described, checked and answers what the graph answers."""

from __future__ import annotations

import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator
from tests.server.conftest import ROOT

from socialgraph.rdf.queries import Catalogue

NAMES = sorted(Catalogue(ROOT / "queries").questions)


def test_openapi_describes_every_question_with_its_parameters(served_real) -> None:
    described = served_real.get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    catalogue = served_real.get("/api/questions").json()
    assert {q["name"] for q in catalogue} == set(NAMES)
    for question in catalogue:
        operation = described["paths"][f"/api/questions/{question['name']}"]["get"]
        given = {p["name"]: p for p in operation["parameters"]}
        assert {p["name"] for p in question["parameters"]} <= set(given)
        assert {"at", "mode", "known_by", "source", "lang", "format", "evidence"} <= set(given)
        for p in question["parameters"]:
            assert given[p["name"]]["required"] is p["required"]
            assert given[p["name"]]["description"]
        for p in operation["parameters"]:
            Draft202012Validator.check_schema(p["schema"])


@pytest.mark.parametrize("name", NAMES)
def test_every_question_answers_its_own_example_as_the_graph_does(served_real, real, name: str) -> None:
    example = dict(real.question(name).example)
    reply = served_real.get(f"/api/questions/{name}", params=example)
    assert reply.status_code == 200, reply.text
    scope = {k: example.pop(k) for k in ("at", "mode", "known_by") if k in example}
    table = real.query(name, **scope, **example)
    assert len(reply.json()["rows"]) == len(table.rows)
    assert reply.json()["rows"] == json.loads(table.to_json())["rows"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/questions/staff-loans?mode=sure", 400, "mode"), ("/api/questions/staff-loans?at=yesterday", 400, "yesterday"),
        ("/api/questions/staff-loans?organisation=skrr", 404, "skr"), ("/api/questions/members", 400, "network"), ("/api/questions/none", 404, ""),
        ("/api/questions/staff-loans?format=pdf", 400, "format"), ("/api/questions/staff-loans?build=0123456789ab", 404, "build"),
        ("/api/questions/staff-loans?build=../../etc", 400, "build"), ("/api/find", 400, "q"), ("/api/entities/none", 404, "none"),
        ("/api/relations/ffffffffffff", 404, "ffffffffffff"), ("/reconcile/none", 404, "none"), ("/exports/none", 400, "none"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(served_real, path: str, status: int, told: str) -> None:
    reply = served_real.get(path, headers={"Accept-Language": "en"})
    assert reply.status_code == status
    assert told in reply.text
    assert "Traceback" not in reply.text


def test_evidence_sources_and_forms(served_real) -> None:
    plain = served_real.get("/api/questions/staff-loans?at=2018-04-30").json()
    shown = served_real.get("/api/questions/staff-loans?at=2018-04-30&evidence=1").json()
    assert len(shown["rows"]) >= len(plain["rows"])
    assert all(row["evidence_source"]["id"] for row in shown["rows"])
    one = shown["rows"][0]["evidence_source"]["id"]
    only = served_real.get("/api/questions/staff-loans", params={"at": "2018-04-30", "source": one}).json()
    assert only["about"]["sources"] == "1"
    rows = list(csv.reader(io.StringIO(served_real.get("/api/questions/staff-loans?at=2018-04-30&format=csv&lang=en").text.lstrip("\ufeff"))))
    assert len(rows) == len(plain["rows"]) + 1


def test_finding_showing_and_who_says_so(served_real) -> None:
    found = served_real.get("/api/find", params={"q": "blusi"}).json()["rows"]
    assert found[0]["id"]
    shown = served_real.get("/api/entities/skr").json()["rows"]
    relation = next(r["relation"]["id"] for r in shown if r["relation"])
    assert served_real.get(f"/api/relations/{relation}").json()["rows"]
    offers = served_real.get("/api/sparql/offers", params={"lang": "sv"}).json()
    assert {"sg:StaffLoan", "sgd:skr"} <= {o["term"] for o in offers}


@pytest.mark.parametrize("form", ["csv", "gexf", "graphml", "org", "cpov", "prov", "dcat", "void", "jsonld", "turtle", "trig"])
def test_the_graph_is_taken_along_in_every_form(served, form: str) -> None:
    reply = served.get(f"/exports/{form}")
    assert reply.status_code == 200
    assert "attachment" in reply.headers["content-disposition"]
    assert len(reply.content) > 500
