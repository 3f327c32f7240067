"""SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013) and Graph Store HTTP Protocol, clause by clause, over real HTTP."""

from __future__ import annotations

import io
import json

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

ALL = "SELECT ?s WHERE { ?s a sg:Source } ORDER BY ?s LIMIT 3"
MADE = "CONSTRUCT { ?s a sg:Source } WHERE { ?s a sg:Source } ORDER BY ?s LIMIT 3"
ROWS = {
    "application/sparql-results+json": "json", "application/sparql-results+xml": "xml", "text/csv": "csv", "text/tab-separated-values": "tsv",
}  # fmt: skip
GRAPHS = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_2_1_a_query_is_sent_in_three_ways_and_gives_the_same(served, how: str) -> None:
    made = {
        "get": lambda: served.get("/sparql", params={"query": ALL}),
        "form": lambda: served.post("/sparql", data={"query": ALL}),
        "direct": lambda: served.post("/sparql", content=ALL.encode(), headers={"Content-Type": "application/sparql-query"}),
    }[how]()
    assert made.status_code == 200
    assert made.headers["content-type"] == "application/sparql-results+json"
    assert len(made.json()["results"]["bindings"]) == 3


def test_2_1_text_is_decoded_once_and_only_once(served) -> None:
    query = 'SELECT ("50%25 å+ä" AS ?x) {}'
    replies = [
        served.get("/sparql", params={"query": query}), served.post("/sparql", data={"query": query}),
        served.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query; charset=utf-8"}),
    ]  # fmt: skip
    assert [r.json()["results"]["bindings"][0]["x"]["value"] for r in replies] == ["50%25 å+ä"] * 3


@pytest.mark.parametrize(("accept", "form"), ROWS.items())
@pytest.mark.parametrize("query", [ALL, "ASK { ?s a sg:Source }"])
def test_2_1_6_rows_and_truths_in_every_form_that_rdflib_reads(served, accept: str, form: str, query: str) -> None:
    reply = served.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert reply.status_code == 200
    assert reply.headers["content-type"].partition(";")[0] == accept
    if form in ("json", "xml") or query == ALL:
        read = rdflib.query.Result.parse(io.BytesIO(reply.content), format=form)
        assert read.askAnswer is True if query != ALL else len(list(read)) == 3


@pytest.mark.parametrize(("accept", "form"), GRAPHS.items())
@pytest.mark.parametrize("query", [MADE, "DESCRIBE sgs:bladet"])
def test_2_1_6_triples_in_every_form_that_rdflib_reads(served, accept: str, form: str, query: str) -> None:
    some = served.get("/sparql", params={"query": ALL}).json()["results"]["bindings"][0]["s"]["value"]
    query = query.replace("sgs:bladet", f"<{some}>")
    reply = served.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert reply.status_code == 200
    assert reply.headers["content-type"].partition(";")[0] == accept
    assert len(rdflib.Graph().parse(io.BytesIO(reply.content), format=form)) >= 3


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "application/sparql-results+json"), ("*/*", "application/sparql-results+json"), ("text/*", "text/csv"),
        ("application/json", "application/json"), ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"), ("image/png, text/csv;q=0.1", "text/csv"),
    ],
)  # fmt: skip
def test_negotiation_weighs_what_the_client_likes(served, accept: str, given: str) -> None:
    reply = served.client.build_request("GET", "/sparql", params={"query": ALL}, headers={"Accept": accept} if accept else {})
    if not accept:
        del reply.headers["accept"]
    assert served.client.send(reply).headers["content-type"].partition(";")[0] == given


@pytest.mark.parametrize(("query", "accept"), [(ALL, "image/png"), (ALL, "text/turtle"), (MADE, "text/csv")])
def test_a_form_that_cannot_be_had_is_406_and_says_which_can(served, query: str, accept: str) -> None:
    reply = served.get("/sparql", params={"query": query}, headers={"Accept": accept, "Accept-Language": "en"})
    assert reply.status_code == 406
    assert "The forms are" in reply.json()["detail"]


def test_2_1_4_the_data_set_of_the_request_is_the_data_set_of_the_query(served) -> None:
    def count(pattern: str, **graphs) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        return int(served.get("/sparql", params={"query": query, **graphs}).json()["results"]["bindings"][0]["n"]["value"])

    names = served.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"}).json()["results"]["bindings"]
    one, other = (names[i]["g"]["value"] for i in (0, 1))
    every = count("?s ?p ?o")
    assert count("?s ?p ?o", **{"default-graph-uri": one}) < every
    both = count("?s ?p ?o", **{"default-graph-uri": [one, other]})
    assert both == len({*_triples(served, one), *_triples(served, other)})
    assert count("?s ?p ?o", **{"named-graph-uri": one}) == 0, "only named graphs: the default graph is empty"
    assert count("GRAPH ?g { ?s ?p ?o }", **{"named-graph-uri": one}) == len(_triples(served, one))
    assert count("GRAPH ?g { ?s ?p ?o }", **{"default-graph-uri": one}) == 0, "no named graph was asked for"
    assert count("?s ?p ?o", **{"default-graph-uri": "https://example.org/none"}) == 0


