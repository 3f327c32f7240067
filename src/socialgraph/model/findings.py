"""Findings: what a check says about the data, with file, row, column, what was found, what was expected and how to mend it.

Every rule stands once, in `RULES`, in Swedish and English; intake, shapes, check queries and totals all report through it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

ERROR, WARNING, INFO = "error", "warning", "info"

# rule: (expected sv, how to mend sv, expected en, how to mend en); {…} is filled from the finding's detail
RULES: dict[str, tuple[str, str, str, str]] = {
    "not-utf8": ("UTF-8", "spara filen som UTF-8", "UTF-8", "save the file as UTF-8"),
    "control-character": ("text utan styrtecken", "ta bort tecknet", "text without control characters", "remove the character"),
    "bad-story": (
        "en berättelse: title och steps, varje steg med title, text (sv och en), day och valfritt since, kinds, focus, depth 1-3, entities, relations",
        "rätta steget; se docs/reference/data.md",
        "a story: title and steps, each with title, text (sv and en), day and optionally since, kinds, focus, depth 1-3, entities, relations",
        "mend the step; see docs/reference/data.md",
    ),
    "relation-gone": (
        "id för en relation som finns", "sök den nya med socialgraph why, eller ta bort den ur steget",
        "the id of a relation that is there", "find the new one with socialgraph why, or take it out of the step",
    ),
    "empty-file": ("en rubrikrad och minst en rad", "fyll filen eller ta bort den", "a header row and at least one row", "fill the file or remove it"),
    "missing-file": ("filen {detail}", "skapa den; se data/README.md", "the file {detail}", "create it; see data/README.md"),
    "unknown-column": ("en av kolumnerna {detail}", "rätta eller ta bort kolumnen", "one of the columns {detail}", "correct or remove the column"),
    "missing-column": ("kolumnen {detail}", "lägg till kolumnen i rubrikraden", "the column {detail}", "add the column to the header row"),
    "bad-csv": ("CSV enligt RFC 4180", "stäng citattecknet och dubblera citattecken inuti celler", "CSV after RFC 4180", "close the quotation mark and double those inside cells"),
    "cell-count": ("{detail} celler", "sätt citattecken runt celler med komma och fyll ut raden", "{detail} cells", "quote cells that contain commas and pad the row"),
    "unknown-kind": ("ett slag ur ontologin; nära: {detail}", "rätta stavningen eller lägg till slaget i ontology/socialgraph.ttl", "a kind of the ontology; near: {detail}", "correct the spelling or add the kind to ontology/socialgraph.ttl"),
    "unknown-entity": ("ett id ur registret; nära: {detail}", "rätta id:t eller lägg till entiteten i data/entities/", "an id of the register; near: {detail}", "correct the id or add the entity to data/entities/"),
    "unknown-concept": ("ett begrepp ur ontology/concepts; nära: {detail}", "rätta id:t eller lägg till begreppet", "a concept of ontology/concepts; near: {detail}", "correct the id or add the concept"),
    "unknown-source": ("en källa i data/sources; nära: {detail}", "rätta källans namn", "a source in data/sources; near: {detail}", "correct the name of the source"),
    "unknown-document": ("ett av källans dokument: {detail}", "rätta dokumentet eller lägg till kopian i source.yml", "one of the source's documents: {detail}", "correct the document or add the copy to source.yml"),
    "missing-value": ("ett värde i kolumnen {detail}", "fyll i cellen", "a value in the column {detail}", "fill in the cell"),
    "unexpected-value": ("tom cell: {detail}", "flytta eller ta bort värdet", "an empty cell: {detail}", "move or remove the value"),
    "wrong-end": ("en ände av slaget {detail}", "byt ändarna, slaget eller entiteten", "an end of the kind {detail}", "change the ends, the kind or the entity"),
    "self-relation": ("två olika ändar", "rätta en av ändarna", "two different ends", "correct one of the ends"),
    "bad-date": ("ett EDTF-datum: {detail}", "skriv 2019, 2019-09, 2019-09-30, 2019-23 eller 2019-08/2019-12", "an EDTF date: {detail}", "write 2019, 2019-09, 2019-09-30, 2019-23 or 2019-08/2019-12"),
    "ends-before-begins": ("since före until ({detail})", "rätta perioden", "since before until ({detail})", "correct the period"),
    "actual-in-future": ("en början senast vid publiceringen {detail}", "sätt status planned, eller rätta since", "a beginning no later than publication {detail}", "set status planned, or correct since"),
    "bad-share": ("ett tal mellan 0 och 1", "skriv 0.5 för halvtid; utan siffra i källan skrivs det i role_note", "a number between 0 and 1", "write 0.5 for half time; without a figure in the source use role_note"),
    "bad-number": ("ett tal utan mellanslag och enhet", "skriv 94000000", "a number without blanks and unit", "write 94000000"),
    "missing-currency": ("valutakod (ISO 4217) vid belopp", "skriv SEK i kolumnen currency", "a currency code (ISO 4217) with the amount", "write SEK in the column currency"),
    "missing-basis": ("beloppets grund: {detail}", "fyll i kolumnen basis", "the basis of the amount: {detail}", "fill in the column basis"),
    "unknown-status": ("en av {detail}", "rätta status", "one of {detail}", "correct the status"),
    "bad-locator": ("ett ställe, till exempel p3.s2", "ange stycke och mening, sida eller cell", "a place, for example p3.s2", "give paragraph and sentence, page or cell"),
    "bad-lang": ("en språkkod, sv eller en", "rätta lang; text har språk, tal har det inte", "a language tag, sv or en", "correct lang; text has a language, numbers have none"),
    "contact-data": ("inga telefonnummer eller e-postadresser", "ta bort kontaktuppgiften (model §8)", "no phone numbers or e-mail addresses", "remove the contact detail (model §8)"),
    "duplicate-id": ("unikt id; finns redan i {detail}", "slå ihop raderna eller ge homonymen ett särskiljande tillägg", "a unique id; already in {detail}", "merge the rows or give the homonym a discriminator"),
    "bad-slug": ("gemena ASCII-bokstäver, siffror och bindestreck", "skriv till exempel umea-universitet", "lower-case ASCII letters, digits and hyphens", "write for example umea-universitet"),
    "bad-identifier": ("giltigt format och kontrollsiffra i {detail}", "kontrollera numret mot registret", "valid format and check digit in {detail}", "check the number against the register"),
    "duplicate-claim": ("varje påstående en gång; samma som rad {detail}", "ta bort den ena raden", "each claim once; the same as row {detail}", "remove one of the rows"),
    "bad-yaml": ("läsbar YAML: {detail}", "rätta filen", "readable YAML: {detail}", "correct the file"),
    "unknown-field": ("ett av fälten {detail}", "rätta eller ta bort fältet", "one of the fields {detail}", "correct or remove the field"),
    "missing-field": ("fältet {detail}", "lägg till fältet", "the field {detail}", "add the field"),
    "wrong-field": ("{detail}", "rätta fältet", "{detail}", "correct the field"),
    "identity-contradiction": ("omdömen som går ihop: {detail}", "ta bort eller ändra ett av omdömena", "judgements that agree: {detail}", "remove or change one of the judgements"),
    "possible-duplicate": ("en annan entitet än {detail}", "bedöm paret i data/identity.csv: same, different eller unsure", "another entity than {detail}", "judge the pair in data/identity.csv: same, different or unsure"),
    "total-claims": ("{detail} påståenden enligt source.yml", "kontrollera att inga rader fattas, ändra annars expect", "{detail} claims according to source.yml", "check that no rows are missing, otherwise change expect"),
    "shape": ("{detail}", "rätta raden som påståendet kommer från", "{detail}", "correct the row the claim comes from"),
    "check": ("{detail}", "se frågan i queries/checks", "{detail}", "see the query in queries/checks"),
    "inconsistent": ("en ontologi utan motsägelse: {detail}", "rätta någon av de nämnda raderna", "an ontology without contradiction: {detail}", "correct one of the named rows"),
    "derivation-differs": ("samma direkta egenskaper som HermiT härleder ({detail})", "jämför rdf/codec.py med kedjorna i ontologin", "the same direct properties as HermiT derives ({detail})", "compare rdf/codec.py with the chains of the ontology"),
}  # fmt: skip

_WORDS = {"sv": ("rad", "kolumn", "fann", "väntade", "åtgärd"), "en": ("row", "column", "found", "expected", "mend")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `row` is the row's number in the file, header row 1; 0 means the whole file.

    `detail` is what the rule's text leaves open; `detail_en` where that differs in English.
    """

    rule: str
    file: str
    row: int = 0
    column: str = ""
    found: str = ""
    detail: str = ""
    severity: str = ERROR
    detail_en: str = ""

    def text(self, lang: str = "sv") -> str:
        """The finding as one line in Swedish or English.

        >>> print(Finding("bad-share", "data/sources/x/claims.csv", 3, "share", "1.5").text("en"))
        data/sources/x/claims.csv, row 3, column share: found '1.5', expected a number between 0 and 1; mend: write 0.5 for half time; without a figure in the source use role_note [bad-share]
        """
        row, column, found, expected, mend = _WORDS[lang if lang in _WORDS else "sv"]
        rule = RULES[self.rule]
        says, mends = (rule[2], rule[3]) if lang == "en" else (rule[0], rule[1])
        detail = self.detail_en if lang == "en" and self.detail_en else self.detail
        where = self.file + (f", {row} {self.row}" if self.row else "") + (f", {column} {self.column}" if self.column else "")
        return f"{where}: {found} '{self.found}', {expected} {says.format(detail=detail)}; {mend}: {mends.format(detail=detail)} [{self.rule}]"

    def as_dict(self) -> dict[str, str | int]:
        """The finding as plain values, with both texts."""
        return {**asdict(self), "text_sv": self.text("sv"), "text_en": self.text("en")}


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop a build."""
    return [f for f in findings if f.severity == ERROR]
