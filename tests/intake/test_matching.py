"""Which row is which: every row of a sheet gets one answer, no row of a source two, and order is kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.intake.headings import ORDER
from socialgraph.intake.matching import joined, pairs, to_csv
from socialgraph.model.claims import Claim

CLAIMS = st.lists(
    st.builds(
        Claim, st.just("s"), st.integers(2, 40), st.sampled_from(["A", "B"]), st.sampled_from("ab"), st.sampled_from("cd"),
        role=st.sampled_from(["", "x"]), locator=st.sampled_from(["p1", "p2"]), note=st.sampled_from(["", "n"]),
    ),
    max_size=8, unique_by=lambda c: c.row,
)  # fmt: skip


@settings(max_examples=200)
@given(CLAIMS, CLAIMS)
def test_every_row_of_the_sheet_gets_one_answer_and_no_row_of_the_source_two(new, old):
    found, crowded = pairs(new, old)
    taken = [c.row for c in found.values() if c]
    assert sorted(found) == sorted(c.row for c in new)
    assert len(taken) == len(set(taken))
    assert crowded <= {row for row, other in found.items() if other is None}
    for claim in new:
        if (other := found[claim.row]) is not None:
            assert (claim.locator, claim.from_, claim.to, claim.value) == (other.locator, other.from_, other.to, other.value)


@given(CLAIMS)
def test_a_source_laid_against_itself_is_unchanged(claims):
    once = list({(c.kind, c.from_, c.to, c.role, c.locator, c.note): c for c in claims}.values())
    assert pairs(once, list(reversed(once)))[0] == {c.row: c for c in once}


@given(st.lists(st.sampled_from(["p1", "p2", "p3.s1", "p10", ""])), st.lists(st.sampled_from(["p1", "p2", "p3.s2", "p11"])))
def test_the_rows_of_the_source_keep_their_order_and_none_is_lost(old, new):
    rows = joined([{"locator": p, "old": "1"} for p in old], [{"locator": p} for p in new])
    assert [r["locator"] for r in rows if "old" in r] == old
    assert sorted(r["locator"] for r in rows) == sorted([*old, *new])


def test_the_columns_stand_as_they_stood():
    assert to_csv([{"b": "1", "a": "x, y", "episode": ""}], former="b,a\n") == 'b,a\n1,"x, y"\n'


def test_a_column_that_is_needed_for_the_first_time_is_added_for_all():

    row = dict.fromkeys(ORDER, "") | {"kind": "K", "episode": "2"}
    text = to_csv([row], former=",".join(c for c in ORDER if c != "episode") + "\n")
    assert text.splitlines() == [",".join(ORDER), "K" + "," * 17 + "2" + "," * 4]
