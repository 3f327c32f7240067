"""The pages for people, over real HTTP and in a real browser: what they say is what the graph says, in both languages, with and without scripts."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import openpyxl
import pytest
import rdflib
from axe_playwright_python.sync_playwright import Axe

PLACES = (
    "/", "/questions", "/questions/staff-loans", "/questions/staff-loans?at=2018-04-30&evidence=1", "/questions/members", "/find?q=blusi", "/find?q=xyzzy",
    "/entities/skr", "/entities/skr?at=2018-04-30&mode=certain", "/entities/vasternorrlands-lan", "/entities", "/reports", "/sources", "/ontology", "/bench",
    "/bench?example=staff-loans", "/bench?query=SELEC", "/about", "/api",
)  # fmt: skip


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value and value.startswith("/"):
                self.found.add(value.partition("#")[0])


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("place", PLACES)
def test_every_page_is_there_in_both_languages(served_real, place: str, lang: str) -> None:
    reply = served_real.get(lang + place)
    assert reply.status_code == 200
    assert f'<html lang="{"en" if lang else "sv"}">' in reply.text
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    assert "style=" not in reply.text, "the policy allows no inline style"


def test_every_link_leads_somewhere(served_real) -> None:
    seen, waiting = set(), {"/", "/en/entities/skr", "/entities/jessica-eriksson", "/questions/staff-loans?at=2018-04-30", "/questions/rss-hosts"}
    sources = served_real.get("/sources").text
    waiting |= set(re.findall(r'href="(/sources/[^"]+)"', sources)[:3])
    for _ in range(2):
        for place in sorted(waiting - seen)[:160]:
            seen.add(place)
            reply = served_real.get(place.replace("&amp;", "&"))
            assert reply.status_code in (200, 303), place
            if reply.headers.get("content-type", "").startswith("text/html") and "/explorer" not in place and "format=" not in place:
                parser = Links()
                parser.feed(reply.text)
                waiting |= parser.found
    assert len(seen) > 100


def test_an_answer_says_what_the_graph_says_in_every_form(served_real, real) -> None:
    table = real.query("staff-loans", at="2018-04-30")
    page = served_real.get("/questions/staff-loans?at=2018-04-30").text
    assert page.count("<tr>") == len(table.rows) + 1
    assert "2018-04-30" in page
    assert all(str(cell) in page for row in table.rows for cell in row[:2])
    told = json.loads(served_real.get("/questions/staff-loans?at=2018-04-30&format=json").text)
    assert [r["person"]["label"] for r in told["rows"]] == [str(c) for c in table.column("person")]
    book = openpyxl.load_workbook(io.BytesIO(served_real.get("/questions/staff-loans?at=2018-04-30&format=xlsx").content))
    assert book.worksheets[0].max_row == len(table.rows) + 1
    csv = served_real.get("/questions/staff-loans?at=2018-04-30&format=csv")
    assert csv.content.startswith(b"\xef\xbb\xbf"), "Excel reads it as UTF-8"
    assert "filename" in csv.headers["content-disposition"]
    link = re.search(r'class="long" href="([^"]+build=[^"]+)"', page)
    assert link is not None
    assert served_real.get(link[1].replace("&amp;", "&")).text.count("<tr>") == len(table.rows) + 1, "the permanent link gives the same rows"


def test_wrong_values_are_told_on_the_page_and_the_form_keeps_them(served_real) -> None:
    reply = served_real.get("/questions/staff-loans?organisation=skrr&at=2018")
    assert 'role="alert"' in reply.text
    assert 'value="skrr"' in reply.text
    assert "nära" in reply.text
    assert "Give also: " in served_real.get("/en/questions/members?at=2018").text
    assert 'role="alert"' not in served_real.get("/questions/members").text
    assert served_real.get("/entities/skrr").status_code == 404
    assert served_real.get("/relations/skr").status_code == served_real.get("/relations/ffffffffff").status_code == 404
    assert "nära" in served_real.get("/entities/skrr").text, "near ones are named"


def test_a_dossier_tells_names_over_time_what_is_not_known_and_holds_data(served_real) -> None:
    page = served_real.get("/entities/skr?at=2018-04-30").text
    assert "<h1>Sveriges kommuner och landsting</h1>" in page
    assert "Heter idag" in page
    assert "Det vi inte vet" in page
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert len(rdflib.Dataset().parse(data=block[1], format="json-ld")) > 20
    day = served_real.get("/entities/skr?at=2030").text
    assert "<h1>Sveriges Kommuner och Regioner</h1>" in day


def test_linked_data_lead_to_the_page_or_the_data(served_real) -> None:
    page = served_real.get("/id/skr", headers={"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"})
    assert (page.status_code, page.headers["location"]) == (303, "/entities/skr")
    english = served_real.get("/id/skr", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert english.headers["location"] == "/en/entities/skr"
    for accept, form in {"text/turtle": "turtle", "application/ld+json": "json-ld"}.items():
        reply = served_real.client.get("/id/skr", headers={"Accept": accept}, follow_redirects=True)
        assert reply.headers["content-type"].partition(";")[0] == accept
        assert len(rdflib.Dataset().parse(data=reply.text, format=form)) > 20
    assert served_real.get("/id/xyzzy", headers={"Accept": "text/turtle"}).status_code == 404
    assert served_real.get("/id/skr", headers={"Accept": "image/png"}).status_code == 406


def test_a_page_is_quick_the_second_time_and_not_sent_again(served_real) -> None:
    tag = served_real.get("/entities/skr").headers["etag"]
    assert served_real.get("/entities/skr", headers={"If-None-Match": tag}).status_code == 304
    assert served_real.get("/en/entities/skr", headers={"If-None-Match": tag}).status_code == 200


def test_a_day_in_an_answer_stays_on_one_line(served_real, page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(served_real.url + "/questions/staff-loans?at=2018-04-30")
    days = page.locator("td .day")
    assert days.count() > 3
    for box in days.all():
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", box.inner_text())
        assert box.evaluate("""cell => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          return new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
        }""") == 1


@pytest.mark.parametrize("wide", [320, 1280])
@pytest.mark.parametrize("place", [p for p in PLACES if "evidence" not in p])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(served_real, page, place: str, wide: int) -> None:
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.set_viewport_size({"width": wide, "height": 800})
    page.goto(served_real.url + place)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response["violations"]
    assert not found, [(f["id"], f["nodes"][0]["html"]) for f in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    assert not wrong


def test_a_user_asks_a_question_without_a_script(served_real, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_real.url)
    page.get_by_role("link", name="Utlåning av personal").click()
    page.get_by_label("Dag", exact=True).fill("2018-04-30")
    page.get_by_role("button", name="Fråga").click()
    assert page.locator("main table tbody tr").count() == 2
    page.get_by_role("searchbox").fill("SKL")
    page.keyboard.press("Enter")
    page.locator("main table a").first.click()
    assert page.url.endswith("/entities/skr")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()


def test_the_editor_completes_by_swedish_label_and_marks_what_is_wrong(served_real, page) -> None:
    if served_real.get("/static/editor.js").status_code == 404:
        pytest.skip("the editor was not built: make bundles")
    wrong: list[str] = []  # CodeMirror sets a style as an attribute, which the policy blocks; nothing is lost by it
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") and "inline style" not in m.text else None)
    page.goto(served_real.url + "/bench")
    editor = page.get_by_role("textbox", name="Fråga", exact=True)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * WHERE { ?loan a sg:utlåning")
    page.get_by_role("option", name="sg:StaffLoan").wait_for()
    page.wait_for_timeout(150)  # CodeMirror takes no key for a list that has stood for less than 75 ms
    page.keyboard.press("Tab")
    assert "sg:StaffLoan" in editor.inner_text()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * WHERE { ?loan a sg:StafLoan ")
    page.locator("#slip", has_text="sg:StaffLoan").wait_for()
    assert page.locator(".cm-lintRange-error").count() == 1
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT (2 AS ?two) WHERE {")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**query=SELECT**")
    assert page.locator("main table td").inner_text() == "2"
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response["violations"]
    assert not found, [(f["id"], f["nodes"][0]["html"]) for f in found]
    assert not wrong


def test_the_bench_marks_errors_remembers_and_shares(served_real, page) -> None:
    page.goto(served_real.url + "/bench")
    page.get_by_label("Exempel ur frågekatalogen").select_option("staff-loans")
    page.get_by_role("button", name="Hämta").click()
    assert "SELECT" in page.evaluate("document.getElementById('query').value")
    page.goto(served_real.url + "/en/bench?query=SELECT%20(1%20AS%20%3Fx)%20%7B%7D")
    assert page.locator("main table td").inner_text() == "1"
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**query=SELECT**")
    page.wait_for_function("() => document.getElementById('history') !== null")
    slip = page.request.get(served_real.url + "/api/sparql/check", params={"query": "SELECT * { ?s sg:Relatoin ?o }", "lang": "en"}).json()
    assert "near: sg:Relation" in slip[0]["text"]


def test_an_answer_has_its_network_its_map_and_its_words_on_the_page(served_real, real) -> None:
    page = served_real.get("/questions/staff-loans?at=2019-12-31&mode=possible").text
    view = real.view(at="2019-12-31", mode="possible")
    ids = {w[4:] for row in real.query("staff-loans", at="2019-12-31", mode="possible").witnesses for w in row}
    assert page.count("<svg xmlns") == 1
    for relation in (r for r in view.scoped.relations if r.id in ids):
        assert view.prose(relation).sv in page
    hosts = served_real.get("/questions/rss-hosts?mode=possible").text
    assert hosts.count("<svg xmlns") == 2
    assert all(f">{letter}</text>" in hosts for letter in ("BD", "Y", "I", "M"))


def test_reports_are_pages_and_files(served_real) -> None:
    assert "Länsprofil: Västernorrlands län" in served_real.get("/reports/county/22?at=2019-12-31").text
    paper = served_real.get("/reports/county/vasternorrlands-lan?format=pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert served_real.get("/reports/changes?since=2017-12-31&at=2019-12-31").status_code == 200
    assert served_real.get("/reports/changes").status_code == 400
    assert served_real.get("/reports/county/nowhere").status_code == 404
    assert served_real.get("/reports/county/22?format=odt").status_code == 400
    assert served_real.get("/reports").text.count("/reports/county/") == 21 * 5
