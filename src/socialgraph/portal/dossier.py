"""The dossier of an entity, a relation or a source: what a page tells of it, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from socialgraph.graph import SocialGraph
from socialgraph.model.claims import Entity, Source, identifiers
from socialgraph.model.ids import PREFIXES
from socialgraph.model.relations import Fact, Relation
from socialgraph.model.sentences import capital
from socialgraph.model.table import Column, Ref, Table
from socialgraph.model.words import date_words, place_words
from socialgraph.telling import period, unknown
from socialgraph.view import View

_ORDER: Final = ("certain", "presumed", "possible", "planned", "wished", "later", "ended", "denied")


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the page of an entity shows, and the relations it drew them from."""

    values: Mapping[str, Any]
    relations: tuple[Relation, ...]


def dossier(g: SocialGraph, entity: Entity, view: View, lang: str) -> Dossier:
    """Everything held of an entity: names over time, facts, relations by kind, and what is not known."""
    v = g.vocabulary
    facts = sorted(view.scoped.told.get(entity.id, ()), key=lambda f: (f.times.start_earliest, f.kind, f.value))
    relations = tuple(
        sorted(
            view.scoped.touching.get(entity.id, ()),
            key=lambda r: (_ORDER.index(view.state(r)), r.from_, r.to, r.id),
        )
    )
    grouped: dict[str, list[Relation]] = {}
    for relation in relations:
        grouped.setdefault(relation.kind, []).append(relation)
    groups = [
        (capital(v.label(kind, lang)), [_row(view, r, entity.id, lang) for r in found])
        for kind, found in sorted(grouped.items(), key=lambda i: (-len(i[1]), i[0]))
    ]
    names = [(f.value, v.label(f.kind, lang), period(f, lang), f.id) for f in facts if f.kind in v.name_kinds]
    said = {value.casefold() for value, _, _, _ in names}
    own = {"sv": "i registret", "en": "in the register"}[lang]
    names = [*((n, own, "", "") for n in dict.fromkeys(entity.names) if n.casefold() not in said), *names]
    told = [(capital(v.label(prop, lang)), value, "", "", link) for prop, value, link in identifiers(entity)]
    told += [(capital(v.label(f.kind, lang)), view.wording.value(f, lang), period(f, lang), f.id, "") for f in facts if f.kind not in v.name_kinds]
    then, now = view.name(entity.id, lang), g.view().name(entity.id, lang)
    county = (entity.county, view.name(entity.county, lang)) if entity.county and entity.county != entity.id else None
    return Dossier(
        {
            "id": entity.id,
            "name": then,
            "today": now if now != then else "",
            "kind": capital(v.label(entity.kind, lang)),
            "county": county,
            "names": names,
            "facts": told,
            "groups": groups,
            "holds": sum(view.holds(r) for r in relations),
            "unknown": unknown(view, entity, g.query("work-list", entity=entity.id, lang=lang), lang),
        },
        relations,
    )


def _row(view: View, r: Relation, self_id: str, lang: str) -> dict[str, Any]:
    state = view.state(r)
    sentence = getattr(view.sentence(r), lang)
    look = "held" if view.holds(r) else "meant" if state in ("planned", "wished") else "past"
    n = len({c.source for c in r.claims})
    evidence = {"sv": f"{n} {'källa' if n == 1 else 'källor'}", "en": f"{n} {'source' if n == 1 else 'sources'}"}[lang]
    shown = [(label, value) for label, value in view.details(r) if value.sv not in sentence]
    return {
        "id": r.id,
        "look": look,
        "state": view.holdings.vocabulary.state(state, lang),
        "sentence": sentence,
        "parts": _linked(view, r, sentence, self_id, lang),
        "details": "; ".join(f"{getattr(k, lang)}: {getattr(x, lang)}" for k, x in shown),
        "period": period(r, lang),
        "evidence": evidence,
    }


def _linked(view: View, r: Relation, sentence: str, self_id: str, lang: str) -> list[dict[str, str]]:
    """The sentence in parts, the names of others as links."""
    parts: list[dict[str, str]] = [{"words": sentence, "id": ""}]
    for id in dict.fromkeys(i for i in (r.from_, r.to, r.person) if i and i != self_id):
        for name in dict.fromkeys((view.name(id, lang), view.name(id))):
            at = next((i for i, p in enumerate(parts) if not p["id"] and name in p["words"]), None)
            if at is not None:
                before, _, after = parts[at]["words"].partition(name)
                parts[at : at + 1] = [p for p in ({"words": before, "id": ""}, {"words": name, "id": id}, {"words": after, "id": ""}) if p["words"]]
                break
    return parts


