"""Dates and periods in words: what is vague stays vague, what is unknown is said to be unknown."""

from __future__ import annotations

from datetime import date

import pytest

from socialgraph.model.claims import Claim
from socialgraph.model.dates import MAX, MIN, Bounds
from socialgraph.model.relations import gather
from socialgraph.model.vocabulary import RelationKind, Vocabulary
from socialgraph.model.words import date_words, month_words, period_words, place_words

DATES = {
    "2019": ("2019", "2019"),
    "2019-04": ("april 2019", "April 2019"),
    "2019-04-05": ("5 april 2019", "5 April 2019"),
    "2019-21": ("våren 2019", "spring 2019"),
    "2019-24": ("vintern 2019/20", "winter 2019/20"),
    "1999-24": ("vintern 1999/00", "winter 1999/00"),
    "2018~": ("omkring 2018", "about 2018"),
    "2018-04~": ("omkring april 2018", "about April 2018"),
    "2018?": ("2018 (osäkert)", "2018 (uncertain)"),
    "2018%": ("2018 (osäkert)", "2018 (uncertain)"),
    "2019-08/2019-12": ("mellan augusti 2019 och december 2019", "between August 2019 and December 2019"),
    "2018~/2019-23": ("mellan omkring 2018 och hösten 2019", "between about 2018 and autumn 2019"),
    "../2018-12-31": ("senast 31 december 2018", "by 31 December 2018"),
    "/2018": ("senast 2018", "by 2018"),
    "2018-06/..": ("tidigast juni 2018", "June 2018 at the earliest"),
    "201X": ("201X", "201X"),  # no words for it: it stays as written
    "2019-33": ("2019-33", "2019-33"),
    "": ("", ""),
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_in_words(text):
    assert (date_words(text, "sv"), date_words(text, "en")) == DATES[text]


NOTHING = frozenset[str]()
WORDS = Vocabulary({}, {"Loan": RelationKind("Loan", {}, {}, {}, NOTHING, NOTHING, NOTHING, "P1Y", "", "", symmetric=False, transitive=False)}, {}, {})


def period(*said):
    """The period in words of a loan told of in texts: (published, since, until, status)."""
    claims = [Claim(p, n, "Loan", "a", "b", since=since, until=until, status=status) for n, (p, since, until, status) in enumerate(said)]
    ((loan,), _) = gather(claims, written={p: Bounds(*[date.fromisoformat(p)] * 2) for p, *_ in said}, vocabulary=WORDS)
    return period_words(loan.claims, loan.times, loan.status)


SEEN = "2018-04-30"
PERIODS = [
    ([(SEEN, "", "", "actual")], "början okänd, slut okänt, senast belagt april 2018", "start unknown, end unknown, last attested April 2018"),
    ([(SEEN, "2016", "", "actual")], "från 2016, slut okänt, senast belagt april 2018", "from 2016, end unknown, last attested April 2018"),
    ([(SEEN, "2016", "2020-06", "actual")], "från 2016, till juni 2020", "from 2016, until June 2020"),
    ([(SEEN, "", "2020", "actual")], "början okänd, till 2020", "start unknown, until 2020"),
    ([(SEEN, "2016", "2016", "actual")], "2016", "2016"),
    (
        [(SEEN, "2017-08/2017-12", "", "actual")],
        "början mellan augusti 2017 och december 2017, slut okänt, senast belagt april 2018",
        "start between August 2017 and December 2017, end unknown, last attested April 2018",
    ),
    ([(SEEN, "2016", "", "ended")], "från 2016, avslutat senast april 2018", "from 2016, over by April 2018"),
    ([(SEEN, "2019-23", "", "planned")], "planerat, från hösten 2019", "planned, from autumn 2019"),
    ([(SEEN, "2019", "2019", "planned")], "planerat, 2019", "planned, 2019"),
    ([(SEEN, "", "", "wished")], "önskat", "wished for"),
    ([(SEEN, "", "", "denied")], "förnekat", "denied"),
    (
        [(SEEN, "2019", "", "planned"), ("2019-06-14", "2019-02", "", "actual")],
        "från februari 2019, slut okänt, senast belagt juni 2019",
        "from February 2019, end unknown, last attested June 2019",
    ),
    (
        [(SEEN, "2015", "", "actual"), ("2019-06-14", "2017", "", "actual")],
        "från 2015 / 2017, slut okänt, senast belagt juni 2019",
        "from 2015 / 2017, end unknown, last attested June 2019",
    ),
    ([(SEEN, "2016", "", "actual"), ("2019-06-14", "", "", "ended")], "från 2016, avslutat senast juni 2019", "from 2016, over by June 2019"),
]


@pytest.mark.parametrize(("said", "sv", "en"), PERIODS, ids=[en for *_, en in PERIODS])
def test_a_period_in_words(said, sv, en):
    words = period(*said)
    assert (words.sv, words.en) == (sv, en)


@pytest.mark.parametrize(("day", "sv", "en"), [(date(2018, 5, 1), "maj 2018", "May 2018"), (MIN, "okänt", "unknown"), (MAX, "okänt", "unknown")])
def test_an_unknown_month_is_said_to_be_unknown(day, sv, en):
    assert (month_words(day, "sv"), month_words(day, "en")) == (sv, en)


@pytest.mark.parametrize(
    ("locator", "sv", "en"),
    [
        ("p3.s2", "stycke 3, mening 2", "paragraph 3, sentence 2"), ("p12", "stycke 12", "paragraph 12"), ("p0.s1", "rubriken", "title"),
        ("s. 14", "s. 14", "s. 14"), ("B12", "B12", "B12"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_place_in_words(locator, sv, en):
    assert (place_words(locator, "sv"), place_words(locator, "en")) == (sv, en)