def _triples(served, graph: str) -> list[str]:
    text = served.get("/graph", params={"graph": graph}, headers={"Accept": "application/n-triples"}).text
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize(
    ("send", "status"),
    [
        (lambda s: s.get("/sparql", params={"query": "SELEC ?s {}"}), 400),
        (lambda s: s.get("/sparql", params=[("query", ALL), ("query", ALL)]), 400),
        (lambda s: s.post("/sparql", data={"x": "y"}), 400),
        (lambda s: s.post("/sparql", content=b"\xff", headers={"Content-Type": "application/sparql-query"}), 400),
        (lambda s: s.post("/sparql", content=ALL, headers={"Content-Type": "text/plain"}), 415),
        (lambda s: s.post("/sparql", data={"update": "CLEAR ALL"}), 403),
        (lambda s: s.post("/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}), 403),
        (lambda s: s.get("/sparql", params={"query": "CLEAR ALL"}), 403),
        (lambda s: s.get("/sparql", params={"query": "LOAD <http://127.0.0.1:1/x>"}), 403),
        (lambda s: s.get("/sparql", params={"query": "SELECT * { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }"}), 403),
        (lambda s: s.get("/sparql", params={"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}), 403),
        (lambda s: s.client.put("/sparql", content="x"), 405),
        (lambda s: s.client.delete("/sparql"), 405),
    ],
)  # fmt: skip
def test_2_1_7_what_is_wrong_is_told_with_a_status_and_a_text(served, send, status: int) -> None:
    reply = send(served)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(reply.json()) == {"type", "title", "status", "detail"}
    assert "Traceback" not in reply.text
    assert served.get("/sparql", params={"query": "ASK {}"}).json() == {"head": {}, "boolean": True}, "and the next query is answered"


def test_the_service_describes_itself(served) -> None:
    for path in ("/sparql", "/void", "/.well-known/void"):
        reply = served.get(path, headers={"Accept": "text/turtle"})
        graph = rdflib.Graph().parse(data=reply.text, format="turtle")
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        assert [str(o) for o in graph.objects(None, sd.endpoint)] == [served.url + "/sparql"]
    assert served.get("/sparql", headers={"Accept": "text/html"}).headers["location"] == "/bench"


def test_head_options_and_reading_from_other_sites(served) -> None:
    head = served.client.head("/sparql", params={"query": ALL})
    assert (head.status_code, head.content) == (200, b"")
    options = served.client.options("/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert options.headers["access-control-allow-origin"] == "*"
    assert "POST" in options.headers["access-control-allow-methods"]


def test_what_has_not_changed_is_not_sent_again_and_large_answers_are_packed(served) -> None:
    reply = served.get("/sparql", params={"query": ALL})
    again = served.get("/sparql", params={"query": ALL}, headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = served.get("/sparql", params={"query": ALL}, headers={"Accept": "text/csv", "If-None-Match": reply.headers["etag"]})
    assert other.status_code == 200, "another form is another answer"
    packed = served.get("/graph?default", headers={"Accept-Encoding": "gzip", "Accept": "text/turtle"})
    assert packed.headers["content-encoding"] == "gzip"


def test_gsp_5_2_graphs_are_read_and_nothing_else(served) -> None:
    graphs = served.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"}).json()["results"]["bindings"]
    name = graphs[0]["g"]["value"]
    for accept, form in GRAPHS.items():
        reply = served.get("/graph", params={"graph": name}, headers={"Accept": accept})
        assert reply.headers["content-type"].partition(";")[0] == accept
        assert len(rdflib.Graph().parse(io.BytesIO(reply.content), format=form)) == len(_triples(served, name))
    whole = rdflib.Graph().parse(data=served.get("/graph?default", headers={"Accept": "text/turtle"}).text, format="turtle")
    assert len(whole) > len(_triples(served, name))
    assert served.get("/graph", params={"graph": "https://example.org/none"}).status_code == 404
    assert served.get("/graph", params={"graph": "not an iri"}).status_code == 404
    assert served.get("/graph").status_code == 400
    assert served.get("/graph", params={"graph": name, "default": ""}).status_code == 400
    assert served.get("/graph", params={"graph": name}, headers={"Accept": "image/png"}).status_code == 406
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert served.client.request(method, "/graph", params={"graph": name}, content="").status_code == 405


def test_sparqlwrapper_is_a_client(served) -> None:
    client = SPARQLWrapper(served.url + "/sparql")
    client.setQuery(ALL)
    client.setReturnFormat(JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 3
    client.setMethod(POST)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().splitlines()[0].strip() == b"s"
    client.setQuery(MADE)
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 3


def test_rdflib_is_a_client(served) -> None:
    graph = rdflib.Graph(SPARQLStore(served.url + "/sparql", returnFormat="json"))
    rows = list(graph.query("SELECT ?s WHERE { ?s a <https://w3id.org/socialgraph/ontology#Source> } ORDER BY ?s LIMIT 3"))
    told = served.get("/sparql", params={"query": ALL}).json()
    assert [str(row[0]) for row in rows] == [b["s"]["value"] for b in told["results"]["bindings"]]


def test_the_answers_are_the_same_as_the_store_s_own(served, world) -> None:
    reply = json.loads(served.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).text)
    assert int(reply["results"]["bindings"][0]["n"]["value"]) == world.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