def relation(view: View, item: Relation | Fact, lang: str) -> dict[str, Any]:
    """What the page of a relation or fact says above its witnesses."""
    if isinstance(item, Relation):
        details = [(getattr(k, lang), getattr(x, lang)) for k, x in view.details(item)]
        ends = [(id, view.name(id, lang)) for id in dict.fromkeys(i for i in (item.from_, item.to, item.person, item.about) if i)]
        sentence = getattr(view.sentence(item), lang)
    else:
        details, ends = [], [(item.from_, view.name(item.from_, lang))]
        sentence = f"{view.name(item.from_, lang)}: {view.holdings.vocabulary.label(item.kind, lang)} {view.wording.value(item, lang)}"
    return {
        "sentence": sentence,
        "state": capital(view.holdings.vocabulary.state(view.state(item), lang)),
        "period": period(item, lang),
        "claims": len(item.claims),
        "disputed": item.disputed,
        "details": details,
        "ends": ends,
    }


def says(view: View, found: Source, lang: str) -> Table:
    """Every claim of a source, in its order: what it asserts, its place, its time as written, its status."""
    names = ("claim", "place", "since", "until", "status", "stated", "note")
    heads = {
        "sv": ("Påstående", "Ställe", "Från", "Till", "Status", "Som tryckt", "Anmärkning"),
        "en": ("Claim", "Place", "From", "Until", "Status", "As printed", "Note"),
    }
    rows = []
    items: list[Relation | Fact] = [*view.holdings.relations, *view.holdings.facts]
    for item in items:
        for claim in item.claims:
            if claim.source == found.id:
                if isinstance(item, Relation):
                    said = Ref(getattr(view.sentence(item), lang), item.id, "sgr")
                else:
                    said = Ref(relation(view, item, lang)["sentence"], item.id, "sgf")
                rows.append(
                    (
                        claim.row,
                        (
                            said,
                            place_words(claim.locator, lang),
                            date_words(claim.since, lang) if claim.since else "",
                            date_words(claim.until, lang) if claim.until else "",
                            view.holdings.vocabulary.state(claim.status, lang),
                            claim.stated,
                            claim.note,
                        ),
                    )
                )
    rows.sort(key=lambda r: (r[0], r[1][0].id))
    return Table(tuple(Column(n, {x: heads[x][i] for x in heads}) for i, n in enumerate(names)), tuple(r for _, r in rows), lang=lang)


def schema_org(g: SocialGraph, entity: Entity, lang: str) -> dict[str, Any]:
    """An entity in the words of schema.org, for search engines: what it is called now and was, its numbers, where else it is described."""
    kind, base = g.vocabulary.entity_kinds[entity.kind], PREFIXES["sgd"]
    of = "Person" if kind.is_person else "Organization" if kind.is_agent else "Thing"
    same = [link for _, _, link in identifiers(entity) if link]
    told: dict[str, Any] = {"@context": "https://schema.org", "@type": of, "@id": base + entity.id, "name": g.view().name(entity.id, lang)}
    others = [name for name in g.names[entity.id] if name != told["name"]]
    extra = {"alternateName": others, "url": entity.website, "sameAs": same, "description": g.vocabulary.label(entity.kind, lang)}
    numbers = [{"@type": "PropertyValue", "propertyID": prop, "value": value} for prop, value, _ in identifiers(entity)]
    return told | {key: value for key, value in (extra | {"identifier": numbers}).items() if value}


def dataset(g: SocialGraph, lang: str) -> dict[str, Any]:
    """The graph as a data set in the words of schema.org."""
    name = {"sv": "socialgraph: nätverket som stödjer socialtjänsten", "en": "socialgraph: the network that supports the social services"}[lang]
    told = {
        "sv": "Vem anställer, lånar ut, finansierar och samarbetar med vem, sedan när, till när och enligt vem.",
        "en": "Who employs, lends staff to, funds and works with whom, since when, until when and according to whom.",
    }[lang]
    return {
        "@context": "https://schema.org", "@type": "Dataset", "name": name, "description": told, "inLanguage": ["sv", "en"], "version": g.built.id,
        "license": "https://creativecommons.org/publicdomain/zero/1.0/", "dateModified": g.last_day.isoformat(), "isAccessibleForFree": True,
    }  # fmt: skip
