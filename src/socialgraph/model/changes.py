"""What changed between two holdings: pure, ordered, each change in words.

The invariant: a thing is known by its id, after identity has been applied to both sides alike. New evidence of an old
relation is therefore no new relation, a rename is a rename, and a merger of two ids is a merger. How changes are laid
out for people stands in `change_report.py`.
"""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from socialgraph.model.claims import ACTUAL_STATUSES, Claim, Copy, Entity, Source
from socialgraph.model.dates import MAX, Bounds, bounds
from socialgraph.model.holdings import Holdings, assemble
from socialgraph.model.picture import Text
from socialgraph.model.relations import Fact, Relation, named
from socialgraph.model.sentences import Wording, bilingual, evidence
from socialgraph.model.table import show
from socialgraph.model.words import period_words

WHATS = {
    "source-new": Text("ny källa", "new source"), "source-gone": Text("borttagen källa", "source gone"),
    "source-changed": Text("ändrad källa", "source changed"), "entity-new": Text("ny entitet", "new entity"),
    "entity-gone": Text("borttagen entitet", "entity gone"), "renamed": Text("bytt namn", "renamed"), "merged": Text("sammanslagen", "merged"),
    "parted": Text("isärtagen", "parted"), "entity-changed": Text("ändrad entitet", "entity changed"), "new": Text("ny uppgift", "new"),
    "gone": Text("borttagen uppgift", "gone"), "ended": Text("avslutad", "ended"), "status": Text("ändrad status", "status changed"),
    "period": Text("ändrad tid", "period changed"), "details": Text("ändrade bestämningar", "details changed"),
    "more-evidence": Text("fler belägg", "more evidence"), "less-evidence": Text("färre belägg", "less evidence"),
    "disputed": Text("omstridd nu", "disputed now"), "settled": Text("inte längre omstridd", "no longer disputed"),
}  # fmt: skip
"""Everything that can be said of a change, in the order in which changes are listed."""

