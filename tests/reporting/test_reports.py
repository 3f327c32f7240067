"""Reports: their figures are the questions' answers, every sentence has its source, every form is whole, and the same report is the same bytes."""

from __future__ import annotations

import hashlib
import html
import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from socialgraph.errors import OutlineInvalid, ParameterInvalid, UnknownEntity, UnknownName
from socialgraph.model.report import Chart, Figures, Prose, Rows, Section, Sentence
from socialgraph.model.table import Column, Table
from socialgraph.pages import report as forms

REPORTS = {
    "county": {"about": "22", "at": "2019-12-31"},
    "organisation": {"about": "skr", "at": "2019-12-31"},
    "network": {"about": "yrkesresan"},
    "national": {},
    "changes": {"since": "2017-12-31", "at": "2019-12-31"},
    "coverage": {},
    "source": {"about": "kfvn-2017-09-kunskapsutveckling"},
}
FORMS = ("html", "pdf", "docx", "xlsx", "md")


@pytest.fixture(scope="module")
def made(real):
    return {name: real.report(name, **given) for name, given in REPORTS.items()}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_report_there_is_can_be_made_in_both_languages(real, lang):
    assert {row[0] for row in real.reports(lang=lang).rows} == set(REPORTS)
    for name, given in REPORTS.items():
        report = real.report(name, **given, lang=lang)
        assert report.sections
        assert all(section.blocks for section in report.sections)
        assert report.about


def test_a_figure_is_the_answer_of_its_question(real, made):
    checked = 0
    for report in made.values():
        for block in (b for s in report.sections for b in s.blocks if isinstance(b, Figures)):
            for value, _, query in block.figures:
                table = real.query(query)
                if value == "inget känt":
                    assert any(all(cell is None for cell in table.column(column.name)) for column in table.columns)
                    continue
                number = int(value.replace("\u00a0", ""))
                distinct = [len({str(getattr(c, "id", c)) for c in table.column(col.name) if c is not None}) for col in table.columns]
                assert number in {len(table.rows), *distinct, *(c for row in table.rows for c in row if isinstance(c, int))}, (query, value)
                checked += 1
    assert checked > 8


def test_the_figures_of_the_county_are_those_one_gets_by_asking(real, made):
    block = next(b for b in made["county"].sections[0].blocks if isinstance(b, Figures))
    held = real.query("county", county="22", at="2019-12-31", mode="possible")
    assert [f[0] for f in block.figures][2] == str(len(held.rows))
    by_county = {row["county"].id: row for row in real.query("by-county", at="2019-12-31", mode="possible").to_dicts()}
    assert block.figures[0][0] == str(by_county["vasternorrlands-lan"]["municipalities"]) == "7"


def test_the_rows_of_a_table_are_those_of_its_query(real, made):
    for report in made.values():
        for rows in report.tables():
            if rows.query:
                asked = {tuple(map(str, row)) for row in real.query(rows.query).rows}
                names = [c.name for c in real.query(rows.query).columns]
                wanted = [names.index(c.name) for c in rows.table.columns]
                assert {tuple(map(str, row)) for row in rows.table.rows} <= {tuple(row[i] for i in wanted) for row in asked}


def test_every_sentence_about_a_relation_has_its_sources(real, made):
    for name in ("county", "organisation", "changes"):
        listed = [b for s in made[name].sections for b in s.blocks if isinstance(b, Prose) and b.listed and (b.query or b.lead)]
        assert listed
        assert all(sentence.notes for b in listed for sentence in b.sentences)


def test_footnotes_are_numbered_in_order_and_name_source_and_place(real, made):
    for report in made.values():
        assert [n.number for n in report.footnotes] == list(range(1, len(report.footnotes) + 1))
        titles = {s.title for s in real.holdings.sources.values()}
        assert all(any(title in note.text for title in titles) for note in report.footnotes)
        cited = {n for s in report.sections for b in s.blocks for sentence in getattr(b, "sentences", ()) for n in sentence.notes}
        cited |= {n for rows in report.tables() for notes in rows.notes for n in notes}
        assert cited == {n.number for n in report.footnotes}


def test_a_picture_has_words_a_title_and_the_same_in_a_table(made):
    charts = [b for r in made.values() for s in r.sections for b in s.blocks if isinstance(b, Chart)]
    assert len(charts) >= 8
    for chart in charts:
        assert chart.says
        assert chart.rows.table.rows
        assert chart.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "<title>" in chart.svg
        assert "<desc>" in chart.svg
        assert "<script" not in chart.svg


def test_what_no_source_names_is_no_zero(real):
    figures = real.report("organisation", "agnesfilm").sections[0].blocks[0].figures
    assert {value for value, _, _ in figures} == {"inget känt"}


def test_planned_is_told_as_planned(made):
    told = " ".join(s.text for b in made["network"].sections for p in b.blocks if isinstance(p, Prose) for s in p.sentences)
    assert "ska enligt plan" in told


def test_a_county_without_data_says_what_is_missing(world, real):
    report = real.report("county", "gotlands-lan", at="2015")
    told = [s.text for section in report.sections for b in section.blocks if isinstance(b, Prose) for s in b.sentences]
    assert sum("Ingen källa säger något" in t for t in told) >= 4
    assert any("inte noll" in t or "inte känt" in t for t in told)


# ── forms


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["county", "national", "changes"])
def test_the_same_report_is_the_same_bytes(real, made, form, name):
    one, other = (forms.render(report, form) for report in (made[name], real.report(name, **REPORTS[name])))
    assert hashlib.sha256(one).hexdigest() == hashlib.sha256(other).hexdigest()
    assert len(one) > 3000


