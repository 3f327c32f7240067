"""Views: the graph at a day, in a mode, known by a day, from some sources; everything asked of one follows."""

from __future__ import annotations

import pytest

from socialgraph import SocialGraph
from socialgraph.errors import DateNotUnderstood, UnknownEntity, UnknownName
from socialgraph.model.relations import MODES


def test_certain_is_presumed_and_presumed_is_possible(world: SocialGraph) -> None:
    for day in ("2017-05", "2018-03-15", "2018-04", "2019-06", "2019-12", "2021"):
        certain, presumed, possible = ({r.id for r in world.view(at=day, mode=mode).relations()} for mode in MODES)
        assert certain <= presumed <= possible
    assert world.view(at="2018-04", mode="certain").relations()


def test_a_vaguer_day_is_its_last_day_and_no_day_is_the_newest_source(world: SocialGraph) -> None:
    assert world.view(at="2018-04").at.isoformat() == "2018-04-30"
    assert world.view(at="2018").at.isoformat() == "2018-12-31"
    assert world.view().at == max(s.published_day for s in world.holdings.sources.values())


def test_known_by_uses_only_what_was_published_and_computes_the_bounds_from_it(world: SocialGraph) -> None:
    now, then = world.view(at="2019-10"), world.view(at="2019-10", known_by="2019-06-30")
    assert {c.source for r in then.scoped.relations for c in r.claims} < {c.source for r in now.scoped.relations for c in r.claims}
    changed = {r.id: r.times for r in now.scoped.relations}
    assert any(changed[r.id] != r.times for r in then.scoped.relations), "bounds are computed anew, not merely filtered"


def test_sources_can_be_chosen(world: SocialGraph) -> None:
    view = world.view(sources=["exempel-2018-04"])
    assert {c.source for r in view.scoped.relations for c in r.claims} == {"exempel-2018-04"}


def test_every_relation_has_its_witnesses(world: SocialGraph) -> None:
    assert all(r.claims and all(c.locator for c in r.claims) for r in world.holdings.relations)


def test_the_network_keeps_parallel_relations_apart_and_follows_the_day(world: SocialGraph) -> None:
    view = world.view(at="2018-04", mode="possible")
    network = view.network()
    assert {key for _, _, key in network.edges(keys=True)} == {r.id for r in view.relations()}
    assert all(data["claims"] >= 1 for _, _, data in network.edges(data=True))
    only = view.network(kinds=["StaffLoan"])
    assert {data["kind"] for _, _, data in only.edges(data=True)} == {"StaffLoan"}


def test_the_picture_shows_plans_as_plans(world: SocialGraph) -> None:
    picture = world.view(at="2019-06", mode="possible").picture()
    states = {e.state for e in picture.edges}
    assert "planned" in states
    by_id = {r.id: r for r in world.holdings.relations}
    assert all((e.state in ("planned", "wished")) == (by_id[e.id].status in ("planned", "wished")) for e in picture.edges)
    ends = {n.id for n in picture.nodes}
    assert all({e.source, e.target} <= ends and e.claims for e in picture.edges)


@pytest.mark.parametrize("given", [{"at": "igår"}, {"known_by": "2019-13"}])
def test_a_day_that_is_none_is_refused(world: SocialGraph, given: dict[str, str]) -> None:
    with pytest.raises(DateNotUnderstood, match="EDTF"):
        world.view(**given)  # type: ignore[arg-type]


def test_unknown_words_are_refused_with_near_ones(world: SocialGraph) -> None:
    with pytest.raises(UnknownName, match="exempel-2018-04"):
        world.view(sources=["exempel-2018-05"])
    with pytest.raises(UnknownName, match="certain"):
        world.view(mode="sure")
    with pytest.raises(UnknownName, match="StaffLoan"):
        world.view().relations(kind="StafLoan")
    with pytest.raises(UnknownEntity):
        world.view().entity("nobody-at-all")


def test_counts_are_of_what_holds_and_a_notebook_shows_them(world: SocialGraph) -> None:
    view = world.view(at="2018-04-30", mode="certain", known_by="2019")
    table = view.counts("en")
    assert sum(row[1] for row in table) == len(view.relations())
    assert {cell.id: n for cell, n in table}["StaffLoan"] == len(view.relations(kind="StaffLoan"))
    assert dict(table.about) | {"build": ""} == {"at": "2018-04-30", "mode": "certain", "known_by": "2019-12-31", "sources": "6", "build": ""}
    html = view._repr_html_()
    assert "Grafen en viss dag" in html
    assert "utlåning av personal" in html
