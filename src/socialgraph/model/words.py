"""Dates and periods in words, Swedish and English, with their vagueness kept: "hösten 2019", "senast belagt april 2018"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from socialgraph.model.claims import ACTUAL_STATUSES, Claim
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.picture import Text
from socialgraph.model.relations import Times

_MONTHS = {
    "sv": ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}
_SEASONS = {
    "sv": {"21": "våren", "22": "sommaren", "23": "hösten", "24": "vintern"},
    "en": {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"},
}
_WORDS = {
    "sv": {"between": "mellan {} och {}", "before": "senast {}", "after": "tidigast {}", "about": "omkring {}", "maybe": "{} (osäkert)"},
    "en": {"between": "between {} and {}", "before": "by {}", "after": "{} at the earliest", "about": "about {}", "maybe": "{} (uncertain)"},
}
_PERIOD = {
    "sv": {
        "from": "från {}", "within": "början {}", "to": "till {}", "no-start": "början okänd", "no-end": "slut okänt", "seen": "senast belagt {}",
        "ended": "avslutat senast {}", "planned": "planerat", "wished": "önskat", "denied": "förnekat",
    },
    "en": {
        "from": "from {}", "within": "start {}", "to": "until {}", "no-start": "start unknown", "no-end": "end unknown", "seen": "last attested {}",
        "ended": "over by {}", "planned": "planned", "wished": "wished for", "denied": "denied",
    },
}  # fmt: skip


def date_words(text: str, lang: str) -> str:
    """An EDTF text in words; what has no words here stays as it is.

    >>> date_words("2019-23", "sv"), date_words("2018-04", "en"), date_words("2019-08/2019-12", "sv")
    ('hösten 2019', 'April 2018', 'mellan augusti 2019 och december 2019')
    """
    if "/" in text:
        left, right = ("" if part == ".." else date_words(part, lang) for part in text.split("/", 1))
        return _WORDS[lang]["between" if left and right else "after" if left else "before"].format(*filter(None, (left, right)))
    for mark, word in (("~", "about"), ("?", "maybe"), ("%", "maybe")):
        if text.endswith(mark):
            return _WORDS[lang][word].format(date_words(text[:-1], lang))
    if match := re.fullmatch(r"(\d{4})-(2[1-4])", text):
        season = f"{_SEASONS[lang][match[2]]} {match[1]}"
        return f"{season}/{(int(match[1]) + 1) % 100:02}" if match[2] == "24" else season
    if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", text):
        day = f"{int(match[3])} " if match[3] else ""
        return f"{day}{_MONTHS[lang][int(match[2]) - 1]} {match[1]}"
    return text


def period_words(claims: Sequence[Claim], times: Times, status: str) -> Text:
    """The period of a relation or fact in words, from what its claims say, with what is unknown said."""
    sv, en = (_period(claims, times, status, lang) for lang in ("sv", "en"))
    return Text(sv, en)


def _period(claims: Sequence[Claim], times: Times, status: str, lang: str) -> str:
    words = _PERIOD[lang]
    heard = [c for c in claims if c.status in ACTUAL_STATUSES] or list(claims)
    since, until = (list(dict.fromkeys(getattr(c, side) for c in heard if getattr(c, side))) for side in ("since", "until"))
    said = [words[status]] if status not in ACTUAL_STATUSES else []
    if since and since == until:
        return ", ".join([*said, date_words(since[0], lang)])
    if since:
        said.append(words["within" if "/" in since[0] else "from"].format(" / ".join(date_words(s, lang) for s in since)))
    elif status in ACTUAL_STATUSES:
        said.append(words["no-start"])
    if until:
        said.append(words["to"].format(" / ".join(date_words(u, lang) for u in until)))
    elif status == "ended":
        said.append(words["ended"].format(month_words(times.end_latest, lang)))
    elif status == "actual":
        said += [words["no-end"], words["seen"].format(month_words(times.last_seen, lang))]
    return ", ".join(said)


def month_words(day: date, lang: str) -> str:
    """A day as month and year; an unknown day is said to be unknown."""
    if day in (MIN, MAX):
        return {"sv": "okänt", "en": "unknown"}[lang]
    return f"{_MONTHS[lang][day.month - 1]} {day.year}"


def place_words(locator: str, lang: str) -> str:
    """A locator in words.

    >>> place_words("p3.s2", "sv"), place_words("p0.s1", "en")
    ('stycke 3, mening 2', 'title')
    """
    match = re.fullmatch(r"p(\d+)(?:\.s(\d+))?", locator)
    if not match:
        return locator
    if match[1] == "0":
        return {"sv": "rubriken", "en": "title"}[lang]
    paragraph, sentence = {"sv": ("stycke", "mening"), "en": ("paragraph", "sentence")}[lang]
    return f"{paragraph} {match[1]}" + (f", {sentence} {match[2]}" if match[2] else "")
