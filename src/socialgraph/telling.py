"""Telling: what is said of things in words on pages and in reports alike: what is not known, what a source is, who attests it."""

from __future__ import annotations

from socialgraph.model.claims import Claim, Entity, Source
from socialgraph.model.dates import MAX
from socialgraph.model.relations import Fact, Relation
from socialgraph.model.table import Ref, Table
from socialgraph.model.words import date_words, period_words, place_words
from socialgraph.view import View


def unknown(view: View, entity: Entity, todo: Table, lang: str) -> list[str]:
    """What no source says of an entity, as sentences: kinds of relation it could have, ends nobody states, what is to be confirmed (`todo`, the work list)."""
    v, relations = view.holdings.vocabulary, view.scoped.touching.get(entity.id, ())
    ancestors, said = v.entity_kinds[entity.kind].ancestors, []
    # a kind whose ends may be anything says nothing of this one
    could = [k for k in v.relation_kinds.values() if k.from_kinds & ancestors and k.id not in {r.kind for r in relations}]
    open_ended = [r for r in relations if view.holds(r) and r.times.end_latest == MAX and not any(c.until for c in r.claims)]
    if open_ended:
        said.append(
            {
                "sv": f"När {len(open_ended)} av relationerna slutar: ingen källa säger det, och det betyder inte att de gäller ännu.",
                "en": f"When {len(open_ended)} of the relations end: no source says so, which does not mean that they still hold.",
            }[lang]
        )
    possible = sum(view.state(r) == "possible" for r in relations)
    if possible:
        said.append(
            {
                "sv": f"Om {possible} av relationerna ännu gäller den dagen: de är möjliga, men ingen källa räcker dit.",
                "en": f"Whether {possible} of the relations still hold on that day: they are possible, but no source reaches that far.",
            }[lang]
        )
    if could:
        kinds = ", ".join(sorted(v.label(k.id, lang) for k in could))
        said.append(
            {
                "sv": f"Inget påstående finns om: {kinds}. Det säger inte att det inte finns någon.",
                "en": f"There is no claim about: {kinds}. That does not say that there is none.",
            }[lang]
        )
    names = [c.name for c in todo.columns]
    for row in todo.rows:
        if any(isinstance(c, Ref) and c.id == entity.id for c in row):
            held = dict(zip(names, row, strict=True))
            said.append({"sv": "Att bekräfta: ", "en": "To be confirmed: "}[lang] + " · ".join(str(held[c]) for c in ("what", "note") if held.get(c)))
    return said or [{"sv": "Inget har antecknats som okänt.", "en": "Nothing is noted as unknown."}[lang]]


def about_source(view: View, found: Source, lang: str) -> list[tuple[str, str]]:
    """What a source is: publisher, day and how it is known, address, documents."""
    basis = {"stated": ("står i källan", "stated in the source"), "inferred": ("härlett", "inferred")}.get(found.published_basis, ("", ""))[lang == "en"]
    note = f" ({basis}{': ' + found.published_note if found.published_note else ''})" if basis else ""
    words = {
        "sv": ("Utgivare", "Publicerad", "Adress", "Läst", "Dokument", "Licens", "Id"),
        "en": ("Publisher", "Published", "Address", "Read", "Documents", "Licence", "Id"),
    }[lang]
    values = (
        view.name(found.publisher, lang),
        date_words(found.published, lang) + note,
        found.url,
        found.retrieved,
        ", ".join(c.document for c in found.copies if c.document),
        found.licence,
        f"sgs:{found.id}",
    )
    return [(word, value) for word, value in zip(words, values, strict=True) if value]


def dated(source: Source, lang: str) -> str:
    """When a source was published, in words; what was concluded is said to be."""
    inferred = {"sv": " (härlett)", "en": " (inferred)"}[lang] if source.published_basis == "inferred" else ""
    return date_words(source.published, lang) + inferred


def witness(view: View, claim: Claim, lang: str) -> str:
    """A claim's source and place as a footnote: title, publisher, day, place."""
    source = view.holdings.sources[claim.source]
    return ", ".join(
        filter(
            None,
            (
                f"”{source.title}”" if lang == "sv" else f"“{source.title}”",
                view.name(source.publisher, lang),
                dated(source, lang),
                place_words(claim.locator, lang),
            ),
        )
    )


def period(item: Relation | Fact, lang: str) -> str:
    """The period of a relation or fact in words."""
    return str(getattr(period_words(item.claims, item.times, item.status), lang))
