"""The graph taken along: files for other programs, in the form each of them reads. A file, or a folder's files, whole or not at all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from socialgraph.answer import Asked
from socialgraph.errors import ParameterInvalid
from socialgraph.lists import SEPARATOR, Lists
from socialgraph.model.csvw import Keys, write
from socialgraph.model.files import write_whole
from socialgraph.model.ids import BASE
from socialgraph.model.table import Column, Table
from socialgraph.rdf import export as rdf
from socialgraph.rdf.queries import Catalogue, Question
from socialgraph.view import View

if TYPE_CHECKING:
    from socialgraph.analysis.exchange import Network

_KEYS: Final = {
    "entities": Keys("id", {"county": "entities"}, ("other_names",)),
    "relations": Keys("id", dict.fromkeys(("from", "to", "person", "about"), "entities"), ("role_note", "topic", "sources")),
    "facts": Keys("id", dict.fromkeys(("entity", "about"), "entities"), ("topic", "sources")),
    "claims": Keys("id", {"source": "sources"}, ("document",)),
    "sources": Keys("id", {"publisher": "entities"}),
}


_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: the ending of its file; the days it holds if none is named (`never`: none can be); its mode; what it is."""

    suffix: str
    days: str
    mode: str
    sv: str
    en: str


FORMS: Final = {
    "csv": Form(".zip", "all", "possible", "listor som CSV med CSVW-metadata", "lists as CSV with CSVW metadata"),
    "gexf": Form(".gexf", "all", "possible", "nätverk med tid, för Gephi", "network with time, for Gephi"),
    "graphml": Form(".graphml", "last", "possible", "nätverk en viss dag, för yEd, igraph, R", "network of a day, for yEd, igraph, R"),
    "org": Form(".ttl", "last", "presumed", "W3C ORG en viss dag, med OWL-Time och PROV-O", "W3C ORG on a day, with OWL-Time and PROV-O"),
    "cpov": Form(".ttl", "last", "presumed", "EU:s vokabulär CPOV en viss dag", "the EU's vocabulary CPOV on a day"),
    "prov": Form(".ttl", "never", "", "relationer, tid och belägg i PROV-O och OWL-Time", "relations, time and evidence in PROV-O and OWL-Time"),
    "dcat": Form(".ttl", "never", "", "katalogpost enligt DCAT-AP-SE", "catalogue record after DCAT-AP-SE"),
    "void": Form(".ttl", "never", "", "VoID, tjänstebeskrivning och SPARQL-exempel", "VoID, service description and SPARQL examples"),
    "jsonld": Form(".jsonld", "never", "", "hela grafen som JSON-LD", "the whole graph as JSON-LD"),
    "turtle": Form(".ttl", "never", "", "hela grafen som Turtle", "the whole graph as Turtle"),
    "trig": Form(".trig", "never", "", "hela grafen som TriG, med namngivna grafer", "the whole graph as TriG, with named graphs"),
}


def form_of(name: str) -> Form:
    """A form by name. Raises `ParameterInvalid`."""
    if name not in FORMS:
        known = ", ".join(FORMS)
        raise ParameterInvalid(f"there is no form '{name}'; forms are: {known}", sv=f"det finns ingen form '{name}'; formerna är: {known}")
    return FORMS[name]


def forms(lang: str) -> Table:
    """The forms as a table: name, file ending, what each is."""
    heads = (Column("form", {"sv": "Form", "en": "Form"}), Column("file", {"sv": "Fil", "en": "File"}), Column("what", {"sv": "Vad", "en": "What"}))
    return Table(heads, tuple((name, f.suffix, f.sv if lang == "sv" else f.en) for name, f in FORMS.items()), lang=lang)


