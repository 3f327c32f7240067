"""What form a client wants: the `Accept` header of RFC 9110 (section 12.5.1) against the media types that can be had."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def choose(header: str, offered: Sequence[str]) -> str:
    """The media type of those offered that the client likes best, the earlier among equals; empty if it likes none.

    The most specific range of the header decides about a type; without a header any will do.

    >>> choose("text/turtle;q=0.5, application/json", ["text/turtle", "application/json"])
    'application/json'
    >>> choose("image/png", ["text/turtle"])
    ''
    """
    if not header.strip():
        return offered[0] if offered else ""
    ranges = [(m[1].lower(), m[2].lower(), float(q[1]) if (q := _QUALITY.search(m[3])) else 1.0) for m in map(_RANGE.match, header.split(",")) if m]

    def liking(media: str) -> float:
        kind, _, sub = media.partition("/")
        fitting = [(kind == k, sub == s, q) for k, s, q in ranges if k in (kind, "*") and s in (sub, "*")]
        return max(fitting)[2] if fitting else 0.0

    best = max(offered, key=liking, default="")
    return best if best and liking(best) else ""


def language(header: str) -> str:
    """Swedish or English, whichever an `Accept-Language` header likes better; Swedish where it says nothing of either.

    >>> language("en-GB,en;q=0.9,sv;q=0.2")
    'en'
    """
    liked = {"sv": 0.0, "en": 0.0}
    for part in header.lower().split(","):
        tag = part.split(";")[0].strip()[:2]
        if tag in liked:
            liked[tag] = max(liked[tag], float(q[1]) if (q := _QUALITY.search(part)) else 1.0)
    return "en" if liked["en"] > liked["sv"] else "sv"
