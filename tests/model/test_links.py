"""Links to answers: what is said comes back as it was said, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialgraph.errors import ParameterInvalid
from socialgraph.model.links import Link

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1).filter(lambda n: n not in ("at", "mode", "known_by", "build", "source"))


@given(st.dictionaries(NAMES, WORDS), WORDS, st.lists(WORDS))
def test_a_link_comes_back_as_it_was_written(parameters: dict[str, str], at: str, sources: list[str]) -> None:
    link = Link("staff-loans", parameters, at=at, mode="certain", known_by="2019", sources=tuple(sources), build="89c0c17580e6")
    assert Link.parse(str(link)) == link
    assert "\n" not in str(link)
    assert " " not in str(link)


def test_a_bare_name_is_a_link_that_says_nothing_more() -> None:
    assert Link.parse("staff-loans") == Link("staff-loans", {})


@pytest.mark.parametrize(("text", "says"), [("a?at=2018&at=2019", "'at' is said twice"), ("a?at", "no link to an answer"), ("a?b=%ff", "no link to an answer")])
def test_a_broken_link_is_refused(text: str, says: str) -> None:
    with pytest.raises(ParameterInvalid, match=says):
        Link.parse(text)