Item = Relation | Fact
_NOTHING = Text("", "")
_ENTITY_FIELDS = ("kind", "alt_names", "county", "organisation_number", "code", "ror", "wikidata", "orcid", "website")  # part_of, note: no part of the graph
_SOURCE_FIELDS = (
    "title", "kind", "publisher", "authors", "published", "published_basis", "published_note", "url", "retrieved", "language", "licence", "copies",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what it is (of `WHATS`), of which kind and thing, whom it concerns, and how it was and is, in words.

    `kind` is a kind of the ontology, or a source's kind; `entities` are ids; `subject` says what the thing is.
    """

    what: str
    kind: str
    id: str
    entities: tuple[str, ...]
    subject: Text
    before: Text = _NOTHING
    after: Text = _NOTHING

    def text(self, lang: str = "sv") -> str:
        """The change as one line.

        >>> print(Change("renamed", "Association", "skr", ("skr",), Text("skr", "skr"), Text("SKL", "SKL"), Text("SKR", "SKR")).text("sv"))
        bytt namn: skr: SKL → SKR
        """
        subject, before, after = (getattr(part, lang) for part in (self.subject, self.before, self.after))
        return ": ".join(part for part in (getattr(WHATS[self.what], lang), subject, " → ".join(filter(None, (before, after)))) if part)


def changes(before: Holdings, after: Holdings) -> tuple[Change, ...]:
    """Every change from one holdings to another: sources, entities, then relations and facts, each ordered.

    Holdings that differ only in rows, places, notes and printed forms give none. Several things can be said of one
    relation: that it ended, and that there is more evidence of it.
    """
    one, other = _of_one_identity(before, after)
    worded = Wording.of_register(ChainMap(dict(after.entities), dict(before.entities)), after.vocabulary)
    found = [
        *_sources(one, other, worded), *_entities(before, after, worded),
        *_items({r.id: r for r in one.relations}, {r.id: r for r in other.relations}, worded),
        *_items({f.id: f for f in one.facts}, {f.id: f for f in other.facts}, worded),
    ]  # fmt: skip
    order = list(WHATS)
    return tuple(sorted(found, key=lambda c: (order.index(c.what), c.kind, c.subject.sv, c.id)))


def _of_one_identity(before: Holdings, after: Holdings) -> tuple[Holdings, Holdings]:
    """Both holdings with the mergers of either applied to each, so that the same thing has the same id in both."""
    if before.merged == after.merged:
        return before, after
    groups: dict[str, set[str]] = {}
    for id, standing in (*before.merged.items(), *after.merged.items()):
        group = groups.get(id, {id}) | groups.get(standing, {standing})
        groups.update(dict.fromkeys(group, group))
    together = {id: _head(group, before, after) for id, group in groups.items()}
    one, other = (assemble(h.vocabulary, h.entities, h.sources, h.claims, together) for h in (before, after))
    return one, other


def _head(group: set[str], before: Holdings, after: Holdings) -> str:
    """The id that stands for a group: one that stands after the change, and before it if there is a choice."""
    standing = sorted(id for id in group if id in after.entities) or sorted(group)
    return next((id for id in standing if id in before.entities), standing[0])


# ── sources and entities


def _sources(before: Holdings, after: Holdings, worded: Wording) -> Iterator[Change]:
    counts = [Counter(c.source for c in h.claims) for h in (before, after)]
    for id in sorted({*before.sources, *after.sources}):
        old, new = before.sources.get(id), after.sources.get(id)
        if old and new:
            yield from _fields("source-changed", old, new, _SOURCE_FIELDS, (new.publisher,))
        elif source := new or old:
            said = _side(worded.source(source, counts[bool(new)][id]), new=bool(new))
            yield Change("source-new" if new else "source-gone", source.kind, id, (source.publisher,), _called(source), *said)


def _entities(before: Holdings, after: Holdings, worded: Wording) -> Iterator[Change]:
    told = {after.merged[id] for id in before.entities if id in after.merged} | {before.merged[id] for id in after.entities if id in before.merged}
    for id in sorted({*before.entities, *after.entities}):
        old, new = before.entities.get(id), after.entities.get(id)
        if old and new:
            if _names(old) != _names(new):
                names = (" · ".join(filter(None, _names(e))) for e in (old, new))
                yield Change("renamed", new.kind, id, (id,), Text(id, id), *(Text(n, n) for n in names))
            yield from _fields("entity-changed", old, new, _ENTITY_FIELDS if id not in told else ("kind",), (id,))  # a merger fills fields: told once
        elif entity := new or old:
            side = before if new else after
            other = side.entities.get(side.merged.get(id, id))  # the one of which it was, or is now, another id
            what = ("parted" if new else "merged") if other else ("entity-new" if new else "entity-gone")
            if other:
                both = (_called(other), _called(entity)) if new else (_called(entity), _called(other))
                yield Change(what, entity.kind, id, (id, other.id), Text(id, id), *both)
            else:
                yield Change(what, entity.kind, id, (id,), _called(entity), *_side(worded.kind(entity.kind), new=bool(new)))


def _fields(what: str, old: Entity | Source, new: Entity | Source, fields: Iterable[str], whom: tuple[str, ...]) -> Iterator[Change]:
    differ = [f for f in fields if _unordered(getattr(old, f)) != _unordered(getattr(new, f))]
    if differ:
        said = ("; ".join(f"{f} {_plain(getattr(side, f)) or '–'}" for f in differ) for side in (old, new))
        yield Change(what, new.kind, new.id, whom, _called(new), *(Text(t, t) for t in said))


def _names(entity: Entity) -> tuple[str, str, str]:
    return entity.name_sv, entity.name_en, entity.abbreviation


def _unordered(value: str | tuple[str | Copy, ...]) -> str | frozenset[str | Copy]:
    return value if isinstance(value, str) else frozenset(value)  # a store keeps no order of names, authors and copies


def _plain(value: str | tuple[str | Copy, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(v if isinstance(v, str) else " ".join(filter(None, (v.document, v.url, v.note))) for v in value)


def _called(thing: Entity | Source) -> Text:
    if isinstance(thing, Source):
        return Text(f"{thing.title} ({thing.id})", f"{thing.title} ({thing.id})")
    return Text(f"{thing.name('sv')} ({thing.id})", f"{thing.name('en')} ({thing.id})")


def _side(said: Text, *, new: bool) -> tuple[Text, Text]:
    return (_NOTHING, said) if new else (said, _NOTHING)


# ── relations and facts


def _items(before: Mapping[str, Item], after: Mapping[str, Item], worded: Wording) -> Iterator[Change]:
    for id in {*before, *after}:
        old, new = before.get(id), after.get(id)
        if item := new or old:
            subject, whom = worded.sentence(item), named(item)
            if old and new:
                yield from (Change(what, item.kind, id, whom, subject, *said) for what, *said in _differences(old, new, worded))
            else:
                said = _side(period_words(item.claims, item.times, item.status), new=bool(new))
                yield Change("new" if new else "gone", item.kind, id, whom, subject, *said)


def _differences(old: Item, new: Item, worded: Wording) -> Iterator[tuple[str, Text, Text]]:
    both = (old, new)
    periods = [period_words(i.claims, i.times, i.status) for i in both]
    if _ended(old, new):
        yield "ended", periods[0], periods[1]
    else:
        if old.status != new.status:
            yield "status", worded.status(old.status), worded.status(new.status)
        if _stated(old) != _stated(new):
            yield "period", periods[0], periods[1]
        elif old.status == new.status and _days(old) != _days(new) and Counter(c.source for c in old.claims) == Counter(c.source for c in new.claims):
            yield "period", _days_words(old), _days_words(new)  # the same words, in a source that is dated otherwise now
    if (was := worded.details(old)) != (now := worded.details(new)):
        yield "details", was, now
    seen = [Counter(c.source for c in i.claims) for i in both]
    for what, gained in (("more-evidence", seen[1] - seen[0]), ("less-evidence", seen[0] - seen[1])):
        if gained:
            yield what, evidence(old), evidence(new)
    if old.disputed != new.disputed:
        yield "disputed" if new.disputed else "settled", _NOTHING, _NOTHING


def _heard(item: Item) -> list[Claim]:
    return [c for c in item.claims if c.status in ACTUAL_STATUSES] or list(item.claims)


def _ended(old: Item, new: Item) -> bool:
    """Whether it is over, or has a stated end, and neither was said before; a plan with an end that comes true has not ended."""
    if new.status == "ended":
        return old.status != "ended"
    return new.status in ACTUAL_STATUSES and _has_end(new) and not _has_end(old)


def _has_end(item: Item) -> bool:
    return any(bounds(c.until).latest != MAX for c in _heard(item))


def _stated(item: Item) -> tuple[set[Bounds], set[Bounds]]:
    since, until = ({bounds(text) for c in _heard(item) if (text := getattr(c, side))} for side in ("since", "until"))
    return since, until


def _days(item: Item) -> tuple[date, ...]:
    return item.times.start_earliest, item.times.start_latest, item.times.end_earliest, item.times.end_latest


def _days_words(item: Item) -> Text:
    return bilingual(lambda lang: "{}/{} – {}/{}".format(*(show(day, lang) for day in _days(item))))
