"""Finding by name: what people type, and what comes first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.model.search import Names, bare, fold, number

NAMES = {
    "skr": ["Sveriges Kommuner och Regioner", "SKR", "Sveriges Kommuner och Landsting", "SKL"],
    "umea-universitet": ["Umeå universitet", "Umeå University"],
    "umea-kommun": ["Umeå kommun"],
    "are-kommun": ["Åre kommun"],
    "karl-aman": ["Karl Åman"],
    "karl-aman-2": ["Karl Aman"],
    "forsa": ["FORSA", "Föreningen för forskning i socialt arbete"],
}
NUMBERS = {"skr": ["222000-0315"], "umea-universitet": ["202100-2874", "https://ror.org/05kb8h459", ""], "umea-kommun": ["2480"]}
PEOPLE = {"karl-aman", "karl-aman-2"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SKL", ["skr"]),  # a former name
        ("  sveriges   KOMMUNER och regioner ", ["skr"]),
        ("2480", ["umea-kommun"]),
        ("https://ror.org/05kb8h459", ["umea-universitet"]),
        ("umeå", ["umea-kommun", "umea-universitet"]),  # the shorter name first
        ("umea", ["umea-kommun", "umea-universitet"]),  # without dots, where no name has none
        ("kommun", ["skr", "are-kommun", "umea-kommun"]),  # the beginning of a word; skr has the shortest name of all
        ("forskning", ["forsa"]),
        ("ommuner", ["skr"]),  # a part of a word
        ("are", ["are-kommun"]),
        ("Åman", ["karl-aman"]),
        ("aman", ["karl-aman-2"]),  # people never match without their dots
        ("zzz", []),
        ("", []),
        ("   ", []),
    ],
)
def test_what_is_found_and_in_which_order(text, found):
    assert Names(NAMES, NUMBERS, strict=PEOPLE).matches(text) == found


def test_dots_may_be_left_out_unless_the_search_is_strict():
    assert Names(NAMES, NUMBERS).matches("aman") == ["karl-aman-2", "karl-aman"]


def test_number_whole_name_beginning_word_part_in_that_order():
    names = {"e": ["Nattfort"], "d": ["Nya fort"], "c": ["Forte"], "b": ["Fort"], "a": ["Något annat namn"]}
    assert Names(names, {"a": ["fort"]}).matches("fort") == ["a", "b", "c", "d", "e"]


@settings(max_examples=80)
@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)


@settings(max_examples=50)
@given(st.sampled_from([(id, name) for id, names in NAMES.items() for name in names]))
def test_everything_is_found_by_each_of_its_names(named):
    id, name = named
    assert Names(NAMES, NUMBERS, strict=PEOPLE).matches(name.swapcase())[0] == id


WORDS = st.text("aåo b1-\u0301", max_size=6)


@settings(max_examples=300)
@given(WORDS, st.dictionaries(st.sampled_from("pqrst"), st.lists(WORDS, min_size=1, max_size=3)), st.dictionaries(st.sampled_from("pqrst"), st.lists(WORDS)))
def test_what_is_found_is_what_comparing_with_every_name_finds(text, names, numbers):
    def rank(wanted: str, name: str) -> int:
        return 1 if name == wanted else 2 if name.startswith(wanted) else 3 if f" {wanted}" in f" {name}" else 4 if wanted in name else 0

    ranked = []
    for id, held in names.items():
        ranks = [r for n in held if (r := rank(fold(text), fold(n)))]
        if id != "p" and bare(text):
            ranks += [5 + r for n in held if (r := rank(bare(text), bare(n)))]
        if number(text) in {number(n) for n in numbers.get(id, ()) if n}:
            ranked.append((0, 0, id))
        elif ranks:
            ranked.append((min(ranks), min(map(len, held)), id))
    expected = [id for *_, id in sorted(ranked)] if fold(text) else []
    assert Names(names, numbers, strict={"p"}).matches(text) == expected
