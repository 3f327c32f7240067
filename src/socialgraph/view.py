"""The READ joint: the graph at a day, in a mode, known by a day, from some sources.

A view is immutable and cheap; time and evidence are chosen once, and everything asked of it follows: names, relations,
network, picture. Nothing planned, wished or denied is ever among what holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from socialgraph.errors import UnknownEntity, UnknownName
from socialgraph.model import events
from socialgraph.model.claims import Claim, Entity, Source, identifiers
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.events import Event
from socialgraph.model.holdings import Holdings
from socialgraph.model.picture import Days, DrawnKind, Edge, NameFrom, Node, Picture, PictureClaim, PictureFact, PictureNumber, PictureSource, Text, day_number
from socialgraph.model.relations import MODES, Fact, Relation
from socialgraph.model.sentences import LANGS, Wording, bilingual
from socialgraph.model.table import Column, Ref, Table
from socialgraph.model.vocabulary import EntityKind, Labels, Vocabulary, in_language, near
from socialgraph.model.words import date_words, period_words

if TYPE_CHECKING:
    import networkx

T = TypeVar("T", Relation, Fact)
_UNREAL = ("planned", "wished")


@dataclass(frozen=True)
class View:
    """What the holdings say of one day. Make it with `SocialGraph.view`."""

    holdings: Holdings
    at: date
    mode: str = "presumed"
    known_by: date | None = None
    sources: tuple[str, ...] = ()
    build: str = ""

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise UnknownName(f"mode '{self.mode}' is none of {', '.join(MODES)}")

    @cached_property
    def scoped(self) -> Holdings:
        """The holdings of the claims this view may use; bounds are computed from them alone."""
        return self.holdings.scoped(known_by=self.known_by, sources=self.sources)

    def _naming(self, id: str) -> list[Fact]:
        """The facts that name an entity."""
        naming = self.scoped.vocabulary.name_kinds
        return [f for f in self.scoped.told.get(id, ()) if f.kind in naming]

    # ── entities and names

    def entity(self, id: str) -> Entity:
        """An entity by id; an id judged the same as another gives the one that stands. Raises `UnknownEntity`."""
        id = self.holdings.merged.get(id, id)
        if id not in self.holdings.entities:
            raise UnknownEntity(f"no entity '{id}'; near: {', '.join(near(id, self.holdings.entities)) or 'none'}")
        return self.holdings.entities[id]

    def name(self, id: str, lang: str = "sv") -> str:
        """The name an entity bears on the view's day.

        A dated name that is certain that day comes first, then a presumed one; then the register's, unless that one is
        known not to be borne that day and another one may be. Dated names are Swedish: in English a former name stays as
        it was, and a name that is borne today gets its English form.
        """
        entity, dated = self.entity(id), self._dated(id, "name")
        if not dated or (lang != "sv" and dated.casefold() == entity.name_sv.casefold()):
            return entity.name(lang)
        return dated

    def is_former(self, id: str, name: str) -> bool:
        """Whether a name was borne once and is no longer on the view's day: a source says that it ended, or another bears the day."""
        facts = [f for f in self._naming(id) if f.value.casefold() == name.casefold()]
        return bool(facts) and all(f.status == "ended" or f.times.end_latest < self.at for f in facts)

    def short_name(self, id: str, lang: str = "sv") -> str:
        """The name for a picture: the day's abbreviation where the name is long and there is one."""
        name = self.name(id, lang)
        return name if len(name) <= 24 else self._dated(id, "abbreviation") or self.entity(id).abbreviation or name

    def _dated(self, id: str, kind: str) -> str:
        facts = [f for f in self._naming(id) if f.kind == kind and f.lang == "sv"]
        ranked = [(-MODES.index(mode), f.times.start_latest, f.times.last_seen, f.value) for f in facts if (mode := f.times.mode(self.at))]
        if not ranked:
            return ""
        best = max(ranked)
        entity = self.entity(id)
        today = {n.casefold() for n in (entity.name_sv, entity.abbreviation)}
        borne_today = [f.times.mode(self.at) for f in facts if f.value.casefold() in today]
        return best[3] if best[0] > -MODES.index("possible") or (borne_today and not any(borne_today)) else ""

    # ── what holds

    def holds(self, item: Relation | Fact) -> bool:
        """Whether a relation or fact holds on the view's day in the view's mode."""
        return item.times.holds(self.at, self.mode)

    def state(self, item: Relation | Fact) -> str:
        """What it is on the view's day: certain, presumed, possible, planned, wished, denied, ended or, if not begun, `later`."""
        if item.status in ("planned", "wished", "denied"):
            return item.status
        return item.times.mode(self.at) or ("ended" if item.times.end_latest < self.at else "later")

    def states(self, lang: str = "sv") -> dict[str, str]:
        """The state of every relation and fact on the view's day, in words, by prefixed id."""
        words = self.scoped.vocabulary
        return {id: words.state(self.state(item), lang) for id, item in self.scoped.things.items()}

    def relations(self, *, of: str | None = None, kind: str | None = None, states: Collection[str] = ()) -> list[Relation]:
        """The relations that hold, of one entity or one kind; with `states`, those in one of these states instead."""
        found = self._of(self.scoped.relations if of is None else self.scoped.touching.get(self.entity(of).id, ()), kind)
        return [r for r in found if (self.state(r) in states if states else self.holds(r))]

    def facts(self, *, of: str | None = None, kind: str | None = None) -> list[Fact]:
        """The facts that hold, of one entity or one kind."""
        return [f for f in self._of(self.scoped.facts if of is None else self.scoped.told.get(self.entity(of).id, ()), kind) if self.holds(f)]

    def _of(self, items: Iterable[T], kind: str | None) -> list[T]:
        if kind is not None:
            self.scoped.vocabulary.presumed_for(kind)  # raises UnknownName
        return [i for i in items if kind is None or i.kind == kind]

    def counts(self, lang: str = "sv") -> Table:
        """How many relations of each kind hold on the view's day in its mode, as a table."""
        vocabulary = self.scoped.vocabulary
        numbers = Counter(r.kind for r in self.relations())
        rows = [(Ref(vocabulary.label(kind, lang), kind), n) for kind, n in sorted(numbers.items(), key=lambda counted: (-counted[1], counted[0]))]
        about = {"at": self.at.isoformat(), "mode": in_language(vocabulary.concepts[self.mode].label, lang)}
        known = {"known_by": self.known_by.isoformat()} if self.known_by else {}
        about |= known | {"sources": str(len(self.scoped.sources)), "build": self.build}
        heads = (Column("kind", {"sv": "Slag", "en": "Kind"}), Column("relations", {"sv": "Relationer", "en": "Relations"}))
        return Table(heads, tuple(rows), about, {"sv": "Grafen en viss dag", "en": "The graph on a day"}, lang=lang)

    def _repr_html_(self) -> str:
        """The view for a notebook: its day and mode, and what holds then."""
        return self.counts()._repr_html_()

    # ── what changed

    def events(self, later: View) -> tuple[Event, ...]:
        """What happened between the day of this view and that of a later one (`model/events.py`); with another known-by, also what became known."""
        return events.between(self, later)

    def changes(self, later: View, *, lang: str = "sv") -> Table:
        """The same as a table: what began, ended, changed hands or names, is first or no longer attested, and what became known."""
        return events.as_table(self.events(later), self, later, lang)

    # ── networks and pictures

    def network(self, *, kinds: Collection[str] = ()) -> networkx.MultiDiGraph[str]:
        """The relations that hold as a networkx `MultiDiGraph`: nodes by entity id, edges keyed by relation id.

        Node attributes: `kind`, `name`, `county`. Edge attributes: `kind`, `state`, `role`, `about`, `person`, `since` and `until`
        (days), `claims` and `sources` (counts).
        """
        from socialgraph.analysis.network import network

        held = [r for r in self.relations() if not kinds or r.kind in kinds]
        ids = sorted({id for r in held for id in (r.from_, r.to)})
        nodes = [(id, self.entity(id).kind, self.name(id), self._county(id)) for id in ids]
        return network(nodes, [(r, self.state(r)) for r in held], mode=self.mode)

    def projection(self, through: str = "people", *, since: date | None = None) -> networkx.Graph[str]:
        """Who is bound to whom by what both belong to at the same time, as a networkx `Graph`.

        `people` binds organisations and networks that have a person in common; `networks` binds organisations that are members
        of one. On the view's day, or, with `since`, on some day between the two. Edges carry `through`, the ids that bind with the
        first and last common day, `relations`, and `weight`, how many bind. Raises `UnknownName`.
        """
        from socialgraph.analysis.projections import Tie, project

        words = self.scoped.vocabulary
        kinds, wanted = words.entity_kinds, {"people": "is_person", "networks": "is_network"}.get(through)
        if wanted is None:
            raise UnknownName(f"no projection '{through}'; there are people, networks")
        ties = []
        for r in self.scoped.relations:
            spell = r.times.spell(self.mode)
            if not words.relation_kinds[r.kind].binds or spell[0] > self.at or spell[1] < (since or self.at):
                continue
            ends = {id: kinds[self.entity(id).kind] for id in (r.from_, r.to, r.person) if id}
            through_ids = [id for id, kind in ends.items() if getattr(kind, wanted) and (through == "people" or id == r.to)]
            bodies = [id for id, kind in ends.items() if not kind.is_person and (through == "people" or (kind.is_agent and not kind.is_network))]
            ties += [Tie(binder, body, *spell, r.id) for binder in through_ids for body in bodies if body != binder]
        names = {id: (self.entity(id).kind, self.name(id), self._county(id)) for id in {tie.body for tie in ties}}
        return project(ties, names, since=since or self.at, until=self.at)

    def picture(self, *, of: Collection[str] = (), kinds: Collection[str] = (), among: Collection[str] = (), title: Text | None = None,
                every_day: bool = False) -> Picture:  # fmt: skip
        """The network as a page draws it: what holds, and what is planned or wished, each edge with its witnesses.

        `of` keeps relations that touch one of these entities, `among` those with these ids; `every_day` has every relation that no source only denies, with
        its days, so that a page can show any day; coordinates are left at zero.
        """
        wanted = {self.entity(id).id for id in of}
        near = self.scoped.relations if not of else {r.id: r for id in sorted(wanted) for r in self.scoped.touching.get(id, ())}.values()
        drawable = (r for r in near if (not kinds or r.kind in kinds) and (not among or r.id in among))
        held = [r for r in drawable if (r.status != "denied" if every_day else self.holds(r) or self._meant(r))]
        if of:
            held = [r for r in held if wanted & {r.from_, r.to, r.person}]
        ids = sorted({id for r in held for id in (r.from_, r.to)} | {self.entity(id).id for id in of})
        vocabulary = self.scoped.vocabulary
        facts = self.scoped.told
        kinds_drawn = {self.entity(id).kind for id in ids}
        entity_kinds = [
            DrawnKind(k.id, _text(k.label), k.colour, k.glyph, tuple(sorted(k.ancestors)), _look(k, vocabulary))
            for k in vocabulary.entity_kinds.values()
            if k.id in kinds_drawn
        ]
        drawn = {r.kind for r in held}
        heard = {c.source for r in held for c in r.claims} | {c.source for id in ids for f in facts.get(id, ()) for c in f.claims}
        counties = {county for id in ids if (county := self._county(id))} if every_day else set()
        topics = {topic for r in held for topic in r.topics} if every_day else set()
        span = [r.times.first_seen for r in held if r.times.first_seen > MIN] if every_day else []
        return Picture(
            title=title or Text("Nätverket som stödjer socialtjänsten", "The network that supports the social services"),
            at=self.at.isoformat(), mode=self.mode, known_by=self.known_by.isoformat() if self.known_by else "", build=self.build,
            nodes=tuple(self._node(id, facts.get(id, ()), every_day=every_day) for id in ids),
            edges=tuple(self._edge(r, every_day=every_day) for r in held),
            entity_kinds=tuple(entity_kinds),
            relation_kinds=tuple(
                DrawnKind(k.id, _text(k.label), glyph="line" if k.symmetric else "", forward=_text(k.forward) if every_day else None,
                          by_person=_text(k.by_person) if every_day and k.by_person else None)
                for k in vocabulary.relation_kinds.values()
                if k.id in drawn
            ),
            fact_kinds=tuple(DrawnKind(k.id, _text(k.label)) for k in vocabulary.fact_kinds.values()),
            sources=tuple(self._source(s) for s in self.scoped.sources.values() if s.id in heard),
            first_day=day_number(min(span, default=self.at)), last_day=day_number(max(self.scoped.last_day, self.at)) if every_day else day_number(self.at),
            counties=tuple(DrawnKind(id, Text(self.name(id, "sv"), self.name(id, "en"))) for id in sorted(counties)),
            topics=tuple(DrawnKind(id, _text(vocabulary.concepts[id].label)) for id in sorted(topics)),
        )  # fmt: skip

    def _meant(self, relation: Relation) -> bool:
        """Whether a plan or wish had been voiced by the day and its time is not past."""
        return relation.status in _UNREAL and relation.times.first_seen <= self.at <= relation.times.end_latest

    def _county(self, id: str) -> str:
        entity = self.entity(id)
        kinds = self.scoped.vocabulary.entity_kinds
        return entity.county if entity.county and not kinds[entity.kind].is_person else ""

    def _called(self, id: str) -> tuple[NameFrom, ...]:
        """What an entity is called from each day on which a name of its begins or ends to hold in some mode."""
        times = [f.times for f in self._naming(id)]
        ends = {d for t in times for d in (t.certain_until, t.presumed_until, t.possible_until) if d < MAX}
        begins = {d for t in times for d in (t.certain_from, t.possible_from)} | {d + timedelta(days=1) for d in ends}
        views = [(day, replace(self, at=day)) for day in sorted({MIN, *(d for d in begins if MIN < d < MAX)})]
        named = [NameFrom(day_number(d), *(Text(*(name(id, x) for x in LANGS)) for name in (v.short_name, v.name))) for d, v in views]
        kept = [n for former, n in zip([None, *named], named, strict=False) if former is None or (former.short, former.full) != (n.short, n.full)]
        return tuple(kept)

    def _node(self, id: str, facts: Sequence[Fact], *, every_day: bool = False) -> Node:
        entity = self.entity(id)
        names = (*entity.names, *(f.value for f in facts if f.kind in self.scoped.vocabulary.name_kinds))
        shown = tuple(PictureFact(f.kind, self.wording.value(f, "sv"), period_words(f.claims, f.times, f.status), self._claims(f)) for f in facts)
        label = Text(self.short_name(id, "sv"), self.short_name(id, "en"))
        words = self.scoped.vocabulary.properties
        numbers = tuple(PictureNumber(_text(words[prop]), value, page) for prop, value, page in identifiers(entity))
        called, county = (self._called(id), self._county(id)) if every_day else ((), "")
        return Node(id, entity.kind, label, tuple(dict.fromkeys(names)), shown, county=county, called=called, numbers=numbers)

    def _edge(self, relation: Relation, *, every_day: bool = False) -> Edge:
        period = period_words(relation.claims, relation.times, relation.status)
        state = "later" if relation.status in _UNREAL and not self._meant(relation) else self.state(relation)
        return Edge(
            relation.id, relation.kind, relation.from_, relation.to, state, self.sentence(relation), period,
            self.details(relation), self._claims(relation), tuple(id for id in (relation.person, relation.about) if id), relation.status,
            _days(relation) if every_day else None,
            bilingual(lambda lang: self.name(relation.person, lang)) if every_day and relation.person else None, relation.topics,
            relation.disputed,
        )  # fmt: skip

    def _claims(self, item: Relation | Fact) -> tuple[PictureClaim, ...]:
        return tuple(
            PictureClaim(c.source, c.locator, c.status, date_words(c.since, "sv"), date_words(c.until, "sv"), c.stated, c.note, self.documents(c))
            for c in item.claims
        )

    def documents(self, claim: Claim) -> tuple[str, ...]:
        """The documents that attest a claim: those it names, else every copy of its source."""
        return claim.documents or tuple(c.document for c in self.holdings.sources[claim.source].copies)

    def _source(self, source: Source) -> PictureSource:
        documents = tuple(c.document for c in source.copies)
        return PictureSource(
            source.id, source.title, self.name(source.publisher), date_words(source.published, "sv"), source.published_basis, source.url, documents
        )

    @property
    def wording(self) -> Wording:
        """What words relations and facts with the names of the day."""
        return Wording(self.name, self.scoped.vocabulary)

    def sentence(self, relation: Relation) -> Text:
        """A relation as a sentence with the names of the day; the person where the ontology puts it, else in brackets."""
        return bilingual(lambda lang: self.wording.core(relation, lang))

    def prose(self, item: Relation | Fact) -> Text:
        """A relation or fact as a whole sentence with its time, in the tense of its state on the view's day."""
        state = self.state(item)
        return self.wording.prose(item, "unseen" if state == "possible" and item.times.first_seen > self.at else state)

    def details(self, relation: Relation) -> tuple[tuple[Text, Text], ...]:
        """The qualifiers of a relation as label and value, in the order of the contract."""
        return tuple((label, value) for _, label, value in self.wording.qualifiers(relation))


def _days(relation: Relation) -> Days:
    t = relation.times
    return Days(*map(day_number, (t.certain_from, t.certain_until, t.presumed_until, t.possible_from, t.end_latest, t.first_seen)))


def _text(labels: Labels) -> Text:
    return Text(in_language(labels, "sv"), in_language(labels, "en"))


def _look(kind: EntityKind, vocabulary: Vocabulary) -> Text:
    """The name of what is drawn like this kind: its most general ancestor of the same colour and shape."""
    alike = [a for id in kind.ancestors if ((a := vocabulary.entity_kinds[id]).colour, a.glyph) == (kind.colour, kind.glyph)]
    return _text(min(alike, key=lambda a: (len(a.ancestors), a.id)).label)
