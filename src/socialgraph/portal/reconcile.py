"""The W3C community group's Reconciliation Service API 0.2, which OpenRefine speaks: names in a sheet become entities of ours.

Names are compared as `find` compares them: past and present names, abbreviations, numbers; people never without their dots.
A municipality is also known by the forms people write: `Ånge`, `Ånge kn`, `Ånges kommun`, `Stockholms stad`, `f.d. SKL`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from html import escape
from typing import Any, Final

from socialgraph.graph import SocialGraph
from socialgraph.model.claims import Entity, identifiers
from socialgraph.model.ids import PREFIXES
from socialgraph.model.search import fold
from socialgraph.portal.reply import HTML, JSON, Problem, Reply, as_json

MOST: Final = 10
"""Candidates for a name when no limit is given."""
BATCH: Final = 100
"""So many names may be asked about at once."""
_FORMER = re.compile(r"^(?:f\.?\s?d\.?|fd|före detta|tidigare|dåvarande)\s+", re.IGNORECASE)
_SHORT: Final = (
    (re.compile(r"\bkn\b\.?|\bkom\.", re.IGNORECASE), "kommun"),
    (re.compile(r"\bl\.?\s*n\b\.?", re.IGNORECASE), "län"),
    (re.compile(r"\bregionförb\.?\b", re.IGNORECASE), "regionförbund"),
    (re.compile(r"\s*\([^)]*\)\s*$"), ""),
)
_TAILS: Final = re.compile(r"^(?P<stem>.+?)s?\s+(?:kommun|stad|kommuns|stads)$", re.IGNORECASE)
"""A municipality as people write it: a stem, with or without the genitive, and what it calls itself."""


def reply(g: SocialGraph, what: str, given: Mapping[str, Any], address: str, lang: str) -> Reply:
    """The reply to one request: `manifest`, `queries`, `suggest/entity`, `suggest/type`, `suggest/property`, `preview`, `extend`, `properties`.

    Raises `Problem` 400 for what is no request, 404 for another path.
    """
    if what == "preview":
        return _preview(g, str(given.get("id", "")), address, lang)
    does: dict[str, Any] = {
        "manifest": lambda: manifest(g, address, lang),
        "queries": lambda: _queries(g, given.get("queries"), lang),
        "suggest/entity": lambda: _suggested(_entity(g, e, lang) for e in g.find(str(given.get("prefix", "")), most=20)),
        "suggest/type": lambda: _suggested(t for t in _types(g, lang) if _begins(t["name"], given.get("prefix", ""))),
        "suggest/property": lambda: _suggested(p for p in _properties(g, lang) if _begins(p["name"], given.get("prefix", ""))),
        "extend": lambda: _extend(g, given.get("extend"), lang),
        "properties": lambda: {"limit": 1, "type": str(given.get("type", "")), "properties": _properties(g, lang)},
    }
    if what not in does:
        raise Problem(404, f"Det finns ingen sådan del av tjänsten: {what}.", f"The service has no such part: {what}.")
    return Reply(as_json(does[what]()), JSON)


def manifest(g: SocialGraph, address: str, lang: str) -> dict[str, Any]:
    """What the service is and offers (section 3.2)."""
    service = f"{address}/reconcile"
    return {
        "versions": ["0.2"],
        "name": {"sv": "socialgraph: vem är vem i socialtjänstens stöd", "en": "socialgraph: who is who in the support of social services"}[lang],
        "identifierSpace": PREFIXES["sgd"],
        "schemaSpace": PREFIXES["sg"],
        "defaultTypes": _types(g, lang)[:1],
        "view": {"url": f"{address}/entities/{{{{id}}}}"},
        "batchSize": BATCH,
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": 420, "height": 180},
        "suggest": {name: {"service_url": service, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")},
        "extend": {"propose_properties": {"service_url": service, "service_path": "/properties"}, "property_settings": []},
    }


def _queries(g: SocialGraph, asked: Any, lang: str) -> dict[str, Any]:
    if not isinstance(asked, Mapping) or not all(isinstance(q, Mapping) and isinstance(q.get("query"), str) for q in asked.values()):
        raise Problem(400, 'queries ska vara {"q0": {"query": "…"}, …}', 'queries has to be {"q0": {"query": "…"}, …}')
    if len(asked) > BATCH:
        raise Problem(400, f"högst {BATCH} namn åt gången", f"at most {BATCH} names at a time")
    return {key: {"result": candidates(g, q["query"], types=_list(q.get("type")), most=_limit(q.get("limit")), lang=lang)} for key, q in asked.items()}


def candidates(g: SocialGraph, text: str, *, types: Sequence[str] = (), most: int = MOST, lang: str = "sv") -> list[dict[str, Any]]:
    """The entities a name may mean, best first, with a score of 0 to 100; `match` if one, and only one, bears exactly that name.

    `types` are kinds of entity; a name of a municipality fits whether it says kommun, stad or neither.
    """
    kinds = [t.removeprefix("sg:").removeprefix(PREFIXES["sg"]) for t in types]
    found: dict[str, tuple[float, bool, Entity]] = {}
    for written in _spellings(text):
        exact = _exact(g, written, kinds)
        for entity in exact:
            found.setdefault(entity.id, (100.0 if len(exact) == 1 else 90.0, len(exact) == 1, entity))
        if exact:
            break
    for written in _spellings(text):
        for entity in g.find(written, most=most * 3):
            if _is(g, entity, kinds):
                likeness = max(SequenceMatcher(None, fold(written), fold(name)).ratio() for name in (entity.name_sv, *entity.names))
                score = round(min(89.0, 40 + 49 * likeness), 1)
                if score > found.get(entity.id, (0.0,))[0]:
                    found[entity.id] = score, False, entity
    best = sorted(found.values(), key=lambda f: (-f[0], f[2].id))[:most]
    return [_entity(g, entity, lang) | {"score": score, "match": match} for score, match, entity in best]


def _spellings(text: str) -> list[str]:
    """A name as written, and the ways in which it may stand in the register; the likeliest first."""
    plain = " ".join(_FORMER.sub("", text.strip()).split())
    for pattern, word in _SHORT:
        plain = pattern.sub(word, plain).strip()
    made = [plain]
    if tail := _TAILS.match(plain):
        stem = tail["stem"]
        made += [f"{stem}s kommun", f"{stem} kommun", f"{stem}s stad", f"{stem} stad", f"{tail['stem']}s kommun"]
    elif not re.search(r"\b(län|region|förbund|universitet)\b", plain, re.IGNORECASE) and len(plain.split()) <= 3:
        made += [f"{plain}s kommun", f"{plain} kommun"]
    return list(dict.fromkeys(filter(None, made)))


def _exact(g: SocialGraph, written: str, kinds: Sequence[str]) -> list[Entity]:
    """Those that bear exactly this name, now or then; the one whose own name it is before all others."""
    named, people = g.names, g.vocabulary.entity_kinds
    wanted = fold(written)
    bearing = [e for e in g.find(written, most=30) if _is(g, e, kinds) and wanted in {fold(n) for n in (e.id, e.code, e.organisation_number, *named[e.id])}]
    bearing = [e for e in bearing if not people[e.kind].is_person or written.casefold() in {n.casefold() for n in named[e.id]}]
    return [e for e in bearing if fold(e.name_sv) == wanted] or bearing


def _is(g: SocialGraph, entity: Entity, kinds: Sequence[str]) -> bool:
    return not kinds or not g.vocabulary.entity_kinds[entity.kind].ancestors.isdisjoint(kinds)


def _entity(g: SocialGraph, entity: Entity, lang: str) -> dict[str, Any]:
    name, kind = entity.name(lang), g.vocabulary.label(entity.kind, lang)
    others = [n for n in g.names[entity.id] if n != name]
    told = {"description": " | ".join(others)} if others else {}
    return {"id": entity.id, "name": name, **told, "type": [{"id": entity.kind, "name": kind}]}


def _types(g: SocialGraph, lang: str) -> list[dict[str, str]]:
    used = {ancestor for e in g.holdings.entities.values() for ancestor in g.vocabulary.entity_kinds[e.kind].ancestors}
    kinds = [k for k in g.vocabulary.entity_kinds.values() if k.id in used]
    return [{"id": k.id, "name": g.vocabulary.label(k.id, lang)} for k in sorted(kinds, key=lambda k: (len(k.ancestors), k.id))]


def _properties(g: SocialGraph, lang: str) -> list[dict[str, str]]:
    words = g.vocabulary.properties
    names = [p for e in g.holdings.entities.values() for p, _, _ in identifiers(e)]
    return [{"id": p, "name": words[p].get(lang, p)} for p in dict.fromkeys(sorted(names))] + [{"id": k, "name": n} for k, n in _OWN[lang].items()]


_OWN: Final = {
    "sv": {"nameSv": "namn på svenska", "nameEn": "namn på engelska", "kind": "slag", "county": "län"},
    "en": {"nameSv": "name in Swedish", "nameEn": "name in English", "kind": "kind", "county": "county"},
}


def _extend(g: SocialGraph, asked: Any, lang: str) -> dict[str, Any]:
    """Values of properties for entities that were matched (section 7)."""
    if not isinstance(asked, Mapping) or not isinstance(asked.get("ids"), list) or not isinstance(asked.get("properties"), list):
        raise Problem(400, 'extend ska vara {"ids": […], "properties": [{"id": …}]}', 'extend has to be {"ids": […], "properties": [{"id": …}]}')
    names = {p["id"]: p["name"] for p in _properties(g, lang)}
    wanted = [str(p.get("id", "")) for p in asked["properties"] if isinstance(p, Mapping)]
    if unknown := [w for w in wanted if w not in names]:
        raise Problem(400, f"egenskapen '{unknown[0]}' finns inte; det finns {', '.join(names)}", f"no property '{unknown[0]}'; there are {', '.join(names)}")
    rows = {str(id): {p: _values(g, str(id), p, lang) for p in wanted} for id in asked["ids"][:BATCH]}
    return {"meta": [{"id": p, "name": names[p]} for p in wanted], "rows": rows}


def _values(g: SocialGraph, id: str, prop: str, lang: str) -> list[dict[str, Any]]:
    entity = g.holdings.entities.get(g.holdings.merged.get(id, id))
    if entity is None:
        return []
    if prop == "county":
        return [{"id": entity.county, "name": g.holdings.entities[entity.county].name(lang)}] if entity.county else []
    own = {"nameSv": entity.name_sv, "nameEn": entity.name_en, "kind": g.vocabulary.label(entity.kind, lang)}
    values = [own[prop]] if prop in own else [value for p, value, _ in identifiers(entity) if p == prop]
    return [{"str": value} for value in values if value]


def _preview(g: SocialGraph, id: str, address: str, lang: str) -> Reply:
    entity = g.resolve(id)
    told = _entity(g, entity, lang)
    numbers = "".join(f"<li>{escape(g.vocabulary.label(p, lang))}: {escape(value)}</li>" for p, value, _ in identifiers(entity))
    name, kind, others = (escape(x) for x in (told["name"], told["type"][0]["name"], told.get("description", "")))
    link = f'<a href="{escape(address)}/entities/{entity.id}" target="_blank" rel="noopener">{name}</a>'
    head = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{name}</title>'
    body = f"{head}<body><h1>{link}</h1><p>{kind}</p><p>{others}</p><ul>{numbers}</ul></body></html>"
    return Reply(body.encode("utf-8"), HTML)


def _suggested(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"result": [{**f, "notable": f["type"]} if "type" in f else f for f in found]}


def _begins(name: str, prefix: Any) -> bool:
    return fold(str(prefix)) in fold(name)


def _list(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value] if value else []
    return [str(v["id"] if isinstance(v, Mapping) and "id" in v else v) for v in values]


def _limit(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value <= 50 else MOST
