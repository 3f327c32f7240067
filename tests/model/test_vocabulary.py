"""The vocabulary: kinds and concepts by id, near words for misspelt ones, labels with a last resort."""

from __future__ import annotations

import pytest

from socialgraph.errors import UnknownName
from socialgraph.model.vocabulary import Concept, EntityKind, FactKind, RelationKind, Vocabulary, in_language, near

NONE = frozenset[str]()
WORDS = Vocabulary(
    {
        "Agent": EntityKind("Agent", {}, frozenset({"Agent"}), "", ""),
        "Agency": EntityKind("Agency", {}, frozenset({"Agent", "Organisation", "Agency"}), "", ""),
    },
    {"StaffLoan": RelationKind("StaffLoan", {}, {}, {}, NONE, NONE, NONE, "P1Y", "", "", symmetric=False, transitive=False)},
    {"degree": FactKind("degree", {}, NONE, "P50Y")},
    {
        "role-head": Concept("role-head", "role-scheme", {"sv": "chef"}, frozenset({"chef", "direktör"})),
        "leads": Concept("leads", "role-scheme", {"sv": "leder"}, frozenset({"leder"})),
        "chef": Concept("chef", "topic-scheme", {"sv": "chef"}, frozenset({"chef"})),
    },
)


@pytest.mark.parametrize(
    ("labels", "label"),
    [({"sv": "nät", "en": "net"}, "net"), ({"sv": "nät"}, "nät"), ({"fi": "verkko"}, "verkko"), ({"sv": "nät", "en": ""}, "nät"), ({}, "")],
)
def test_a_label_is_swedish_then_any_where_the_language_is_missing(labels, label):
    assert in_language(labels, "en") == label


def test_near_words_are_given_as_they_are_written_best_first():
    words = ["StaffLoan", "Succession", "Membership", "stafflines"]
    assert near("stafloan", words)[0] == "StaffLoan"
    assert near("zzz", words) == ()
    assert len(near("a", [f"a{n}" for n in range(9)], most=2)) == 2


def test_how_long_a_relation_or_fact_is_presumed():
    assert (WORDS.presumed_for("StaffLoan"), WORDS.presumed_for("degree")) == ("P1Y", "P50Y")


def test_an_unknown_kind_is_refused_with_near_ones():
    with pytest.raises(UnknownName, match="StaffLoan"):
        WORDS.presumed_for("StafLoan")


def test_a_kind_is_itself_and_everything_above_it():
    assert WORDS.is_a("Agency", {"Organisation"})
    assert WORDS.is_a("Agency", {"Agency", "Place"})
    assert not WORDS.is_a("Agent", {"Agency"})


def test_concepts_of_a_scheme():
    assert list(WORDS.in_scheme("role-scheme")) == ["role-head", "leads"]
    assert WORDS.in_scheme("none") == {}


@pytest.mark.parametrize(
    ("role", "concept"),
    [("Direktör", "role-head"), ("chef", "role-head"), ("leads", "leads"), ("direktörer", ""), ("biträdande direktör", ""), ("direktor", ""), ("", "")],
)
def test_a_title_is_matched_letter_by_letter_never_by_likeness(role, concept):
    assert WORDS.role_concept(role) == concept
