"""The guards: what is hostile is refused or ended, and nobody else notices."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from socialgraph.graph import SocialGraph

HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a LIMIT 1",
    "SELECT (COUNT(*) AS ?n) { ?a (sg:from|sg:to|^sg:from|^sg:to|!sg:none)* ?b . ?c (sg:from|^sg:to|!sg:none)* ?d }",
)
SHORT = "Settings(queries=Limits(workers=2, seconds=1, nice=10), pages=Limits(seconds=20), answer=200_000, body=20_000, body_seconds=1, watch_seconds=0.2)"


@pytest.fixture(scope="module")
def guarded(world, tmp_path_factory):
    from tests.server.conftest import running

    with running(world.project.inputs, tmp_path_factory.mktemp("guarded"), SHORT) as server:
        yield server


@pytest.mark.parametrize("query", HOSTILE)
def test_a_query_over_its_time_is_ended_and_the_next_is_unharmed(guarded, query: str) -> None:
    since = time.monotonic()
    reply = guarded.get("/sparql", params={"query": query}, headers={"Accept-Language": "en"})
    assert reply.status_code == 503
    assert "stopped after 1 seconds" in reply.json()["detail"]
    assert time.monotonic() - since < 6
    assert guarded.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    deadline = time.monotonic() + 20
    while guarded.get("/health").json()["workers"]["queries"] < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert guarded.get("/health").json()["workers"] == {"pages": 2, "queries": 2}, "a new worker stands in its place"


def test_an_answer_over_its_size_is_refused_whole_and_says_so(guarded) -> None:
    reply = guarded.get("/sparql", params={"query": "SELECT * { ?s ?p ?o . ?s ?q ?r }"}, headers={"Accept-Language": "en"})
    assert reply.status_code == 422
    assert "larger than 0.2 MB" in reply.json()["detail"]


def test_a_request_that_is_too_large_or_too_slow_is_refused(guarded) -> None:
    assert guarded.post("/sparql", data={"query": "ASK {}" + " " * 30_000}).status_code == 413
    host, port = guarded.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as slow:
        slow.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK")
        assert b" 408 " in slow.recv(4096).split(b"\r\n")[0]


def test_a_client_who_never_ends_its_head_is_hung_up_on(guarded) -> None:
    host, port = guarded.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        since = time.monotonic()
        assert slow.recv(100) == b"", "closed by the server"
        assert time.monotonic() - since < 20


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/id/..%2f..%2fetc",
        "/exports/..%2f..",
        "/sources/../x",
    ],
)
def test_no_path_leads_out(guarded, path: str) -> None:
    reply = guarded.client.send(guarded.client.build_request("GET", guarded.url + path))
    assert reply.status_code in (400, 404)
    assert "root:" not in reply.text


@pytest.mark.parametrize(
    "path", ["/find?q={}", "/entities/{}", "/questions/staff-loans?organisation={}", "/bench?query={}", "/{}", "/sources/{}", "/api/find?q={}"]
)
def test_nothing_is_reflected_as_markup(guarded, path: str) -> None:
    reply = guarded.get(path.format("%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27"))
    assert "<script>alert" not in reply.text
    assert reply.headers["x-content-type-options"] == "nosniff"
    if reply.headers["content-type"].startswith("text/html"):
        assert "script-src 'self'" in reply.headers["content-security-policy"]
        assert "unsafe" not in reply.headers["content-security-policy"]


def test_logs_have_nothing_of_those_who_ask(guarded) -> None:
    guarded.get("/find?q=hemligheten")
    guarded.get("/sparql", params={"query": "SELECT hemligheten {"})
    log = guarded.log.read_text(encoding="utf-8")
    assert "hemligheten" not in log
    assert "127.0.0.1" not in log


def test_a_hostile_crowd_gives_no_wrong_answer(guarded) -> None:
    right = guarded.get("/api/questions/staff-loans").content

    def ask(i: int) -> tuple[int, int]:
        with httpx.Client(base_url=guarded.url, timeout=60) as client:
            hostile = client.get("/sparql", params={"query": HOSTILE[i % 3] + f"#{i}"})
            good = client.get("/api/questions/staff-loans", params={"lang": "sv", "at": ""})
            assert hostile.status_code == 503
            return good.status_code, len(good.content)

    with ThreadPoolExecutor(12) as crowd:
        seen = set(crowd.map(ask, range(12)))
    assert {status for status, _ in seen} == {200}
    assert guarded.get("/api/questions/staff-loans").content == right


def test_a_few_heavy_queries_cannot_hold_every_worker_while_others_wait(world, serve_with) -> None:
    with serve_with(world.project.inputs, "Settings(queries=Limits(workers=2, seconds=30, crowded=0.5, nice=10))") as server:
        stop = threading.Event()

        def hostile(number: int) -> set[str]:
            told = set()
            while not stop.is_set():
                reply = httpx.post(f"{server.url}/sparql", data={"query": f"{HOSTILE[0]} # {number} {time.monotonic()}"}, timeout=60)
                told.add(reply.json()["detail"] if reply.status_code == 503 else str(reply.status_code))
            return told

        with ThreadPoolExecutor(2) as crowd:
            asked = [crowd.submit(hostile, number) for number in range(2)]
            time.sleep(1)
            try:
                for number in range(4):
                    begun = time.monotonic()
                    reply = httpx.post(f"{server.url}/sparql", data={"query": f"SELECT ?s {{ ?s a sg:Source }} # {number}"}, timeout=60)
                    assert reply.status_code == 200
                    assert time.monotonic() - begun < 20, "long before the thirty seconds a query has when nobody waits"
            finally:
                stop.set()
                for number in range(2):  # so that the last two are ended too
                    httpx.post(f"{server.url}/sparql", data={"query": f"SELECT ?s {{ ?s a sg:Source }} # last {number}"}, timeout=60)
            told = set().union(*(one.result(60) for one in asked))
        assert any("0.5" in detail and ("väntar" in detail or "wait" in detail) for detail in told), told


def test_a_new_build_is_swapped_in_while_requests_run_and_none_fails(world_project, serve_with) -> None:
    first = SocialGraph.build(world_project).built.id
    with serve_with(world_project, SHORT) as server:
        assert server.get("/health").json()["build"] == first

        done = threading.Event()

        def ask(_: int) -> set[tuple[int, str]]:
            seen = set()
            with httpx.Client(base_url=server.url, timeout=60) as client:
                while not done.is_set():
                    reply = client.get("/api/questions/staff-loans", params={"at": f"201{int(time.monotonic()) % 10}"})
                    seen.add((reply.status_code, reply.json()["about"]["build"]))
            return seen

        with ThreadPoolExecutor(4) as crowd:
            asked = [crowd.submit(ask, number) for number in range(4)]
            try:
                time.sleep(1.5)
                themes = world_project / "queries" / "themes.yml"
                themes.write_text(themes.read_text(encoding="utf-8") + "\n# another build\n", encoding="utf-8")
                second = SocialGraph.build(world_project).built.id
                until = time.monotonic() + 90
                while server.get("/health").json()["build"] != second and time.monotonic() < until:
                    time.sleep(0.2)
                time.sleep(2)
            finally:
                done.set()
            seen = set().union(*(one.result() for one in asked))
        assert first != second
        assert seen == {(200, first), (200, second)}
        assert server.get("/health").json()["build"] == second
        broken = world_project / "build" / "current"
        broken.write_text("no-such-build", encoding="utf-8")
        time.sleep(1)
        assert server.get("/questions").status_code == 200, "what cannot be served is not swapped in"


def test_kill_minus_nine_leaves_the_next_start_the_last_good_build(world_project, serve_with) -> None:
    good = SocialGraph.build(world_project).built.id
    with serve_with(world_project, SHORT) as server:
        server.get("/questions")
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(10)
    with serve_with(world_project, SHORT) as server:
        assert json.loads(server.get("/health").text)["build"] == good


@pytest.mark.parametrize("after", [0.05, 0.4])
def test_kill_minus_nine_during_a_swap_leaves_the_next_start_the_new_build(world_project, serve_with, after: float) -> None:
    SocialGraph.build(world_project)
    with serve_with(world_project, SHORT) as server:
        server.get("/questions")
        themes = world_project / "queries" / "themes.yml"
        themes.write_text(themes.read_text(encoding="utf-8") + "\n# another build\n", encoding="utf-8")
        new = SocialGraph.build(world_project).built.id
        time.sleep(after)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(10)
    with serve_with(world_project, SHORT) as server:
        assert server.get("/health").json()["build"] == new
        assert server.get("/questions").status_code == 200


def test_it_stops_gracefully(world, serve_with) -> None:
    with serve_with(world.project.inputs, SHORT) as server:
        with ThreadPoolExecutor(1) as one:
            asked = one.submit(server.get, "/explorer")
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            assert asked.result().status_code == 200, "what is being answered is answered"
        assert server.process.wait(20) == 0 or server.process.returncode == -signal.SIGTERM
