"""Dates: what an EDTF text can mean, first day and last day, and which texts are no dates (model §7.1, §7.4)."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.errors import DateNotUnderstood
from socialgraph.model.dates import MAX, MIN, UNKNOWN, Bounds, after, bounds, last_day


def days(earliest: str, latest: str) -> Bounds:
    """Bounds as written in the tables below; `?` is unknown."""
    return Bounds(MIN if earliest == "?" else date.fromisoformat(earliest), MAX if latest == "?" else date.fromisoformat(latest))


MEANINGS = {
    "": ("?", "?"),
    "2019": ("2019-01-01", "2019-12-31"),
    "2019-09": ("2019-09-01", "2019-09-30"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "2019-09-30": ("2019-09-30", "2019-09-30"),
    " 2019 ": ("2019-01-01", "2019-12-31"),
    # season words, northern and Swedish: spring, summer, autumn, and the winter that ends in February
    "2019-21": ("2019-03-01", "2019-05-31"),
    "2019-22": ("2019-06-01", "2019-08-31"),
    "2019-23": ("2019-09-01", "2019-11-30"),
    "2018-24": ("2018-12-01", "2019-02-28"),
    "2019-24": ("2019-12-01", "2020-02-29"),
    # "some day within", open on one side, vague on both
    "2019-08/2019-12": ("2019-08-01", "2019-12-31"),
    "2019-24/2020-22": ("2019-12-01", "2020-08-31"),
    "2019/..": ("2019-01-01", "?"),
    "../2019-12": ("?", "2019-12-31"),
    "/2019": ("?", "2019-12-31"),
    # about, perhaps, some year of the decade, one of several
    "2018~": ("2017-01-01", "2019-12-31"),
    "2018?": ("2017-01-01", "2019-12-31"),
    "2018~/2020": ("2017-01-01", "2020-12-31"),
    "201X": ("2010-01-01", "2019-12-31"),
    "2019-XX": ("2019-01-01", "2019-12-31"),
    "[2018,2020]": ("2018-01-01", "2020-12-31"),
    "[..2018]": ("?", "2018-12-31"),
    # the ends of what a date can hold
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12": ("9999-12-01", "9999-12-31"),
    "9999-24": ("9999-12-01", "9999-12-31"),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_text_means_some_day_within_its_bounds(text):
    assert bounds(text) == days(*MEANINGS[text])


NO_DATES = [
    "hösten 2019", "19", "2019-1", "2019-13", "2019-42", "2019-02-29", "2019-02-30", "0000", "30/9 2019", "2019-9-30", "２０１９",
    "2021/2019", "2019/2020/2021", "..", "/", "../..", "unknown", "-0044", "Y170000", "Y17E12", "9999~", "0001~",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused_with_the_text_and_a_way_to_write_it(text):
    with pytest.raises(DateNotUnderstood, match=r"write|leave") as error:
        bounds(text)
    assert f"'{text}'" in str(error.value)


PLAIN = st.dates(date(1000, 1, 1), date(9999, 12, 31)).flatmap(lambda d: st.sampled_from([f"{d:%Y}", f"{d:%Y-%m}", d.isoformat()]))


@settings(max_examples=60, deadline=None)
@given(PLAIN)
def test_the_short_way_means_what_the_edtf_library_means(text):
    parsed = edtf.parse_edtf(text)
    assert bounds(text) == Bounds(*(date(t.tm_year, t.tm_mon, t.tm_mday) for t in (parsed.lower_strict(), parsed.upper_strict())))


@given(st.integers(1, 9998))
def test_winter_ends_on_the_last_of_february(year):
    assert bounds(f"{year:04}-24") == Bounds(date(year, 12, 1), date(year + 1, 2, 29 if isleap(year + 1) else 28))


@settings(max_examples=60)
@given(st.tuples(PLAIN, PLAIN))
def test_an_interval_reaches_from_its_first_to_its_last_day(ends):
    left, right = sorted(ends, key=lambda t: (bounds(t).earliest, bounds(t).latest))
    assert bounds(f"{left}/{right}") == Bounds(bounds(left).earliest, bounds(right).latest)
    assert bounds(f"{left}/..") == Bounds(bounds(left).earliest, MAX)
    assert bounds(f"../{right}") == Bounds(MIN, bounds(right).latest)


def test_unknown_bounds_are_the_first_and_the_last_day_there_is():
    assert Bounds(date(1, 1, 1), date(9999, 12, 31)) == UNKNOWN == bounds("")


@pytest.mark.parametrize(("text", "day"), [("2018", "2018-12-31"), ("2018-04", "2018-04-30"), ("2018-04-05", "2018-04-05"), ("2018-24", "2019-02-28")])
def test_a_question_is_asked_about_the_last_day_of_its_text(text, day):
    assert last_day(text) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", "2018/..", "..", "igår"])
def test_a_question_needs_a_last_day(text):
    with pytest.raises(DateNotUnderstood):
        last_day(text)


@pytest.mark.parametrize(
    ("day", "duration", "then"),
    [
        ("2018-04-30", "P1Y", "2019-04-30"),
        ("2018-04-30", "P6M", "2018-10-30"),
        ("2018-11-30", "P3M", "2019-02-28"),
        ("2018-12-31", "P1Y2M", "2020-02-29"),
        ("2016-02-29", "P4Y", "2020-02-29"),
        ("2018-04-30", "P0Y", "2018-04-30"),
        ("9990-01-01", "P100Y", "9999-12-31"),
    ],
)
def test_so_long_after_a_day(day, duration, then):
    assert after(date.fromisoformat(day), duration) == date.fromisoformat(then)


@pytest.mark.parametrize("duration", ["P", "", "1Y", "P1W", "P1D", "P1.5Y", "PT1H", "P-1Y"])
def test_only_whole_years_and_months(duration):
    with pytest.raises(DateNotUnderstood, match="P2Y"):
        after(date(2018, 1, 1), duration)