def test_html_points_nowhere_outside_and_every_number_leads_to_a_note(made):
    for report in made.values():
        page = forms.render(report, "html").decode()
        assert "default-src 'none'" in html.unescape(page)
        assert not re.search(r'(?:src|href)="(?!#|https?://)', page)
        assert not re.search(r'<(?:script|link|img|iframe)\b', page)
        ids = set(re.findall(r' id="([^"]+)"', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
        assert f'<html lang="{report.lang}">' in page


def test_words_of_sources_never_become_markup(made):
    bad = '</script><b onclick="x">å & *x* [y](z) #{1}$ \u202e🙂' + "x" * 300
    rows = Rows("bad/[name]*?:", bad, Table((Column("a", {"sv": bad}),), ((bad,), ("=1+1",))), ((1,), ()))
    report = replace(made["source"], title=bad, sections=(Section(bad, (Prose((Sentence(bad, (1,)),), listed=True), rows)),))
    page = forms.render(report, "html").decode()
    assert "<b onclick" not in page
    for form in ("pdf", "docx", "xlsx", "md"):
        assert forms.render(report, form)


def test_pdf_is_tagged_titled_and_in_its_language(made):
    pdf = forms.render(made["county"], "pdf")
    assert pdf.startswith(b"%PDF-1.")
    assert b"/MarkInfo" in pdf or b"/StructTreeRoot" in pdf or b"ObjStm" in pdf
    assert b"CreationDate" not in pdf


def test_word_has_headings_languages_repeated_table_heads_and_words_for_pictures(made):
    import docx

    document = docx.Document(io.BytesIO(forms.render(made["county"], "docx")))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [s.heading for s in made["county"].sections] == heads[: len(made["county"].sections)]
    xml = document.element.xml
    assert xml.count("<w:tblHeader") == len(document.tables)
    assert len(document.inline_shapes) == 2
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert 'w:lang w:val="sv-SE"' in document.styles.element.xml


def test_excel_has_a_sheet_for_each_table_with_frozen_heads_and_real_dates(made):
    import openpyxl

    report = made["county"]
    book = openpyxl.load_workbook(io.BytesIO(forms.render(report, "xlsx")))
    assert len(book.sheetnames) == 3 + len(list(report.tables()))
    sheets = book.worksheets[2:-1]
    assert all(sheet.freeze_panes == "A2" for sheet in sheets)
    assert any(isinstance(cell.value, datetime) for sheet in sheets for row in sheet.iter_rows(min_row=2) for cell in row)
    assert book.worksheets[-1].max_row == len(report.footnotes)


def test_markdown_has_a_footnote_for_every_mark(made):
    text = forms.render(made["county"], "md").decode()
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["county", "national", "changes"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(made, browser, tmp_path, name, width):
    path = tmp_path / "report.html"
    path.write_bytes(forms.render(made[name], "html"))
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


# ── asking for them


def test_what_is_wrong_is_said(world, tmp_path):
    with pytest.raises(UnknownName, match="county"):
        world.report("conty", "exempellan")
    with pytest.raises(ParameterInvalid, match="County"):
        world.report("county")
    with pytest.raises(ParameterInvalid, match="whole"):
        world.report("national", "exempellan")
    with pytest.raises(ParameterInvalid, match="from which"):
        world.report("changes")
    with pytest.raises(UnknownEntity):
        world.report("county", "nowhere")
    with pytest.raises(UnknownName, match="exempel"):
        world.report("source", "exempel-2018")
    with pytest.raises(ParameterInvalid, match="pdf"):
        world.report("county", "exempellan", into=tmp_path / "x.odt")
    assert not list(tmp_path.iterdir())


def test_a_folder_of_own_comes_before_ours(world, tmp_path):
    (tmp_path / "county.yml").write_text(
        "title: {sv: 'Mitt {name}', en: 'My {name}'}\nof: [County]\nchapters:\n  - heading: {sv: Lån, en: Loans}\n    parts: [{table: staff-loans}]\n",
        encoding="utf-8",
    )
    (tmp_path / "report.html.j2").write_text("<!doctype html><title>EGEN {{ report.title }}</title>", encoding="utf-8")
    report = world.report("county", "exempellan", templates=tmp_path, into=tmp_path / "out.html", at="2019-12-31")
    assert report.title == "Mitt Exempellän"
    assert (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!doctype html><title>EGEN Mitt")
    (tmp_path / "county.yml").write_text("title: x\n", encoding="utf-8")
    with pytest.raises(OutlineInvalid, match=r"county\.yml"):
        world.report("county", "exempellan", templates=tmp_path)
    (tmp_path / "county.yml").write_text(
        "title: {sv: t, en: t}\nof: [County]\nchapters:\n  - heading: {sv: h, en: h}\n    parts: [{table: staff-loans, columns: [nope]}]\n", encoding="utf-8"
    )
    with pytest.raises(OutlineInvalid, match="nope"):
        world.report("county", "exempellan", templates=tmp_path)


def test_all_counties_are_written(world, tmp_path):
    done = list(world.county_reports(tmp_path / "out", form="md", at="2019-12-31"))
    assert [d[0] for d in done] == ["Exempellän"]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["exempellan.md"]


def test_word_files_are_archives_without_times(made):
    with zipfile.ZipFile(io.BytesIO(forms.render(made["county"], "docx"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("part", "needs"), [("gaps: all", "of"), ("events: prose", "since: true"), ("source: about", "of: source")])
def test_a_part_that_the_outline_gives_nothing_to_tell_of_is_named(world, tmp_path, part, needs):
    (tmp_path / "mine.yml").write_text(
        f"title: {{sv: t, en: t}}\nchapters:\n  - heading: {{sv: h, en: h}}\n    parts: [{{{part}}}]\n", encoding="utf-8"
    )
    with pytest.raises(OutlineInvalid, match=f"'{needs}'"):
        world.report("mine", templates=tmp_path)
