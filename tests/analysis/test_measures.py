"""Measures agree with networkx's documented results, with a world computed by hand, and with the questions of the catalogue."""

from __future__ import annotations

import math
from datetime import date, timedelta

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.analysis.measures import MEASURES, reciprocity, simple
from socialgraph.analysis.projections import Tie, project
from socialgraph.errors import UnknownName


def directed(*pairs, kind="Loan"):
    graph = networkx.MultiDiGraph()
    for n, (a, b) in enumerate(pairs):
        graph.add_edge(a, b, key=str(n), kind=kind)
    return graph


def values(name, graph):
    return {row[0]: row[1:] if len(row) > 2 else row[1] for row in MEASURES[name].compute(graph)}


KITE = networkx.relabel_nodes(networkx.krackhardt_kite_graph(), {n: f"n{n}" for n in range(10)})
CLUB = networkx.relabel_nodes(networkx.karate_club_graph(), {n: f"n{n:02}" for n in range(34)})


def test_the_kite_has_the_values_krackhardt_published():
    """Krackhardt 1990: the highest degree is node 3 (6 neighbours), betweenness node 7 (14 of 36 pairs), closeness nodes 5 and 6 (9/14)."""
    degree, between, close = (values(m, KITE) for m in ("degree", "betweenness", "closeness"))
    assert max(degree, key=lambda n: degree[n][0]) == "n3"
    assert degree["n3"][0] == 6
    assert between["n7"] == round(14 / 36, 4) == max(between.values())
    assert close["n5"] == close["n6"] == round(9 / 14, 4) == max(close.values())


def test_the_club_has_the_values_of_the_networkx_documentation():
    between = values("betweenness", CLUB)
    assert (between["n00"], between["n33"], between["n02"]) == (0.4376, 0.3041, 0.1437)
    core = values("core", CLUB)
    assert sum(v == 4 for v in core.values()) == 10
    assert values("articulation", CLUB) == {"n00": (3, 6)}
    assert [row[:2] for row in MEASURES["bridges"].compute(CLUB)] == [("n00", "n11")]
    for name, theirs in (("pagerank", networkx.pagerank(CLUB)), ("eigenvector", networkx.eigenvector_centrality(CLUB, max_iter=5000))):
        assert all(math.isclose(v, theirs[n], abs_tol=2e-4) for n, v in values(name, CLUB).items()), name


def test_a_network_computed_by_hand():
    """a–b–c–d with a loop at a and two relations a→b, b→a: two bridges beside the doubled pair are one simple edge each."""
    graph = simple(directed(("a", "a"), ("a", "b"), ("b", "a"), ("b", "c"), ("c", "d")))
    assert values("degree", graph) == {"a": (1, 2), "b": (2, 3), "c": (2, 2), "d": (1, 1)}
    assert values("betweenness", graph) == {"a": 0, "b": round(2 / 3, 4), "c": round(2 / 3, 4), "d": 0}
    assert values("closeness", graph)["a"] == round(3 / 6, 4)
    assert MEASURES["bridges"].compute(graph) == [("a", "b", 1), ("b", "c", 2), ("c", "d", 1)]
    assert values("articulation", graph) == {"b": (2, 1), "c": (2, 1)}
    assert values("holes", graph) == {"b": (0.5, 2.0), "c": (0.5, 2.0)}
    assert reciprocity(directed(("a", "b"), ("b", "a"), ("b", "c"))) == [("Loan", 2, 1, 0.5)]


def test_homophily_by_hand():
    graph = networkx.Graph([("a", "b"), ("c", "d"), ("b", "c")])
    for id, kind, county in (("a", "x", "1"), ("b", "x", "1"), ("c", "y", "1"), ("d", "y", "")):
        graph.nodes[id].update(kind=kind, county=county)
    kind, county = MEASURES["homophily"].compute(graph)
    assert kind == ("kind", 4, 3, 2, round((2 / 3 - 0.5) / 0.5, 4))
    assert county == ("county", 3, 2, 2, None), "one value says nothing of likeness"


def test_communities_are_the_same_every_time():
    two = networkx.disjoint_union(networkx.complete_graph(4), networkx.complete_graph(3))
    graph = networkx.relabel_nodes(two, {n: f"n{n}" for n in range(7)})
    assert MEASURES["communities"].compute(graph) == [("n0", 1, 4), ("n1", 1, 4), ("n2", 1, 4), ("n3", 1, 4), ("n4", 2, 3), ("n5", 2, 3), ("n6", 2, 3)]
    assert MEASURES["communities"].compute(CLUB) == MEASURES["communities"].compute(CLUB)


@pytest.mark.parametrize("name", MEASURES)
def test_an_empty_network_and_a_lone_node_are_no_error(name):
    lone = networkx.Graph()
    lone.add_node("a", kind="x", county="")
    for graph in (networkx.Graph(), lone):
        assert isinstance(MEASURES[name].compute(graph), list)


