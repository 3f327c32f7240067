"""The Reconciliation Service API 0.2, as a client such as OpenRefine speaks it, over the real register."""

from __future__ import annotations

import json

import pytest
from jsonschema import validate

# What section 3.2, 4.3, 5.2 and 7.2 of the specification (W3C community group report, 0.2) require of each reply, as JSON Schema.
TYPE = {"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
CANDIDATE = {
    "type": "object", "required": ["id", "name", "score"],
    "properties": {
        "id": {"type": "string"}, "name": {"type": "string"}, "description": {"type": "string"}, "score": {"type": "number"}, "match": {"type": "boolean"},
        "type": {"type": "array", "items": TYPE},
    },
}  # fmt: skip
RESULTS = {
    "type": "object",
    "additionalProperties": {"type": "object", "required": ["result"], "properties": {"result": {"type": "array", "items": CANDIDATE}}},
}
MANIFEST = {
    "type": "object", "required": ["name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": {"type": "string"}}, "name": {"type": "string"}, "identifierSpace": {"type": "string", "format": "uri"},
        "schemaSpace": {"type": "string"}, "defaultTypes": {"type": "array", "items": TYPE},
        "view": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "pattern": r".*\{\{id\}\}.*"}}},
        "preview": {"type": "object", "required": ["url", "width", "height"]},
        "suggest": {"type": "object", "additionalProperties": {"type": "object", "required": ["service_url", "service_path"]}},
        "extend": {"type": "object", "required": ["propose_properties"]},
    },
}  # fmt: skip
SUGGESTED = {"type": "object", "required": ["result"], "properties": {"result": {"type": "array", "items": {"type": "object", "required": ["id", "name"]}}}}
EXTENDED = {
    "type": "object", "required": ["meta", "rows"],
    "properties": {"meta": {"type": "array", "items": TYPE}, "rows": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {
        "type": "array", "items": {"type": "object"}}}}},
}  # fmt: skip


def best(served, names, **more) -> dict[str, dict]:
    queries = {f"q{i}": {"query": name, **more} for i, name in enumerate(names)}
    reply = served.post("/reconcile", data={"queries": json.dumps(queries)})
    assert reply.status_code == 200, reply.text
    told = reply.json()
    validate(told, RESULTS)
    return {name: (told[f"q{i}"]["result"] or [None])[0] for i, name in enumerate(names)}


def test_the_service_presents_itself(served_real) -> None:
    for path in ("/reconcile", "/reconcile?lang=en"):
        told = served_real.get(path).json()
        validate(told, MANIFEST)
        assert told["view"]["url"].replace("{{id}}", "skr") == served_real.url + "/entities/skr"
        assert served_real.get(told["view"]["url"].replace("{{id}}", "skr")).status_code == 200
        assert served_real.get(told["preview"]["url"].replace("{{id}}", "skr")).status_code == 200
        for part in told["suggest"].values():
            validate(served_real.get(part["service_url"] + part["service_path"], params={"prefix": "k"}).json(), SUGGESTED)
    assert served_real.get("/reconcile").headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("SKL", "skr"), ("f.d. SKL", "skr"), ("Sveriges kommuner och landsting", "skr"), ("Sveriges Kommuner och Regioner (SKR)", "skr"),
        ("Sundsvall", "sundsvall"), ("Sundsvalls kommun", "sundsvalls-kommun"), ("Sundsvalls kn", "sundsvalls-kommun"),
        ("SUNDSVALLS  KOMMUN", "sundsvalls-kommun"), ("2281", "sundsvalls-kommun"), ("Västernorrland", "vasternorrlands-lan"),
        ("Västernorrlands län", "vasternorrlands-lan"),
        ("Stockholms stad", "stockholms-kommun"), ("Göteborgs stad", "goteborgs-kommun"),
    ],
)  # fmt: skip
def test_names_as_people_write_them(served_real, real, written: str, id: str) -> None:
    found = best(served_real, [written])[written]
    assert found is not None
    wanted = {e.id for e in real.find(id.replace("-", " "))} | {id}
    assert found["id"] in wanted, found
    assert found["match"] is True or found["score"] >= 70, found


def test_290_municipalities_in_four_spellings(served_real, real) -> None:
    towns = [e for e in real.holdings.entities.values() if e.code and len(e.code) == 4]
    assert len(towns) == 290
    stems = {e.id: e.name_sv.removesuffix(" kommun").removesuffix(" stad").removesuffix("s") for e in towns}
    wrong = []
    for spell in (lambda e: e.name_sv, lambda e: e.name_sv.upper(), lambda e: e.code, lambda e: f"{stems[e.id]}s kn"):
        for start in range(0, 290, 100):
            some = towns[start : start + 100]
            queries = {e.id: {"query": spell(e), "type": some[0].kind, "limit": 3} for e in some}
            told = served_real.post("/reconcile", data={"queries": json.dumps(queries)}).json()
            wrong += [(spell(e), [r["id"] for r in told[e.id]["result"]]) for e in some if not told[e.id]["result"] or told[e.id]["result"][0]["id"] != e.id]
    assert not wrong, wrong[:10]


def test_people_are_not_taken_for_each_other_without_their_dots(served_real, real) -> None:
    person = next(e for e in real.holdings.entities.values() if real.vocabulary.entity_kinds[e.kind].is_person and "ö" in e.name_sv)
    right, wrong = person.name_sv, person.name_sv.replace("ö", "o")
    told = best(served_real, [right, wrong])
    assert (told[right]["id"], told[right]["match"]) == (person.id, True)
    assert told[wrong] is None or told[wrong]["match"] is False


def test_data_are_fetched_for_what_was_matched(served_real) -> None:
    proposed = served_real.get("/reconcile/properties").json()
    wanted = [p for p in proposed["properties"] if p["id"] in ("nameSv", "county", "kind", "code", "organisationNumber")]
    assert len(wanted) >= 4
    asked = {"ids": ["sundsvalls-kommun", "skr", "none"], "properties": [{"id": p["id"]} for p in wanted]}
    told = served_real.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    validate(told, EXTENDED)
    assert told["rows"]["sundsvalls-kommun"]["county"] == [{"id": "vasternorrlands-lan", "name": "Västernorrlands län"}]
    assert told["rows"]["none"]["county"] == []


@pytest.mark.parametrize(
    "data", [{"queries": "{"}, {"queries": "[]"}, {"queries": '{"q": 1}'}, {"extend": "{}"}, {"extend": '{"ids": [], "properties": [{"id": "no"}]}'}]
)
def test_what_is_no_request_is_told(served_real, data) -> None:
    assert served_real.post("/reconcile", data=data).status_code == 400
