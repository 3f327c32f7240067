"""A build, opened: what is held, asked, found and shown. What is made of it for others stands in `graph.py`.

What makes builds is imported by the methods that need it: a question is answered without it, in half the time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from socialgraph import built as builds
from socialgraph import listing, looking
from socialgraph import project as projects
from socialgraph.answer import Asked
from socialgraph.asking import COVERAGE, Asking
from socialgraph.built import Built
from socialgraph.errors import BuildFailed, ParameterInvalid, UnknownName
from socialgraph.finder import Finder
from socialgraph.looking import Look
from socialgraph.model.claims import Entity, Source
from socialgraph.model.dates import last_day
from socialgraph.model.findings import Finding, errors
from socialgraph.model.holdings import Holdings
from socialgraph.model.links import Link
from socialgraph.model.relations import MODES
from socialgraph.model.table import Table
from socialgraph.model.vocabulary import Vocabulary, near
from socialgraph.rdf import codec, ontology
from socialgraph.rdf.excerpts import Excerpts
from socialgraph.rdf.queries import Catalogue, Question
from socialgraph.rdf.store import EmbeddedStore, Store
from socialgraph.view import View

if TYPE_CHECKING:
    from socialgraph.build import Progress
    from socialgraph.model.changes import Change
    from socialgraph.model.completing import Offer

FEW = 10
"""So many questions are answered from the store on disk, which is open at once: about as long as it takes to read the graph into memory …"""
IN_MEMORY = 2_000_000
"""… which is done then, unless it has more quads than this (330 bytes each)."""
Value = str | int | float | Decimal | bool | date | None


class Opened:
    """A build, ready to be asked."""

    def __init__(self, project: projects.Project, built: Built, store: Store | None = None) -> None:
        self.project, self.built, self._elsewhere = project, built, store
        self._questions = 0

    @classmethod
    def open(cls, root: str | Path | None = None, *, build: str = "") -> Self:
        """The current build of a project (the nearest one, without `root`), or the one whose id, or a link that names it, is given.

        A `root` that begins with http is a SPARQL endpoint: the build there, with the ontology and questions of the nearest
        project (`rdf/remote.py` says how who asks is named). Raises `BuildMissing`, `ProjectNotFound`, `StoreUnreachable`.
        """
        if isinstance(root, str) and root.startswith(("http://", "https://")):
            from socialgraph import elsewhere

            here = projects.find()
            return cls(here, *elsewhere.opened(root, here))
        project, named = projects.find(root), Link.parse(build).build if "?" in build else build
        return cls(project, builds.read(project.build(named) if named else project.current()))

    @classmethod
    def build(cls, root: str | Path | None = None, *, keep: bool = False, progress: Progress | None = None) -> Self:
        """Build a project and open the result; with `keep` the build stays for good. Raises `BuildFailed` with the findings; the former build then stands."""
        from socialgraph import build as builder

        project = projects.find(root)
        return cls(project, builder.build(project, keep=keep, **({"progress": progress} if progress else {})))

    @staticmethod
    def check(root: str | Path | None = None, *, reason: bool = False, progress: Progress | None = None) -> list[Finding]:
        """Every finding of the three gates, without building; with `reason`, also what HermiT proves."""
        from socialgraph import build as builder

        return builder.check(projects.find(root), reason=reason, **({"progress": progress} if progress else {}))

    # ── what is held

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The kinds and concepts of the ontology."""
        return ontology.read(self.built.ontology)

    @cached_property
    def store(self) -> Store:
        """The store of the build, read-only."""
        return EmbeddedStore.read(self.built.folder / builds.STORE_FOLDER) if self._elsewhere is None else self._elsewhere

    @cached_property
    def _excerpts(self) -> Excerpts:
        return Excerpts(self.store, self.vocabulary)

    @cached_property
    def _in_memory(self) -> Excerpts:
        return Excerpts(EmbeddedStore.loaded(self._graph), self.vocabulary)

    @property
    def _answering(self) -> Excerpts:
        """What questions are asked of: whoever asks many gets them from memory, three to five times as fast.

        A query of a user is always answered from disk: where it asks for no order, it gets the same one every time.
        """
        held = "_in_memory" in self.__dict__
        pays = self._elsewhere is None and self._questions > FEW and self.built.counts["quads"] <= IN_MEMORY
        there = held or (pays and self._graph.is_file())  # a build that was swept away meanwhile still answers from what is open
        return self._in_memory if there else self._excerpts

    @property
    def _graph(self) -> Path:
        return self.built.folder / builds.GRAPH_FILE

    def put(self, endpoint: str, *, progress: Progress | None = None) -> Self:
        """Put this build into the store at a SPARQL endpoint, and open it there. Raises `StoreUnreachable`."""
        from socialgraph import elsewhere

        elsewhere.put(self.built, endpoint, **({"progress": progress} if progress else {}))
        return type(self).open(endpoint)

    @cached_property
    def holdings(self) -> Holdings:
        """Everything the build holds, as values."""
        return codec.read(self.store, self.vocabulary)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The question catalogue."""
        return Catalogue(self.built.queries)

    @property
    def last_day(self) -> date:
        """The newest source's day: the day a question is asked about when none is named."""
        return self.built.last_day

    def view(self, *, at: str = "", mode: str = "presumed", known_by: str = "", sources: Collection[str] = ()) -> View:
        """The graph at a day, in a mode, known by a day, from some sources. Raises on unknown words.

        Without `at` the day is `known_by` if that is given, else `last_day`.
        """
        for source in sources:
            self._source(source)
        day = last_day(at or known_by) if at or known_by else self.last_day
        return View(self.holdings, day, mode, last_day(known_by) if known_by else None, tuple(sources), self.built.id)

    # ── asking

    @cached_property
    def _covered(self) -> Callable[[str], tuple[list[str], list[tuple[Any, ...]]]]:
        """The answer to the coverage question, which most answers state; kept for a while, since a build does not change."""

        @lru_cache(maxsize=64)
        def covered(text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
            return self._answering.store.table(text)

        return covered

    def query(
        self, name: str, *, at: str = "", mode: str = "", known_by: str = "", sources: Collection[str] = (), lang: str = "sv", evidence: bool = False,
        **parameters: str,
    ) -> Table:  # fmt: skip
        """The answer to a question of the catalogue as a Table; entity parameters take an id or any name; a mode left out is the question's own.

        `name` may be the link of an answer (`staff-loans?at=2018-04-30&build=…`); what is given besides outweighs it. With
        `evidence` every row comes as often as it has witnesses, with source, date, place and documents of each. Raises
        `UnknownQuestion`, `ParameterInvalid`, `UnknownEntity`, `DateNotUnderstood`.
        """
        link = Link.parse(name)
        if link.build and link.build != self.built.id:
            raise ParameterInvalid(
                f"the link is of build {link.build}, this is {self.built.id}; open that one with build='{link.build}' (--build)",
                sv=f"länken gäller bygge {link.build}, detta är {self.built.id}; öppna det andra med --build {link.build}",
            )
        given, named = {**link.parameters, **parameters}, link.sources
        if named and "source" in {p.name for p in self.catalogue[link.question].parameters}:  # a question about a source
            given, named = {"source": named[-1], **given}, ()
        asking = self._asking(link.question, given, at or link.at, mode or link.mode, known_by or link.known_by, sources or named)
        table = asking.answer(lang)
        return asking.with_evidence(table, lang) if evidence else table

    def _asking(self, name: str, given: Mapping[str, str], at: str, mode: str, known_by: str, sources: Collection[str]) -> Asking:
        question = self.catalogue[name]
        self._questions += 1
        mode = mode or question.mode
        if mode not in MODES:
            raise ParameterInvalid(f"mode '{mode}' is none of {', '.join(MODES)}", sv=f"läget '{mode}' är inget av {', '.join(MODES)}")
        asked = self._asked(self._answering, at=at, mode=mode, known_by=known_by, sources=sources)
        return Asking(question, given, mode, tuple(sources), asked, self.resolve, lambda: self.holdings, self._covered, self.catalogue[COVERAGE])

    def rendered(self, name: str, *, at: str = "", mode: str = "", lang: str = "sv", **parameters: str) -> str:
        """The SPARQL text that `query` asks, with what is given for its parameters. Raises as `query` does."""
        asking = self._asking(name, parameters, at, mode, "", ())
        return asking.question.render(asking.values, lang)

    def differences(
        self, name: str, *, since: str, until: str = "", mode: str = "", known_by: str = "", sources: Collection[str] = (), lang: str = "sv",
        **parameters: str,
    ) -> Table:  # fmt: skip
        """What came, went and changed in the answer to a question between two days; `until` is the newest source's day if none is given.

        Raises `ParameterInvalid` if the question asks about no day, and as `query` does.
        """
        from socialgraph.model.differences import differences

        if not self.catalogue[name].days:
            raise ParameterInvalid(
                f"question '{name}' asks about no day, so its answer is the same on all; choose one that does",
                sv=f"frågan '{name}' gäller ingen viss dag, så svaret är detsamma alla dagar; välj en som gör det",
            )
        days = since, until or self.last_day.isoformat()
        earlier, later = (self._asking(name, parameters, day, mode, known_by, sources).answer(lang) for day in days)
        then, now = (self.view(at=day, known_by=known_by, sources=sources).states(lang) for day in days)
        return differences(earlier, later, then=lambda w: then.get(w, ""), now=lambda w: now.get(w, ""), lang=lang)

    def _asked(self, of: Excerpts | None = None, *, at: str, known_by: str, sources: Collection[str], mode: str = "presumed") -> Asked:
        scoped = self.view(at=at, mode=mode, known_by=known_by, sources=sources) if known_by or sources else None
        day = scoped.at if scoped else last_day(at) if at else self.last_day
        return Asked(of or self._excerpts, self.built, day, scoped, self.__dict__.get("holdings"))

    def sparql(
        self, text: str, *, at: str = "", known_by: str = "", sources: Collection[str] = (), lang: str = "sv", evidence: bool = False
    ) -> Table:
        """The answer to a SPARQL query as a Table: a SELECT's columns, an ASK's answer, or triples.

        With `evidence` the rows that name a relation, fact or claim come with the witnesses of each.

        Read-only: updates, `SERVICE` and `FROM` are refused before the engine sees them, and so are names of ours that are in
        no graph. Names in the answer are those of the day. Raises `QueryInvalid` (line, column, near terms), `QueryRefused`.
        """
        asked = self._asked(at=at, known_by=known_by, sources=sources)
        table = asked.written(text, lang=lang)
        return asked.with_evidence(table, lang) if evidence else table

    def stream(self, text: str, *, known_by: str = "", sources: Collection[str] = ()) -> Iterator[dict[str, Value]]:
        """The rows of a SPARQL query one after the other, for answers larger than memory; things as prefixed names (`sgd:skr`).

        Raises as `sparql` does, before the first row.
        """
        asked = self._asked(at="", known_by=known_by, sources=sources)
        asked.check(text)
        columns, rows = asked.answering.stream(text)
        return (dict(zip(columns, (":".join(v) if isinstance(v, tuple) else v for v in row), strict=True)) for row in rows)

    def write(self, text: str, out: IO[bytes], *, form: str, known_by: str = "", sources: Collection[str] = ()) -> None:
        """Write the answer to a SPARQL query in a form of the W3C as it comes: `srj`, `srx`, `srcsv`, `tsv`, `turtle`, `ntriples`.

        Raises as `sparql` does, and `QueryInvalid` for a form that does not fit the answer.
        """
        asked = self._asked(at="", known_by=known_by, sources=sources)
        asked.check(text)
        asked.answering.write_answer(text, form, out)

    def vet(self, text: str) -> None:
        """Raise `QueryInvalid` or `QueryRefused` for a SPARQL query that `sparql` would not answer; asks nothing."""
        self._asked(at="", known_by="", sources=()).check(text)

    def offers(self, *, lang: str = "sv") -> tuple[Offer, ...]:
        """What a SPARQL writer may be offered (`model/completing.py`): words, prefixes, kinds, properties, concepts, sources, entities."""
        return listing.offers(self.view(), self._finder.named, lang=lang)

    # ── what an edit changes

    def changes(self, *, lang: str = "sv") -> Table:
        """What data/ as it stands now changes, compared with this build. Raises `BuildFailed` if it has errors."""
        from socialgraph.model.change_report import as_table
        from socialgraph.model.sentences import Wording

        return as_table(self._changes(), Wording.of_register(self.holdings.entities, self.vocabulary), lang=lang, since=self.built.id)

    def changes_in_prose(self, *, lang: str = "sv") -> str:
        """The same as Markdown with headings and lists, to paste into a pull request."""
        from socialgraph.model.change_report import as_markdown

        return as_markdown(self._changes(), lang=lang, since=self.built.id)

    def _changes(self) -> tuple[Change, ...]:
        from socialgraph import build as builder
        from socialgraph.model.changes import changes

        now, findings = builder.gather_inputs(self.project)
        if errors(findings):
            raise BuildFailed("what changes can only be said of data that can be read; mend these findings first", findings)
        return changes(self.holdings, now)

    # ── finding and showing

    def find(self, text: str, *, most: int = 20) -> list[Entity]:
        """Entities by any name past or present, abbreviation, id or number, best first; empty if nothing matches."""
        return self._finder.find(text)[:most]

    def resolve(self, text: str, *, kinds: Collection[str] = ()) -> Entity:
        """The one entity an id, number or exact name means, among those of some kinds if any are named.

        Raises `UnknownEntity` with near ones, also when several bear it.
        """
        return self._finder.resolve(text, kinds=kinds)

    def _source(self, text: str) -> Source:
        """A source by its id. Raises `UnknownName` with near ones."""
        if text not in self.holdings.sources:
            close = ", ".join(near(text, self.holdings.sources)) or "none"
            raise UnknownName(f"no source '{text}'; near: {close}", sv=f"ingen källa '{text}'; nära: {close}")
        return self.holdings.sources[text]

    @property
    def names(self) -> Mapping[str, Sequence[str]]:
        """Every name of every entity by id, past and present."""
        return self._finder.named

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._excerpts, lambda: self.holdings)

    def entities(self, found: Iterable[Entity], *, lang: str = "sv", view: View | None = None) -> Table:
        """Entities as a table with their names, past and present."""
        return Look(view or self.view(), lang, self._finder.named).entities(found)

    def show(self, name: str, *, view: View | None = None, lang: str = "sv") -> Table:
        """Everything held of an entity: its numbers, facts and relations of every state, dated, with the number of sources."""
        today = self.view()
        return Look(view or today, lang, self._finder.named).show(self.resolve(name), today=today)

    def why(self, *about: str, lang: str = "sv", view: View | None = None) -> Table:
        """The witnesses of a relation or fact: its id (eight digits suffice), or the names of one or two entities.

        One row per claim: source, publisher, date and how it is known, place, status, period and documents. Raises
        `UnknownName` if there is no such relation, `UnknownEntity` if there is no such entity.
        """
        view = view or self.view()
        ids = [] if looking.is_digest(about) else [self.resolve(name).id for name in about]
        return Look(view, lang, self._finder.named).why(looking.meant(about, ids, view))

    def questions(self, *, lang: str = "sv") -> Table:
        """The catalogue as a table: theme, name, title, parameters."""
        return listing.questions(self.catalogue, lang=lang)

    def question(self, name: str) -> Question:
        """A question of the catalogue. Raises `UnknownQuestion`."""
        return self.catalogue[name]

    def describe(self, name: str, *, lang: str = "sv") -> Table:
        """What a question asks: a row for each parameter with what may be given for it. Raises `UnknownQuestion`."""
        question = self.catalogue[name]
        return listing.describe(question, {p.name: self.choices(name, p.name, lang=lang) for p in question.parameters}, lang=lang)

    def choices(self, name: str, parameter: str, *, lang: str = "sv") -> Table:
        """What may be given for a parameter of a question, by name: what a picker offers. Raises `UnknownQuestion`, `ParameterInvalid`."""
        return listing.choices(self.catalogue[name].parameter(parameter), self.view(), lang=lang)