# ── projections


DAY = date(2019, 1, 1)
TIES = st.lists(
    st.builds(lambda binder, body, first, length, n: Tie(binder, body, DAY + timedelta(first), DAY + timedelta(first + length), f"r{n}"),
              st.sampled_from("pq"), st.sampled_from("abc"), st.integers(0, 20), st.integers(0, 8), st.integers(0, 99)),
    max_size=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TIES, st.integers(0, 25), st.integers(0, 10))
def test_interlocks_without_overlap_in_time_are_never_produced(ties, start, length):
    """Against the definition, day by day: two bodies are bound by a binder if on some day of the period both have it."""
    since, until = DAY + timedelta(start), DAY + timedelta(start + length)
    bodies = {t.body: ("x", t.body, "") for t in ties}
    graph = project(ties, bodies, since=since, until=until)
    expected = {}
    for n in range(start, start + length + 1):
        day = DAY + timedelta(n)
        here = {(t.binder, t.body) for t in ties if t.first <= day <= t.last}
        for binder, one in here:
            for other in (b for p, b in here if p == binder and b > one):
                first, last = expected.setdefault((one, other), {}).get(binder, (day, day))
                expected[one, other][binder] = (min(first, day), max(last, day))
    assert {tuple(sorted(edge)): graph.edges[edge]["through"] for edge in graph.edges} == expected


def test_the_projection_by_people_is_what_the_question_answers(real):
    for at, mode in (("2019-12-31", "presumed"), ("2018-04-30", "possible"), ("2024-12-31", "possible")):
        graph = real.view(at=at, mode=mode).projection("people")
        ours = {(*sorted(edge), person) for *edge, told in graph.edges(data=True) for person in told["through"]}
        table = real.query("binders", at=at, mode=mode)
        asked = {(*sorted((row["one"].id, row["other"].id)), row["person"].id) for row in table.to_dicts()}
        assert ours == asked
        assert asked


def test_the_projection_by_networks_is_what_the_question_answers(real):
    graph = real.view(at="2024-12-31", mode="possible").projection("networks")
    table = real.query("shared-networks", entity="socialstyrelsen", at="2024-12-31", mode="possible")
    asked = {row["other"].id: row["number"] for row in table.to_dicts() if row["other"].id in graph}
    ours = {other: graph.edges["socialstyrelsen", other]["weight"] for other in graph["socialstyrelsen"]}
    assert ours == asked
    assert asked


# ── as tables


@pytest.mark.parametrize("name", [*MEASURES, "reciprocity"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_measure_says_day_mode_meaning_and_what_missing_data_does(real, name, lang):
    table = real.rank(name, view=real.view(at="2019-12-31", mode="possible"), lang=lang)
    assert table.about["at"] == "2019-12-31"
    assert table.rows
    notes = [note[lang] for note in table.notes]
    assert len(notes) >= 4
    assert any(any(c.isdigit() for c in note) for note in notes)


def test_people_are_not_ranked_unless_asked_for_but_bind(real):
    view = real.view(at="2019-12-31", mode="possible")
    kinds = real.vocabulary.entity_kinds
    shy, bold = (real.rank("degree", view=view, people=people) for people in (False, True))
    listed = [{row[0].id for row in table.rows} for table in (shy, bold)]
    assert not any(kinds[real.holdings.entities[id].kind].is_person for id in listed[0])
    assert any(kinds[real.holdings.entities[id].kind].is_person for id in listed[1])
    assert listed[0] < listed[1]
    shared = {row[0].id: row[3:] for row in shy.rows}
    assert all(row[3:] == shared[row[0].id] for row in bold.rows if row[0].id in shared), "the figures are of the same network"


def test_a_wrong_measure_is_told_with_near_ones(world):
    with pytest.raises(UnknownName, match="betweenness"):
        world.rank("betweeness")
    with pytest.raises(UnknownName):
        world.rank("reciprocity", network="people")
    with pytest.raises(UnknownName):
        world.view().projection("places")
    assert len(world.rank().rows) == len(MEASURES) + 1


def test_a_path_has_a_source_for_each_step(real):
    view = real.view(at="2019-12-31")
    table = real.path("skr", "Mittuniversitetet", view=view)
    assert [row[0] for row in table.rows] == [1, 2]
    assert table.rows[0][1].id == "skr"
    assert table.rows[-1][2].id == "mittuniversitetet"
    held = {f"sgr:{r.id}" for r in view.relations()}
    assert all(ids and set(ids) <= held for ids in table.witnesses)
    nowhere = real.path("skr", "akademikerforbundet-ssr", view=real.view(at="1950"))
    assert not nowhere.rows
    assert "Ingen väg" in nowhere.notes[0]["sv"]
