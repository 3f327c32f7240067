"""What a SPARQL writer may have meant: misspelt words, unknown prefixes and terms, brackets without a partner, near ones of each.

The words of a text and their places come from Pygments' lexer, which knows comments, strings and IRIs; whether a query is
right is for the parsers to say (`guard.py`). Lines and columns count from 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from pygments.lexers.rdf import SparqlLexer
from pygments.token import Error, Literal, Name, Operator, Punctuation

from socialgraph.errors import QueryInvalid
from socialgraph.model.ids import PREFIXES
from socialgraph.model.vocabulary import near

WORDS = (
    "SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "FILTER", "OPTIONAL", "UNION", "MINUS", "BIND", "VALUES", "GRAPH", "DISTINCT", "REDUCED", "AS",
    "GROUP", "BY", "HAVING", "ORDER", "ASC", "DESC", "LIMIT", "OFFSET", "PREFIX", "BASE", "EXISTS", "NOT", "IN", "UNDEF", "COUNT", "SUM", "MIN", "MAX", "AVG",
    "SAMPLE", "GROUP_CONCAT", "SEPARATOR", "BOUND", "IF", "COALESCE", "STR", "LANG", "LANGMATCHES", "DATATYPE", "IRI", "REGEX", "REPLACE", "SUBSTR", "STRLEN",
    "UCASE", "LCASE", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "CONCAT", "YEAR", "MONTH", "DAY", "ABS", "ROUND", "CEIL", "FLOOR", "STRDT",
    "STRLANG", "ISIRI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "SAMETERM",
)  # fmt: skip
"""Words of SPARQL 1.1 that a reader of this graph may use (section 19.8 of the Recommendation)."""
_PAIRS = {")": "(", "}": "{", "]": "["}
_REASON = re.compile(r"[A-Z][a-zA-Z]* [a-z][\w ,'-]{6,}")
_OURS = ("sg", "sgd", "sgc", "sgs")
_LONG = re.compile("\"\"\"|'''")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query: where it begins, what it is (`word` for one that SPARQL does not know), and its text."""

    at: int
    kind: str
    text: str


def words(text: str) -> list[Word]:
    """The words of a query that can be misspelt, and its brackets; prefixed names as one word (`name`), texts without their quotes.

    None for a text with long quotation marks, which the lexer takes for the rest of the query.
    """
    found: list[Word] = []
    if _LONG.search(text):
        return found
    for at, token, piece in SparqlLexer().get_tokens_unprocessed(text):
        last = found[-1] if found else Word(-1, "", "")
        beside = last.at + len(last.text) == at
        if token is Error and piece.isalpha():
            joined = beside and last.kind == "word"
            found[-1:] = [Word(last.at, "word", last.text + piece)] if joined else [*found[-1:], Word(at, "word", piece)]
        elif token is Name.Namespace:
            found.append(Word(at, "name", piece))
        elif token is Punctuation and piece == ":" and beside and last.kind == "name":
            found[-1] = Word(last.at, "name", last.text + ":")
        elif token is Name.Tag and beside and last.kind == "name":
            found[-1] = Word(last.at, "name", last.text + piece)
        elif token is Name.Label:
            found.append(Word(at, "iri", piece))
        elif token in Literal.String and piece.strip("\"'"):
            found[-1:] = [Word(last.at, "text", last.text + piece)] if beside and last.kind == "text" else [*found[-1:], Word(at, "text", piece)]
        elif token is Operator and piece in ("@", "^^"):
            found.append(Word(at, "mark", piece))
        elif token is Punctuation and piece in "(){}[]":
            found.append(Word(at, "bracket", piece))
    return found


def is_whole(text: str) -> bool:
    """Whether a query may be asked as it stands: there is a pattern in it, and every bracket is closed."""
    brackets = [word.text for word in words(text) if word.kind == "bracket"]
    return "}" in brackets and _unpaired(text) is None


