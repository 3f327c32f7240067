"""Parts of a store: the same as the whole says, and read once."""

import pytest

from socialgraph import SocialGraph
from socialgraph.rdf.excerpts import Excerpts
from socialgraph.rdf.store import EmbeddedStore


class Counting(EmbeddedStore):
    """A store that counts how often it is looked into."""

    looked = 0

    def matching(self, *pattern):
        self.looked += 1
        return super().matching(*pattern)


@pytest.fixture
def excerpts(world: SocialGraph) -> Excerpts:
    return Excerpts(Counting(world.store.engine), world.vocabulary)


def test_an_excerpt_names_entities_and_sources_as_the_whole_does(world: SocialGraph, excerpts: Excerpts) -> None:
    whole = world.holdings
    part = excerpts.naming([*(("sgd", id) for id in whole.entities), *(("sgs", id) for id in whole.sources)])
    assert part.entities == whole.entities
    assert part.sources == whole.sources
    naming = {f.id: f.times for f in whole.facts if f.kind in world.vocabulary.name_kinds}
    assert {f.id: f.times for f in part.facts} == naming


def test_what_is_not_there_is_no_part(excerpts: Excerpts) -> None:
    part = excerpts.naming([("sgd", "no-such-thing"), ("sgs", "no-such-source"), ("sgr", "0123456789abcdef")])
    assert (part.entities, part.sources, part.facts) == ({}, {}, ())


def test_what_has_been_read_is_not_read_again(world: SocialGraph, excerpts: Excerpts) -> None:
    things = [("sgd", id) for id in world.holdings.entities]
    relations = [f"sgr:{r.id}" for r in world.holdings.relations]
    first = excerpts.naming(things).entities, excerpts.sources_behind(relations)
    looked = excerpts.store.looked
    assert looked > len(things)
    assert (excerpts.naming(things).entities, excerpts.sources_behind(relations)) == first
    assert excerpts.store.looked == looked


def test_a_name_is_known_past_or_present_in_any_case_and_swept_for_once(world: SocialGraph, excerpts: Excerpts) -> None:
    id, names = next((id, names) for id, names in world.names.items() if len(names) > 1)
    for name in names:
        assert id in excerpts.called(f"  {name.upper()} ")
    looked = excerpts.store.looked
    assert excerpts.called("no such name") == []
    assert excerpts.store.looked == looked
