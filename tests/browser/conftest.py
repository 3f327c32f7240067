"""Browser tests: Debian's Chromium, a page that may not reach outside, and an invented world of garden societies."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from socialgraph.analysis.layout import layout
from socialgraph.model.picture import DrawnKind, Edge, Node, Picture, PictureClaim, PictureFact, PictureSource, Text
from socialgraph.pages.explorer import write


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """The page of pytest-playwright, guarded: nothing may leave the machine, nothing may go wrong unheard."""
    outside: list[str] = []
    wrong: list[str] = []

    def refuse(route: Route) -> None:
        outside.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith(("file:", "data:", "blob:")), refuse)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    yield page
    assert not outside, outside
    assert not wrong, wrong


@pytest.fixture
def open_picture(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Write a picture and open it from the disk; waits until it is drawn."""

    def open_it(picture: Picture, *, fragment: str = "", lang: str = "sv") -> Page:
        path = write(picture, tmp_path / "bild.html", lang=lang)
        page.goto(path.as_uri() + fragment)
        page.wait_for_function("window.socialgraph && window.socialgraph.page")
        return page

    return open_it


KINDS = (
    DrawnKind("Society", Text("trädgårdsförening", "garden society"), "#1f5fa8", "box"),
    DrawnKind("Academy", Text("akademi", "academy"), "#0b6e63", "dot"),
    DrawnKind("Circle", Text("odlarring", "growers' circle"), "#7a3e9d", "diamond"),
    DrawnKind("Trial", Text("odlingsförsök", "growing trial"), "#2f6b1f", "triangle"),
    DrawnKind("Pact", Text("överenskommelse", "agreement"), "#6b5b00", "square"),
    DrawnKind("Seat", Text("förtroendepost", "seat"), "#8c2f5f", "star"),
)
RELATIONS = (
    DrawnKind("Lending", Text("lån av redskap", "tool loan")),
    DrawnKind("Funding", Text("finansiering", "funding")),
    DrawnKind("Collaboration", Text("samverkan", "collaboration"), glyph="line"),
    DrawnKind("Membership", Text("medlemskap", "membership")),
)
FACTS = (DrawnKind("name", Text("namn", "name")), DrawnKind("count", Text("antal", "count")))
SOURCES = (
    PictureSource(
        "bladet-2018",
        "Rosornas nya vänner",
        "Odlarbladet",
        "2018-04-12",
        "stated",
        "https://example.org/bladet/2018/4",
        ("Årgång 2018.pdf", "Samlingsband.docx"),
    ),
    PictureSource("arsbok", "Årsbok för trädgårdsföreningar", "Ringens förlag", "2017~", "inferred", "", ("Årsbok.pdf",)),
    PictureSource("farlig", "Källa med farlig adress", "", "", "", "javascript:alert(1)", ()),
)


def claim(
    source: str = "bladet-2018", locator: str = "p3.s2", since: str = "2016", until: str = "", status: str = "actual", note: str = ""
) -> PictureClaim:
    return PictureClaim(source, locator, status, since, until, "redskap på lån", note, ())


def node(id: str, kind: str, sv: str, *names: str, en: str = "", facts: tuple[PictureFact, ...] = ()) -> Node:
    return Node(id, kind, Text(sv, en or sv), (sv, *names), facts)


def edge(
    id: str, kind: str, source: str, target: str, state: str, sv: str, *claims: PictureClaim, en: str = "", period: str = "sedan 2016"
) -> Edge:
    details = ((Text("Roll", "Role"), Text("fadder", "sponsor")),) if kind == "Lending" else ()
    return Edge(
        id, kind, source, target, state, Text(sv, en or sv), Text(period, period.replace("sedan", "since")), details, claims or (claim(),)
    )


