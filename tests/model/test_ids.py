"""Identifiers: slugs, hashes that outlive a build, and the check digits of other people's numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.model.ids import IDENTIFIERS, PREFIXES, digest, is_code, is_orcid, is_organisation_number, is_ror, is_slug, is_wikidata

# Upplands Väsby, Vallentuna, Österåker, Värmdö (municipal register, SCB codes 0114–0120); Socialstyrelsen, IVO, SBU, Forte;
# Umeå universitet; Region Stockholm
ORGANISATION_NUMBERS = [
    "212000-0019", "212000-0027", "212000-2890", "212000-0035", "202100-0555", "202100-6537", "202100-4417", "202100-5240", "202100-2874",
    "232100-0016",
]  # fmt: skip
# Socialstyrelsen, SBU, Forte, Umeå, Uppsala, Lunds, Göteborgs and Stockholms universitet
RORS = ["01v4pc162", "04507cg26", "02d290r06", "05kb8h459", "048a87296", "012a77v79", "01tm6cn81", "05f0yaq80"]
# ORCID's own examples; the second ends in X
ORCIDS = ["0000-0002-1825-0097", "0000-0002-1694-233X", "0000-0001-5109-3700"]


def other_digits(number: str, place: int = -1) -> list[str]:
    """The number with every other digit in one place."""
    at = place % len(number)
    return [number[:at] + d + number[at + 1 :] for d in "0123456789" if d != number[at]]


@pytest.mark.parametrize("number", ORGANISATION_NUMBERS)
def test_an_organisation_number_has_one_right_check_digit(number):
    assert is_organisation_number(number)
    assert not any(map(is_organisation_number, other_digits(number)))


@pytest.mark.parametrize("number", ["2120000019", "212000-001", "212000-00190", "201200-0019", "212000–0019", "SE212000-0019", "", "٢١٢٠٠٠-٠٠١٩"])
def test_a_number_that_is_written_otherwise_is_no_organisation_number(number):
    assert not is_organisation_number(number)


@pytest.mark.parametrize("number", RORS)
def test_a_ror_has_one_right_checksum(number):
    assert is_ror(f"https://ror.org/{number}")
    assert not any(is_ror(f"https://ror.org/{other}") for place in (-1, -2) for other in other_digits(number, place))


@pytest.mark.parametrize("text", ["05kb8h459", "http://ror.org/05kb8h459", "https://ror.org/05KB8H459", "https://ror.org/05ub8h459", "https://ror.org/15kb8h459"])
def test_a_ror_is_a_whole_address_in_its_own_letters(text):
    assert not is_ror(text)


@pytest.mark.parametrize("number", ORCIDS)
def test_an_orcid_has_one_right_check_character(number):
    assert is_orcid(number)
    assert not any(is_orcid(number[:-1] + c) for c in "0123456789X" if c != number[-1])


@pytest.mark.parametrize("text", ["0000000218250097", "0000-0002-1825-009", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1694-233x"])
def test_an_orcid_is_four_groups_of_four(text):
    assert not is_orcid(text)


def test_a_wikidata_item_is_q_and_a_number():
    assert all(map(is_wikidata, ["Q1", "Q6971056"]))
    assert not any(map(is_wikidata, ["Q", "Q0", "q42", "P31", "42"]))


def test_a_code_has_two_digits_for_a_county_and_four_for_a_municipality():
    assert all(map(is_code, ["22", "0114"]))
    assert not any(map(is_code, ["2", "114", "01144", "AB"]))


def test_every_identifier_column_has_its_test():
    assert list(IDENTIFIERS) == ["organisation_number", "code", "ror", "wikidata", "orcid"]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("umea-universitet", True), ("skr", True), ("fou-2018", True), ("290", True),
        ("", False), ("Skr", False), ("umeå", False), ("a--b", False), ("-a", False), ("a-", False), ("a_b", False), ("a b", False), ("a\n", False),
    ],
)  # fmt: skip
def test_a_slug_is_small_plain_letters_joined_by_single_hyphens(text, good):
    assert is_slug(text) is good


@settings(max_examples=50)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x1f"), max_size=5), min_size=1, max_size=4))
def test_a_digest_is_stable_and_knows_where_a_part_ends(parts):
    name = digest(*parts)
    assert name == digest(*parts)
    assert len(name) == 16
    assert set(name) <= set("0123456789abcdef")
    assert name != digest(*parts, "")
    assert name != digest("x".join(parts) + "x")


def test_a_digest_never_changes_between_versions():
    """IRIs are public: if this fails, every link to a relation breaks."""
    assert digest("StaffLoan", "a", "b", "", "", "", "") == "3b97e680b0f13cd1"


def test_our_own_spaces_lie_under_one_base():
    assert {p for p, iri in PREFIXES.items() if iri.startswith("https://w3id.org/socialgraph/")} == {"sg", "sgd", "sgc", "sgs", "sgr", "sgf", "sgp", "sgg"}
