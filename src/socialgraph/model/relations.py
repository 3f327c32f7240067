"""Relations and facts: what all claims of the same kind and ends say together, with bounds and modes.

Pure functions from claims to relations (model §6–7). The invariant: certain days are presumed days, presumed days are
possible days, and nothing planned, wished or denied is any of them. Known-by and source choice are made by handing in
fewer claims: the bounds are always computed from what is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from socialgraph.model import ids
from socialgraph.model.claims import ACTUAL_STATUSES, Claim
from socialgraph.model.dates import MAX, MIN, Bounds, after, bounds
from socialgraph.model.vocabulary import Vocabulary

MODES = ("certain", "presumed", "possible")
_STATUS_ORDER = ("ended", "actual", "denied", "planned", "wished")


@dataclass(frozen=True, slots=True)
class Times:
    """All dates of a relation or fact, as days; see model §7 for their meaning."""

    start_earliest: date
    start_latest: date
    end_earliest: date
    end_latest: date
    first_seen: date
    last_seen: date
    certain_from: date
    certain_until: date
    presumed_until: date
    possible_from: date
    possible_until: date

    def holds(self, day: date, mode: str) -> bool:
        """Whether the relation holds on a day in a mode: `certain`, `presumed` or `possible`."""
        first, last = self.spell(mode)
        return first <= day <= last

    def spell(self, mode: str) -> tuple[date, date]:
        """The first and last day on which the relation holds in a mode; the first comes after the last if there is no such day."""
        return {
            "certain": (self.certain_from, self.certain_until),
            "presumed": (self.certain_from, self.presumed_until),
            "possible": (self.possible_from, self.possible_until),
        }[mode]

    def mode(self, day: date) -> str:
        """The strongest mode in which the relation holds on a day, or an empty text."""
        return next((mode for mode in MODES if self.holds(day, mode)), "")


@dataclass(frozen=True, slots=True)
class Relation:
    """What all claims of the same kind, ends, person, role, about and episode say together."""

    id: str
    kind: str
    from_: str
    to: str
    person: str
    role: str
    about: str
    episode: str
    status: str
    share: Decimal | None
    amount: Decimal | None
    currency: str
    basis: str
    topics: tuple[str, ...]
    role_notes: tuple[str, ...]
    approximate: bool
    disputed: bool
    times: Times
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What all claims of the same fact kind, entity and value say together."""

    id: str
    kind: str
    from_: str
    value: str
    lang: str
    about: str
    topics: tuple[str, ...]
    status: str
    approximate: bool
    disputed: bool
    times: Times
    claims: tuple[Claim, ...]


def named(item: Relation | Fact) -> tuple[str, ...]:
    """The ids a relation or fact names: its ends, its person, and what it is about, each once."""
    ids = (item.from_, item.about) if isinstance(item, Fact) else (item.from_, item.to, item.person, item.about)
    return tuple(dict.fromkeys(id for id in ids if id))


def gather(claims: Iterable[Claim], *, written: Mapping[str, Bounds], vocabulary: Vocabulary) -> tuple[list[Relation], list[Fact]]:
    """Relations and facts of claims, each ordered by id; `written` says between which days each source speaks."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_key(claim, vocabulary), []).append(claim)
    relations: list[Relation] = []
    facts: list[Fact] = []
    for key, members in groups.items():
        members.sort(key=lambda c: (written[c.source].latest, c.source, _place(c.locator), c.locator, c.row))
        if members[0].is_fact:
            facts.append(_fact(key, members, written, vocabulary))
        else:
            relations.append(_relation(key, members, written, vocabulary))
    return sorted(relations, key=lambda r: r.id), sorted(facts, key=lambda f: f.id)


def _key(claim: Claim, vocabulary: Vocabulary) -> tuple[str, ...]:
    if claim.is_fact:
        return (claim.kind, claim.from_, _folded(claim.value), claim.lang, claim.about, "|".join(claim.topics), claim.episode)
    left, right = claim.from_, claim.to
    if vocabulary.relation_kinds[claim.kind].symmetric:
        left, right = sorted((left, right))
    return (claim.kind, left, right, claim.person, _folded(claim.role), claim.about, claim.episode)


def _place(locator: str) -> tuple[int, ...]:
    """The numbers of a locator, so that p10 comes after p3."""
    return tuple(map(int, re.findall(r"\d+", locator)))


def _folded(text: str) -> str:
    """Text without case and extra blanks: two printings of one name or title are one."""
    return " ".join(text.casefold().split())


def _relation(key: tuple[str, ...], claims: Sequence[Claim], written: Mapping[str, Bounds], vocabulary: Vocabulary) -> Relation:
    times, disputed = _times(claims, written, vocabulary.presumed_for(key[0]))
    latest = list(reversed(_heard(claims)))
    money = next((c for c in latest if c.amount is not None), None)
    amounts = {(c.currency, c.basis, c.amount) for c in latest if c.amount is not None}
    differ = len(amounts) > len({(currency, basis) for currency, basis, _ in amounts})  # granted and spent are two measures, not a disagreement
    shares = {c.share for c in latest if c.share is not None}
    return Relation(
        id=ids.digest(*key), kind=key[0], from_=key[1], to=key[2], person=key[3], role=claims[0].role, about=key[5], episode=key[6],
        status=_status(claims, written), share=next((c.share for c in latest if c.share is not None), None),
        amount=money.amount if money else None, currency=money.currency if money else "", basis=money.basis if money else "",
        topics=_union(c.topics for c in claims), role_notes=_union((c.role_note,) for c in claims if c.role_note),
        approximate=bool(money and money.approximate), disputed=disputed or differ or len(shares) > 1,
        times=times, claims=tuple(claims),
    )  # fmt: skip


def _fact(key: tuple[str, ...], claims: Sequence[Claim], written: Mapping[str, Bounds], vocabulary: Vocabulary) -> Fact:
    times, disputed = _times(claims, written, vocabulary.presumed_for(key[0]))
    return Fact(
        id=ids.digest("fact", *key), kind=key[0], from_=key[1], value=claims[0].value, lang=key[3], about=key[4], topics=claims[0].topics,
        status=_status(claims, written), approximate=any(c.approximate for c in claims), disputed=disputed, times=times, claims=tuple(claims),
    )  # fmt: skip


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({item for group in groups for item in group}))


def _heard(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims that count: those that say it holds or has held; where there are none, all."""
    return [c for c in claims if c.status in ACTUAL_STATUSES] or claims