def _small() -> Picture:
    ring_names = (
        PictureFact("name", "Rosornas Ring", Text("till och med 2015", "until 2015"), (claim("arsbok", "s. 12"),)),
        PictureFact("name", "Ringen för åldriga rosor", Text("från 2016", "from 2016"), (claim("bladet-2018", "p0"),)),
        PictureFact("count", "290 odlare", Text("2018", "2018"), (claim(),)),
    )
    nodes = (
        node("ring", "Circle", "Ringen för åldriga rosor", "Rosornas Ring", en="Circle of Old Roses", facts=ring_names),
        node("ask", "Society", "Askums trädgårdsförening", "ATF"),
        node("ekby", "Society", "Ekby trädgårdsförening"),
        node("ostra", "Society", "Östra Ängens odlare"),
        node("akademi", "Academy", "Akademin för perenner", "Perennskolan", en="Academy of Perennials"),
        node("forsok", "Trial", "Försöket med sena tulpaner"),
        node("pakt", "Pact", "Frööverenskommelsen"),
        node("fond", "Society", "Fonden för grönska"),
        node("post", "Seat", "Ordförandeposten i ringen"),
        node("vast", "Circle", "Västra kompostringen"),
        node("lund", "Society", "Lunds täppor och land"),
        node("ensam", "Society", "Ensamma hagen"),
    )
    three = (claim(), claim("arsbok", "s. 40", "2016-23", "2019", note="Läst ur tabellens tredje rad."), claim("farlig", "p1"))
    edges = (
        edge(
            "e1",
            "Lending",
            "ask",
            "ring",
            "certain",
            "Askums trädgårdsförening lånar ut redskap till Ringen för åldriga rosor",
            *three,
            en="Askum lends tools to the Circle of Old Roses",
        ),
        edge("e2", "Funding", "ask", "ring", "ended", "Askums trädgårdsförening finansierade Ringen för åldriga rosor", period="2012–2014"),
        edge("e3", "Collaboration", "ring", "ask", "presumed", "Ringen för åldriga rosor samverkar med Askums trädgårdsförening"),
        edge("e4", "Membership", "ekby", "ring", "certain", "Ekby trädgårdsförening är medlem i Ringen för åldriga rosor"),
        edge("e5", "Membership", "ostra", "ring", "certain", "Östra Ängens odlare är medlem i Ringen för åldriga rosor"),
        edge(
            "e6",
            "Funding",
            "fond",
            "forsok",
            "planned",
            "Fonden för grönska avser att finansiera Försöket med sena tulpaner",
            claim(status="planned"),
        ),
        edge("e7", "Collaboration", "akademi", "forsok", "certain", "Akademin för perenner samverkar med Försöket med sena tulpaner"),
        edge("e8", "Collaboration", "akademi", "ring", "possible", "Akademin för perenner samverkar med Ringen för åldriga rosor"),
        edge("e9", "Membership", "ring", "pakt", "certain", "Ringen för åldriga rosor är medlem i Frööverenskommelsen"),
        edge("e10", "Membership", "vast", "pakt", "certain", "Västra kompostringen är medlem i Frööverenskommelsen"),
        edge("e11", "Funding", "fond", "vast", "wished", "Västra kompostringen önskar stöd av Fonden för grönska", claim(status="wished")),
        edge("e12", "Membership", "post", "ring", "certain", "Ordförandeposten i ringen hör till Ringen för åldriga rosor"),
        edge("e13", "Lending", "lund", "vast", "certain", "Lunds täppor och land lånar ut redskap till Västra kompostringen"),
        edge("e14", "Lending", "vast", "lund", "certain", "Västra kompostringen lånar ut redskap till Lunds täppor och land"),
        edge("e15", "Funding", "fond", "akademi", "certain", "Fonden för grönska finansierar Akademin för perenner"),
    )
    return placed(
        Picture(
            Text("Rosornas nätverk", "The roses' network"),
            "2018-04-30",
            "presumed",
            "",
            "b7f3",
            nodes,
            edges,
            KINDS,
            RELATIONS,
            FACTS,
            SOURCES,
        )
    )


def placed(picture: Picture) -> Picture:
    at = layout([node.id for node in picture.nodes], [(edge.source, edge.target) for edge in picture.edges])
    return replace(picture, nodes=tuple(replace(node, x=at[node.id][0], y=at[node.id][1]) for node in picture.nodes))


def _large(nodes: int = 200, edges: int = 400) -> Picture:
    dice = random.Random(7)
    first = ["Norra", "Södra", "Västra", "Östra", "Övre", "Nedre", "Stora", "Lilla", "Gamla", "Nya"]
    second = ["Askums", "Ekby", "Lindö", "Almviks", "Björkhaga", "Rönnäs", "Hasselby", "Videgårds", "Tallmo", "Granby"]
    third = {
        "Society": "trädgårdsförening",
        "Academy": "akademi för perenner",
        "Circle": "odlarring",
        "Trial": "tulpanförsök",
        "Pact": "fröpakt",
        "Seat": "ordförandepost",
    }
    states = ["certain"] * 6 + ["presumed"] * 2 + ["possible", "planned", "wished", "ended"]
    group = nodes // 8
    members = []
    for number in range(nodes):
        kind = dice.choices([kind.id for kind in KINDS], [6, 2, 2, 2, 1, 1])[0]
        name = f"{first[number % 10]} {second[number // 10 % 10]} {third[kind]}"
        members.append(node(f"n{number}", kind, f"{name} {number}" if number >= 100 else name))
    ties = []
    for number in range(edges):
        a = dice.randrange(nodes)
        home = a // group * group
        b = min(home + int(dice.random() ** 2 * group), nodes - 1) if dice.random() < 0.88 else dice.randrange(nodes)
        if a == b:
            b = (a + 1) % nodes
        kind = dice.choices([kind.id for kind in RELATIONS], [2, 2, 4, 4])[0]
        ties.append(
            edge(f"e{number}", kind, f"n{a}", f"n{b}", dice.choice(states), f"{members[a].label.sv} – {kind} – {members[b].label.sv}")
        )
    return placed(
        Picture(
            Text("Alla odlare", "All growers"),
            "2018-04-30",
            "possible",
            "2018-12-31",
            "b7f3",
            tuple(members),
            tuple(ties),
            KINDS,
            RELATIONS,
            FACTS,
            SOURCES,
        )
    )


@pytest.fixture(scope="session")
def small() -> Picture:
    return _small()


@pytest.fixture(scope="session")
def large() -> Picture:
    return _large()
