"""The guard: a query of a user is parsed, and refused if it would write or reach outside the store.

`SERVICE`, `FROM` and updates are found in the parse tree of rdflib's SPARQL 1.1 parser, not by looking for words, before
any engine sees the text.
"""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox

from socialgraph.errors import QueryInvalid, QueryRefused
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf.spelling import explain

_REFUSED = {
    "ServiceGraphPattern": (
        "SERVICE asks another server; query only what the store holds", "SERVICE frågar en annan server; fråga bara det som finns här"
    ),
    "DatasetClause": (
        "FROM names a data set to be fetched; use GRAPH to name one of the store's graphs",
        "FROM hämtar en datamängd; använd GRAPH för en av de egna graferna",
    ),
}  # fmt: skip


_NAMES = re.compile(r"<https?://[\w./#:-]*>|[:?$][\w.-]*")
_SUSPECT = re.compile(r"service|from|\\u", re.IGNORECASE)
"""What a query that reaches out cannot do without, once variables, local names and plain IRIs are taken away: a keyword, or an escape that may hide one."""


def refuse_reaching_out(text: str) -> None:
    """Raise `QueryRefused` for a query that writes or reaches out, `QueryInvalid` (line, column) for one that is no query."""
    if not _SUSPECT.search(_NAMES.sub(" ", text)) and _parses(text):
        return  # a hundred times as fast as the parse tree
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    try:
        tree = parseQuery(head + text)
    except ParseException as error:
        try:
            parseUpdate(head + text)
        except (ParseException, RecursionError):
            raise _explained(text, error, head.count("\n")) from error
        raise QueryRefused(
            "this is an update; socialgraph answers questions and changes nothing: change data/ and build",
            sv="detta är en uppdatering; socialgraph svarar på frågor och ändrar inget: ändra i data/ och bygg",
        ) from error
    except RecursionError as error:
        raise QueryInvalid("the query is nested too deeply", sv="frågan är nästlad för djupt") from error
    names = _names(tree)
    for name, (en, sv) in _REFUSED.items():
        if name in names:
            raise QueryRefused(en, sv=sv)


def _parses(text: str) -> bool:
    """Whether the engine takes a text for a query; an empty store has nothing for it to evaluate."""
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError:
        return False
    return True


def _names(tree: Any) -> set[str]:
    found, waiting = set(), [tree]
    while waiting:
        here = waiting.pop()
        if name := getattr(here, "name", None):
            found.add(str(name))
        if isinstance(here, dict):
            waiting += here.values()
        elif hasattr(here, "__iter__") and not isinstance(here, str):
            waiting += list(here)
    return found


def _explained(text: str, error: Any, head: int) -> QueryInvalid:
    """The engine's parser says best where a query breaks; an empty store has nothing for it to evaluate."""
    if not re.search("service", text, re.IGNORECASE):
        try:
            ox.Store().query(text, prefixes=PREFIXES)
        except SyntaxError as found:
            if told := _ENGINE.match(str(found)):
                return explain(text, told["why"], (int(told["line"]), int(told["column"])))
    return explain(text, error.msg, (error.lineno - head, error.column))


_ENGINE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<why>.*)", re.DOTALL)
