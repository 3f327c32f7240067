"""The columns of claims as people see them in a spreadsheet: heading and explanation, Swedish and English."""

from __future__ import annotations

from dataclasses import dataclass

from socialgraph.intake.sources import COLUMNS, OPTIONAL
from socialgraph.model.picture import Text

ORDER = (*COLUMNS[: COLUMNS.index("status") + 1], *OPTIONAL, *COLUMNS[COLUMNS.index("status") + 1 :])
"""The columns in the order of our files: the optional one stands after the status it belongs to."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column is called and what belongs in it."""

    name: Text
    note: Text


def _of(sv: str, en: str, note_sv: str, note_en: str) -> Heading:
    return Heading(Text(sv, en), Text(note_sv, note_en))


HEADINGS = {
    "kind": _of(
        "Slag", "Kind", "Relationens eller faktats slag. Välj ur listan. Måste fyllas i.",
        "Kind of relation or fact. Choose from the list. Required.",
    ),
    "from": _of(
        "Från", "From", "Id ur registret för den som relationen går från, eller som faktat gäller. Måste fyllas i.",
        "Id of whom the relation goes from, or whom the fact is about. Required.",
    ),
    "to": _of(
        "Till", "To", "Id ur registret för den som relationen går till. Tom för ett faktum.",
        "Id of whom the relation goes to. Empty for a fact.",
    ),
    "value": _of(
        "Värde", "Value", "Faktats innehåll: ett namn, ett antal. Tom för en relation.",
        "What the fact says: a name, a count. Empty for a relation.",
    ),
    "lang": _of(
        "Språk", "Language", "sv eller en, bara när värdet är text.",
        "sv or en, only when the value is text.",
    ),
    "person": _of(
        "Vilken person", "Which person", "Id för den som lånas ut eller företräder. Tom när källan inte nämner någon.",
        "Id of who is lent or represents. Empty when the source names nobody.",
    ),
    "role": _of(
        "Roll", "Role", "Titel eller funktion som den står i källan.",
        "Title or function as the source prints it.",
    ),
    "role_note": _of(
        "Om rollen", "On the role", "Vad källan säger om rollen utan siffra, till exempel deltid.",
        "What the source says of the role without a figure, such as part time.",
    ),
    "about": _of(
        "Gäller", "About", "Id för den verksamhet, överenskommelse eller aktör som relationen gäller.",
        "Id of the activity, agreement or entity the relation concerns.",
    ),
    "share": _of(
        "Andel", "Share", "Andel av heltid, 0 till 1, bara om källan anger den.",
        "Part of full time, 0 to 1, only if the source says so.",
    ),
    "amount": _of(
        "Belopp", "Amount", "Ett tal utan mellanslag och enhet. Fyll då i valuta och grund.",
        "A number without blanks and unit. Then fill in currency and basis.",
    ),
    "currency": _of(
        "Valuta", "Currency", "Kod på tre bokstäver, till exempel SEK.",
        "Three-letter code, such as SEK.",
    ),
    "basis": _of(
        "Grund", "Basis", "Vad beloppet är: beviljat, budget, utfall eller utlyst. Välj ur listan.",
        "What the amount is: granted, budget, spent or call. Choose from the list.",
    ),
    "topic": _of(
        "Ämne", "Topic", "Begrepp ur listan; flera skiljs med |",
        "Concept from the list; several are separated by |",
    ),
    "since": _of(
        "Från och med", "Since", "Skriv 2019, 2019-09, 2019-09-30, 2019-23 (hösten) eller 2019-08/2019-12. Tom: källan säger det inte.",
        "Write 2019, 2019-09, 2019-09-30, 2019-23 (autumn) or 2019-08/2019-12. Empty: the source does not say.",
    ),
    "until": _of(
        "Till och med", "Until", "Skrivs som Från och med. Tom: källan säger det inte. En tom cell betyder aldrig nu.",
        "Written like Since. Empty: the source does not say. Empty never means now.",
    ),
    "status": _of(
        "Status", "Status", "Tom betyder actual. Planerat, önskat, avslutat och förnekat väljs ur listan.",
        "Empty means actual. Choose planned, wished, ended or denied from the list.",
    ),
    "episode": _of(
        "Omgång", "Episode", "Håller isär två perioder av samma relation: 1, 2. Annars tom.",
        "Keeps two periods of the same relation apart: 1, 2. Otherwise empty.",
    ),
    "locator": _of(
        "Ställe", "Place in source", "Var i källan: p3.s2 är stycke 3, mening 2. Sida eller cell i andra källor. Måste fyllas i.",
        "Where in the source: p3.s2 is paragraph 3, sentence 2. Page or cell in others. Required.",
    ),
    "stated": _of(
        "Som tryckt", "As printed", "Namnet eller de få orden som de står, om de skiljer sig från registret.",
        "The name or few words as printed, if they differ from the register.",
    ),
    "documents": _of(
        "Dokument", "Documents", "Bara om inte alla kopior av källan har stycket; flera skiljs med |",
        "Only if not every copy of the source has it; several are separated by |",
    ),
    "note": _of(
        "Anmärkning", "Note", "Varför raden lästes så. Börjar med approximate om källan säger ungefär.",
        "Why the row was read this way. Begins with approximate if the source says about.",
    ),
}  # fmt: skip
_SPELT = {spelling.strip().casefold(): column for column, h in HEADINGS.items() for spelling in (column, h.name.sv, h.name.en)}


def column_of(heading: str) -> str:
    """The column a heading means, in its CSV spelling, Swedish or English; an unknown heading stays as it is.

    >>> column_of("Från och med"), column_of("since"), column_of("Datum")
    ('since', 'since', 'Datum')
    """
    words = " ".join(heading.split())
    return _SPELT.get(words.casefold(), words)