@dataclass(frozen=True, slots=True)
class Exporting:
    """What is exported: the asking that has the store, its view, the questions, the language, and the address the files will have."""

    asked: Asked
    view: View
    catalogue: Catalogue
    lang: str = "sv"
    day: str = ""
    address: str = ""

    def file(self, form: str, into: str | Path) -> Path:
        """The file written; `csv` into a path that does not end in `.zip` makes a folder."""
        if self.day and form_of(form).days == "never":
            raise ParameterInvalid(
                f"the form {form} holds every day with its dates; leave --at out, or narrow it with --known-by or --source",
                sv=f"formen {form} rymmer alla dagar med sina datum; lämna --at, eller begränsa med --known-by eller --source",
            )
        into = Path(into)
        if form == "csv" and into.suffix != ".zip":
            for name, text in self.csv().items():
                write_whole(text, into / name)
            return into
        made: dict[str, Callable[[], bytes]] = {
            "csv": lambda: _zip(self.csv(), self.asked.built.last_day), "gexf": self.gexf, "graphml": self.graphml, "dcat": self.dcat, "void": self.void,
        }  # fmt: skip
        return write_whole(made[form]() if form in made else self.rdf(form), into)

    # ── networks and lists

    def csv(self) -> dict[str, str]:
        """The lists as CSV files by name, and their metadata."""
        view, built = self.view, self.asked.built
        about = {
            "dc:title": {"sv": "Nätverket som stödjer socialtjänsten", "en": "The network that supports the social services"},
            "dc:license": {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "dc:modified": {"@value": built.last_day.isoformat(), "@type": "xsd:date"}, "dc:identifier": built.id,
            "dc:description": {"sv": self._scope("sv"), "en": self._scope("en")},
        }  # fmt: skip
        lists = Lists(view, self.lang, only_held=bool(self.day))
        return write(lists.tables(), _KEYS, about=about, separator=SEPARATOR)

    def _scope(self, lang: str) -> str:
        view = self.view
        mode = view.holdings.vocabulary.label(view.mode, lang)
        known = (view.known_by or self.asked.built.last_day).isoformat()
        held = {"sv": f"Det som gäller {view.at} ({mode})", "en": f"What holds on {view.at} ({mode})"}
        all_days = {"sv": f"Alla dagar; läget gäller {view.at}", "en": f"Every day; the state is that of {view.at}"}
        return (held if self.day else all_days)[lang] + {"sv": f". Känt till {known}.", "en": f". Known by {known}."}[lang]

    def gexf(self) -> bytes:
        """The network with spells in the view's mode: GEXF 1.2."""
        from socialgraph.analysis import exchange

        built = self.asked.built
        return exchange.gexf(self._network(), created=built.last_day, creator=f"socialgraph, build {built.id}. {self._scope(self.lang)}")

    def graphml(self) -> bytes:
        """The network of the view's day and mode: GraphML."""
        from socialgraph.analysis import exchange

        return exchange.graphml(self._network(only_held=True))

    def _network(self, *, only_held: bool = False) -> Network:
        from socialgraph.analysis.exchange import Network

        view = self.view
        lists = Lists(view, self.lang, only_held=only_held or bool(self.day))
        spells = {r.id: spell for r in view.scoped.relations if (spell := r.times.spell(view.mode))[0] <= spell[1]}
        names: dict[str, list[tuple[str, tuple[date, date]]]] = {}
        for fact in view.scoped.facts:
            if fact.kind in view.scoped.vocabulary.name_kinds and (spell := fact.times.spell(view.mode))[0] <= spell[1]:
                names.setdefault(fact.from_, []).append((fact.value, spell))
        edges = [row for row in lists.relations().to_dicts() if row["id"] in spells]
        return Network(lists.entities().to_dicts(), edges, spells, names)

    # ── RDF

    def rdf(self, form: str) -> bytes:
        """The graph as RDF: whole, or in the words of a standard with the time and evidence of its relations."""
        store = self.asked.answering
        if form in ("trig", "turtle", "jsonld"):
            return rdf.whole(store, form)
        values = {"at": self.view.at.isoformat(), "mode": self.view.mode}
        asked = {p.name for p in self.catalogue.export(form).parameters}
        return rdf.standard(store, self.catalogue, form, {k: v for k, v in values.items() if k in asked}, details=True)

    def dcat(self) -> bytes:
        """The record for a data portal, of files that will lie under the address."""
        return rdf.standard(self.asked.answering, self.catalogue, "dcat", self._described() | {"base": self._address()}, details=False)

    def void(self) -> bytes:
        """What a SPARQL client wants to know: the graph, the service, and an example for each question."""
        values = self._described() | {"endpoint": rdf.ENDPOINT}
        return rdf.description(self.asked.answering, self.catalogue, values, self._examples())

    def _described(self) -> dict[str, str]:
        return {"build": self.asked.built.id, "modified": self.asked.built.last_day.isoformat()}

    def _address(self) -> str:
        address = self.address or BASE + "data/"
        if not _ADDRESS.fullmatch(address):
            raise ParameterInvalid(
                f"'{self.address}' is no address; write https://… of the folder in which the files will lie",
                sv=f"'{self.address}' är ingen adress; skriv https://… till mappen där filerna ska ligga",
            )
        return address if address.endswith("/") else address + "/"

    def _examples(self) -> Iterable[tuple[Question, str]]:
        for question in self.catalogue.questions.values():
            days = dict.fromkeys(question.days, self.asked.built.last_day.isoformat())
            yield question, question.render({**days, **question.example}, self.lang)


def _zip(files: Mapping[str, str], day: date) -> bytes:
    """The files in one archive, dated by the newest source: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()