def place(text: str, at: int) -> tuple[int, int]:
    """The line and column of a position in a text."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def explain(text: str, reason: str, at: tuple[int, int] | None) -> QueryInvalid:
    """The error for a text that does not parse: the likeliest slip that can be named, else where the parser stopped, and why."""
    declared = _declared(text)
    for word in words(text):
        if word.kind == "word":
            return _at(text, word, "is no word of SPARQL", "är inget ord i SPARQL", near(word.text.upper(), WORDS))
        prefix = word.text.partition(":")[0]
        if word.kind == "name" and ":" in word.text and prefix not in declared:
            known = near(prefix, declared) or sorted(declared)
            return _at(text, Word(word.at, "", prefix + ":"), "is no prefix that is declared", "är inget deklarerat prefix", [f"{p}:" for p in known])
    if stray := _unpaired(text):
        return _at(text, stray, "has no partner", "saknar motsvarighet", ())
    line, column = at or place(text, len(text.rstrip()))
    why = "; ".join(part.strip(" ,") for part in _REASON.findall(reason))
    before = " ".join(text.splitlines()[line - 1][: column - 1].split())[-24:] if line <= text.count("\n") + 1 and text else ""
    return QueryInvalid(
        f"line {line}, column {column}: " + (why or f"the query cannot be read on after '{before}': something is missing there, as a '.', a ';' or a term"),
        sv=f"rad {line}, kolumn {column}: " + (why or f"frågan går inte att läsa efter '{before}': något saknas där, som '.', ';' eller en term"),
    )


def refuse_unknown(text: str, known: Callable[[str], bool], all_of: Callable[[str], Collection[str]]) -> None:
    """Raise `QueryInvalid` for a name of ours that is in no graph: it would match nothing, and the empty answer would be believed.

    `known` says whether an IRI is in the store, `all_of` gives the local names under a prefix.
    """
    own = _own_prefixes(text)
    for prefix, local, word in _ours(text):
        if prefix not in own and local and not known(PREFIXES[prefix] + local):
            offered = [f"{prefix}:{name}" for name in near(local, all_of(prefix))]
            raise _at(text, word, "is not in the graph", "finns inte i grafen", offered)


def untyped(text: str, is_name: Callable[[str], bool]) -> tuple[str, str]:
    """Why a query that found nothing may have found nothing, in Swedish and English; empty texts if no such slip is seen.

    A day without its type equals no day, and a name without its language no name.
    """
    found = words(text)
    for word, after in zip(found, [*found, Word(0, "", "")][1:], strict=True):
        if word.kind != "text" or after.kind == "mark":
            continue
        line, column = place(text, word.at)
        if _DAY.fullmatch(word.text):
            typed = f'"{word.text}"^^xsd:date'
            return f"Rad {line}, kolumn {column}: en dag skrivs {typed}.", f"Line {line}, column {column}: a day is written {typed}."
        if is_name(word.text):
            tagged = f'"{word.text}"@sv'
            return f"Rad {line}, kolumn {column}: ett namn har ett språk, {tagged}.", f"Line {line}, column {column}: a name has a language, {tagged}."
    return "", ""


def _ours(text: str) -> Iterator[tuple[str, str, Word]]:
    for word in words(text):
        if word.kind == "name":
            prefix, _, local = word.text.partition(":")
            if prefix in _OURS:
                yield prefix, local, word
        elif word.kind == "iri":
            for prefix in _OURS:
                if word.text.startswith("<" + PREFIXES[prefix]) and (local := word.text[len(PREFIXES[prefix]) + 1 : -1]):
                    yield prefix, local, word


def _own_prefixes(text: str) -> set[str]:
    """The prefixes that a text declares itself: what they mean there is its own affair."""
    return set(re.findall(r"(?i)\bPREFIX\s+([\w-]*):", text))


def _declared(text: str) -> set[str]:
    return {*PREFIXES, *_own_prefixes(text)}


def _unpaired(text: str) -> Word | None:
    opened: list[Word] = []
    for word in words(text):
        if word.kind == "bracket":
            if word.text not in _PAIRS:
                opened.append(word)
            elif not opened or opened.pop().text != _PAIRS[word.text]:
                return word
    return opened[-1] if opened else None


def _at(text: str, word: Word, en: str, sv: str, offered: Collection[str]) -> QueryInvalid:
    line, column = place(text, word.at)
    listed = ", ".join(offered)
    return QueryInvalid(
        f"line {line}, column {column}: '{word.text}' {en}{f'; near: {listed}' if listed else ''}",
        sv=f"rad {line}, kolumn {column}: '{word.text}' {sv}{f'; nära: {listed}' if listed else ''}",
    )
