"""What happened between two days: what began, ended, changed hands, and what is only known better now. Pure; made of two views.

The invariant: nothing is told as an event that no source dates. What is first attested between the days may have begun
before; what is no longer attested may go on; new evidence of an old thing is no event, and what a later source tells of an
earlier day is newly known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from socialgraph.model.holdings import Holdings
from socialgraph.model.picture import Text
from socialgraph.model.relations import Fact, Relation, named
from socialgraph.model.sentences import LANGS, Wording
from socialgraph.model.table import Column, Ref, Table
from socialgraph.model.words import period_words

WHATS = {
    "began": Text("började", "began"), "attested": Text("först belagt", "first attested"), "passed": Text("började och slutade", "began and ended"),
    "ended": Text("slutade", "ended"), "lapsed": Text("inte längre belagt", "no longer attested"), "moved": Text("bytte", "changed hands"),
    "role": Text("bytte roll", "changed role"), "renamed": Text("bytte namn", "renamed"), "planned": Text("ny plan", "new plan"),
    "known": Text("nu känt om förr", "now known of then"), "withdrawn": Text("rättat om förr", "corrected of then"),
}  # fmt: skip
"""Everything that can be said to have happened, in the order in which it is listed."""
MEANS = {
    "began": Text("En källa säger att det började mellan dagarna.", "A source says that it began between the days."),
    "attested": Text("Första källan är från tiden mellan dagarna; det kan ha börjat tidigare.", "First attested between the days; it may have begun before."),
    "passed": Text("Det började och slutade mellan dagarna.", "It began and ended between the days."),
    "ended": Text("En källa säger att det slutade.", "A source says that it ended."),
    "lapsed": Text("Ingen källa räcker till den senare dagen; det kan pågå.", "No source reaches the later day; it may go on."),
    "moved": Text("Ett slut och en början hos olika.", "An end and a beginning with another."),
    "role": Text("Samma ändar, en annan roll.", "The same ends, another role."),
    "renamed": Text("Namnet den dagen är ett annat.", "The name of the day is another."),
    "planned": Text("En plan eller ett önskemål, nämnt först mellan dagarna; inget är gjort.", "Voiced for the first time between the days; nothing is done."),
    "known": Text("Det gällde redan den tidigare dagen, men det var inte känt.", "It held on the earlier day already, but was not known."),
    "withdrawn": Text("Det troddes gälla den dagen; senare källor säger annat.", "It was thought to hold then; later sources say otherwise."),
}  # fmt: skip
_UNREAL = ("planned", "wished")
Item = Relation | Fact


class Seen(Protocol):
    """What is needed of a view."""

    @property
    def at(self) -> date:
        """The day."""

    @property
    def mode(self) -> str:
        """How sure what holds must be."""

    @property
    def build(self) -> str:
        """The build."""

    @property
    def scoped(self) -> Holdings:
        """What may be used."""

    @property
    def wording(self) -> Wording:
        """What makes words, with the names of the day."""

    def holds(self, item: Item) -> bool:
        """Whether it holds on the day."""

    def state(self, item: Item) -> str:
        """Its state on the day."""

    def name(self, id: str, lang: str = "sv") -> str:
        """The name of an entity on the day."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: what (of `WHATS`), of which kind, whom it concerns, how it was and is, its time in words.

    `items` are the prefixed ids of the relations and facts it rests on, `sources` how many sources attest them, `told` a whole sentence.
    """

    what: str
    kind: str
    entities: tuple[str, ...]
    subject: Text
    before: Text
    after: Text
    period: Text
    items: tuple[str, ...]
    sources: int
    told: Text


_NOTHING = Text("", "")


def between(earlier: Seen, later: Seen) -> tuple[Event, ...]:
    """Everything that happened between the days of two views, ordered by what it is, kind and sentence."""
    found = [*_items(earlier, later), *_names(earlier, later)]
    order = list(WHATS)
    return tuple(sorted(_joined(found, later), key=lambda e: (order.index(e.what), e.kind, e.subject.sv, e.items)))


def _items(earlier: Seen, later: Seen) -> Iterator[tuple[Event, Item | None]]:
    naming = later.scoped.vocabulary.name_kinds
    old, new = (_by_id(view.scoped, naming) for view in (earlier, later))
    for id in sorted({*old, *new}):
        was, is_ = old.get(id), new.get(id)
        what = _what(was, is_, earlier, later)
        if what and (item := is_ or was):
            yield _event(what, item, earlier if what in ("ended", "lapsed", "withdrawn") else later, later), item


def _by_id(holdings: Holdings, naming: frozenset[str]) -> dict[str, Item]:
    return {id: item for id, item in holdings.things.items() if item.kind not in naming}


def _what(was: Item | None, is_: Item | None, earlier: Seen, later: Seen) -> str:
    held, holds = was is not None and earlier.holds(was), is_ is not None and later.holds(is_)
    then = is_ is not None and is_.times.holds(earlier.at, earlier.mode)  # by what is known later
    if holds and not held and is_:
        return "known" if then else "began" if is_.times.start_earliest > earlier.at else "attested"
    if held and not holds:
        return "withdrawn" if not then or is_ is None else "ended" if is_.times.end_latest <= later.at else "lapsed"
    if held or is_ is None:
        return ""
    if is_.status in _UNREAL:
        return "planned" if earlier.at < is_.times.first_seen <= later.at <= is_.times.end_latest else ""
    first, last = is_.times.spell(later.mode)
    return "passed" if not holds and earlier.at < is_.times.start_earliest and first <= last and is_.times.end_latest <= later.at else ""


def _event(what: str, item: Item, seen: Seen, later: Seen) -> Event:
    space = "sgr" if isinstance(item, Relation) else "sgf"
    return Event(
        what, item.kind, named(item), seen.wording.sentence(item), _NOTHING, _NOTHING,
        period_words(item.claims, item.times, item.status), (f"{space}:{item.id}",), len({c.source for c in item.claims}),
        seen.wording.prose(item, later.state(item)),
    )  # fmt: skip


def _names(earlier: Seen, later: Seen) -> Iterator[tuple[Event, Item | None]]:
    """Names of the day that differ, by what is known later: a name that is found out about is no new name."""
    then: Any = replace(later, at=earlier.at)  # type: ignore[type-var]
    facts: dict[str, list[Fact]] = {}
    for fact in later.scoped.facts:
        if fact.kind in later.scoped.vocabulary.name_kinds:
            facts.setdefault(fact.from_, []).append(fact)
    for id, found in sorted(facts.items()):
        before, after = (Text(view.name(id, "sv"), view.name(id, "en")) for view in (then, later))
        if before.sv != after.sv:
            behind = [f for f in found if f.value in (before.sv, after.sv)]
            items, sources = tuple(f"sgf:{f.id}" for f in behind), len({c.source for f in behind for c in f.claims})
            period = period_words(behind[-1].claims, behind[-1].times, behind[-1].status) if behind else _NOTHING
            told = Text(f"{before.sv} bytte namn till {after.sv}.", f"{before.en} was renamed {after.en}.")
            yield Event("renamed", "", (id,), after, before, after, period, items, sources, told), None


# ── an end and a beginning that are one change


def _joined(found: Sequence[tuple[Event, Item | None]], later: Seen) -> Iterator[Event]:
    """The events, those that are an end and a beginning of one thing told as a change."""
    kinds = later.scoped.vocabulary.relation_kinds
    pairs: dict[int, Event] = {}
    gone: set[int] = set()
    ways: list[tuple[str, Callable[[Relation], object], Callable[[Relation, str], str]]] = [
        ("role", lambda r: (r.kind, r.from_, r.to, r.person, r.about), lambda r, lang: later.wording.vocabulary.label(r.role, lang) or r.role or "–"),
        ("moved", lambda r: (r.kind, r.to) if kinds[r.kind].one_at_a_time else None, lambda r, lang: later.name(r.from_, lang)),
    ]
    for what, key, said in ways:
        for i, j in _matched(found, key, gone | set(pairs)):
            ended, began = found[i][1], found[j][1]
            if not (isinstance(ended, Relation) and isinstance(began, Relation)) or (what == "role" and ended.role == began.role):
                continue
            was, is_ = (Text(said(r, "sv"), said(r, "en")) for r in (ended, began))
            one, other = found[i][0], found[j][0]
            subject = [later.name(began.to, lang) if what == "moved" else later.wording.core(began, lang) for lang in LANGS]
            about = Text(*subject)
            told = Text(f"{one.told.sv} {other.told.sv}", f"{one.told.en} {other.told.en}")
            whom = tuple(dict.fromkeys((*one.entities, *other.entities)))
            pairs[j] = Event(what, began.kind, whom, about, was, is_, other.period, (*one.items, *other.items), one.sources + other.sources, told)
            gone.add(i)
    for number, (event, _) in enumerate(found):
        if number not in gone:
            yield pairs.get(number, event)


def _matched(found: Sequence[tuple[Event, Item | None]], key: Callable[[Relation], object], taken: set[int]) -> Iterable[tuple[int, int]]:
    """An end and a beginning with the same key; where there are several of either, none: which goes with which is not said."""
    sides: Mapping[str, dict[object, list[int]]] = {"off": {}, "on": {}}
    for number, (event, item) in enumerate(found):
        side = {"ended": "off", "lapsed": "off", "began": "on", "attested": "on"}.get(event.what)
        if side and number not in taken and isinstance(item, Relation) and (common := key(item)) is not None:
            sides[side].setdefault(common, []).append(number)
    return [(off[0], on[0]) for common, off in sides["off"].items() if len(off) == 1 and len(on := sides["on"].get(common, [])) == 1]


# ── as a table

_HEADS = {
    "what": ("Vad", "What"), "kind": ("Slag", "Kind"), "subject": ("Om", "Of"), "before": ("Före", "Before"), "after": ("Efter", "After"),
    "period": ("Period", "Period"), "sources": ("Källor", "Sources"),
}  # fmt: skip


def as_table(events: Sequence[Event], earlier: Seen, later: Seen, lang: str) -> Table:
    """The events as a table; a row's witnesses are the relations and facts it rests on."""
    words = later.scoped.vocabulary

    def say(text: Text) -> str:
        return str(getattr(text, lang))

    rows = []
    for e in events:
        space, _, id = e.items[0].partition(":") if e.items else ("sgd", "", e.entities[0])
        kind = words.label(e.kind, lang) if e.kind else {"sv": "namn", "en": "name"}[lang]
        rows.append((say(WHATS[e.what]), kind, Ref(say(e.subject), id, space), say(e.before), say(e.after), say(e.period), e.sources))
    about = {"at": f"{earlier.at.isoformat()} → {later.at.isoformat()}", "mode": words.label(later.mode, lang)}
    about |= {"sources": str(len(later.scoped.sources)), "build": later.build}
    notes = tuple(Text(f"{WHATS[w].sv}: {MEANS[w].sv}", f"{WHATS[w].en}: {MEANS[w].en}") for w in WHATS if any(e.what == w for e in events))
    title = {"sv": "Vad som hände mellan två dagar", "en": "What happened between two days"}
    heads = tuple(Column(name, dict(zip(("sv", "en"), told, strict=True))) for name, told in _HEADS.items())
    return Table(heads, tuple(rows), about, title, tuple(e.items for e in events), tuple({"sv": n.sv, "en": n.en} for n in notes), lang=lang)
