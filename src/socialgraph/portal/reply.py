"""Reply: a status, a media type, bytes and headers; and the errors of RFC 9457 (`application/problem+json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from socialgraph import errors

HTML, JSON, PROBLEM = "text/html; charset=utf-8", "application/json", "application/problem+json"
TITLES: Final = {
    400: ("Frågan går inte att förstå", "The request cannot be understood"),
    403: ("Det är inte tillåtet", "That is not allowed"),
    404: ("Det finns inte", "There is no such thing"),
    405: ("Metoden finns inte här", "No such method here"),
    406: ("Den formen finns inte", "No such form"),
    408: ("Begäran kom för långsamt", "The request came too slowly"),
    413: ("Begäran är för stor", "The request is too large"),
    415: ("Den sortens begäran tas inte emot", "No such kind of request"),
    422: ("Svaret är för stort", "The answer is too large"),
    500: ("Något gick fel", "Something went wrong"),
    503: ("Tiden eller kraften räckte inte", "Time or power did not suffice"),
}
"""Statuses and what they mean, in Swedish and English."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back; `own_policy` says that a page carries its Content-Security-Policy itself."""

    body: bytes
    media: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    own_policy: bool = False


class Problem(Exception):
    """A refusal that is not an error of the graph's: its status and what to do, in Swedish and English."""

    def __init__(self, status: int, sv: str, en: str) -> None:
        super().__init__(en)
        self.status, self.sv, self.en = status, sv, en


def problem(status: int, sv: str, en: str, *, lang: str = "sv", headers: Mapping[str, str] | None = None) -> Reply:
    """A problem as JSON: title and detail in the language, and the status."""
    title, detail = (TITLES[status][0], sv) if lang == "sv" else (TITLES[status][1], en)
    return Reply(as_json({"type": "about:blank", "title": title, "status": status, "detail": detail}), PROBLEM, status, headers or {})


def fault(lang: str) -> Reply:
    """The reply where something failed that nobody foresaw: nothing of it is told."""
    return problem(500, "Felet är antecknat hos den som driver servern.", "The fault is noted with whoever runs the server.", lang=lang)


def status_of(error: errors.SocialGraphError) -> int:
    """The status that fits an error: what is not there, what is not allowed, else a request that does not fit."""
    if isinstance(error, (errors.UnknownEntity, errors.UnknownName, errors.UnknownQuestion, errors.BuildMissing)):
        return 404
    return 403 if isinstance(error, errors.QueryRefused) else 400


def as_json(value: Any) -> bytes:
    """A value as JSON text."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