def _status(claims: Sequence[Claim], written: Mapping[str, Bounds]) -> str:
    """One status for the relation: what holds or has held outweighs plans, wishes and denials; then the last day's word decides.

    Of words of one day the first of `_STATUS_ORDER` is taken.
    """
    heard = _heard(claims)
    last = max(written[c.source].latest for c in heard)
    stated = {c.status for c in heard if written[c.source].latest == last}
    return next(s for s in _STATUS_ORDER if s in stated)


def _times(claims: Sequence[Claim], written: Mapping[str, Bounds], presumed_for: str) -> tuple[Times, bool]:
    seen = [written[c.source].latest for c in claims]
    actual = [c for c in claims if c.status in ACTUAL_STATUSES]
    denied = any(c.status == "denied" for c in claims)
    said = [_said(c, written[c.source]) for c in _heard(claims)]
    start, end, disputed = _combine(said)
    disputed = disputed or (denied and bool(actual))
    certain, presumed_until, possible = (MAX, MIN), MIN, (MAX, MIN)
    if actual:
        possible = (start.earliest, end.latest)
        going_on = [written[c.source].earliest for c in actual if _going_on(c, written[c.source])]
        last = min(*(e.latest for _, e in said), end.latest, max([end.earliest, *going_on]))  # no day is certain that a claim rules out
        if start.latest <= last:
            certain, presumed_until = (start.latest, last), last
            if going_on and not any(bounds(c.until).latest != MAX or c.status == "ended" for c in actual):
                presumed_until = max(last, after(max(going_on), presumed_for))
    times = Times(start.earliest, start.latest, end.earliest, end.latest, min(seen), max(seen), *certain, presumed_until, *possible)
    return times, disputed


def _going_on(claim: Claim, written: Bounds) -> bool:
    """Whether the claim says that the relation went on when its source was written."""
    return claim.status == "actual" and bounds(claim.since).earliest <= written.latest <= bounds(claim.until).latest


def _said(claim: Claim, written: Bounds) -> tuple[Bounds, Bounds]:
    """The bounds of start and end that one claim gives: what is written, tightened by when it was written."""
    start, end = bounds(claim.since), bounds(claim.until)
    start_latest, end_earliest, end_latest = start.latest, end.earliest, end.latest
    if claim.status in ACTUAL_STATUSES and start.earliest <= written.latest:
        start_latest = min(start_latest, written.latest)
    if _going_on(claim, written):
        end_earliest = max(end_earliest, written.earliest)
    if claim.status == "ended":
        end_latest = max(min(end_latest, written.latest), end_earliest)
    start_latest = max(start.earliest, min(start_latest, end_latest))
    return Bounds(start.earliest, start_latest), Bounds(max(end_earliest, start.earliest), max(end_latest, start.earliest))


def _combine(said: Sequence[tuple[Bounds, Bounds]]) -> tuple[Bounds, Bounds, bool]:
    """Bounds that all claims allow; where they allow none, bounds that hold every claim of the quarrel, and `True`.

    A claim that agrees with all others takes no part in it: "ended by 2020" does not make two stated starts unknown.
    """
    combined, disputed = [], False
    for side in ([s for s, _ in said], [e for _, e in said]):
        common = Bounds(max(b.earliest for b in side), min(b.latest for b in side))
        if common.earliest > common.latest:
            disputed = True
            parties = [b for b in side if any(b.earliest > other.latest or other.earliest > b.latest for other in side)]
            common = Bounds(min(b.earliest for b in parties), max(b.latest for b in parties))
        combined.append(common)
    return combined[0], combined[1], disputed
