"""Table: one answer, many forms; every form says for when it holds and leaves the unknown unknown."""

from __future__ import annotations

import csv
import io
import json
import pickle
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest

from socialgraph.errors import ExtraMissing
from socialgraph.model.dates import MAX, MIN
from socialgraph.model.table import Column, Ref, Table, plain, show

ANSWER = Table(
    (Column("who", {"sv": "Vem", "en": "Who"}), Column("since", {"sv": "Från"}), Column("amount"), Column("sure")),
    (
        (Ref("Umeå universitet", "umea-universitet"), date(2018, 4, 30), Decimal(94000000), True),
        (Ref('SKR | "ny"\nrad', "skr"), MIN, None, False),
    ),
    {"at": "2019-12-31", "known_by": "", "build": "abc"},
    {"sv": "Vem är det?", "en": "Who is it?"},
)
EMPTY = Table((Column("who"),), ())


def test_rows_are_reached_by_number_by_name_and_one_after_the_other():
    assert len(ANSWER) == 2
    assert [row[2] for row in ANSWER] == ANSWER.column("amount") == [Decimal(94000000), None]
    assert ANSWER.to_dicts()[1]["who"] == 'SKR | "ny"\nrad'
    with pytest.raises(KeyError, match="who, since, amount, sure"):
        ANSWER.column("when")


def test_a_thing_is_its_name_and_remembers_which_thing():
    thing = Ref("SKR", "skr")
    assert (thing, thing.id) == ("SKR", "skr")
    assert pickle.loads(pickle.dumps(thing)).id == "skr"  # noqa: S301


def test_text_is_aligned_and_says_what_it_answers_and_for_when():
    assert ANSWER.to_text("en").splitlines()[:5] == [
        "Who is it?",
        "day 2019-12-31 · build abc",
        "",
        "Who               Från        amount      sure",
        "────────────────  ──────────  ──────────  ────",
    ]
    assert "2018-04-30  94\u00a0000\u00a0000  ja" in ANSWER.to_text("sv")
    assert ANSWER.to_text("sv").endswith("2 rader\n")
    assert EMPTY.to_text("en") == "who\n───\n0 rows\n"


def test_csv_reads_back_with_an_id_beside_every_thing_and_nothing_for_the_unknown():
    rows = list(csv.reader(io.StringIO(ANSWER.to_csv("en"))))
    assert rows == [
        ["Who", "who_id", "Från", "amount", "sure"],
        ["Umeå universitet", "umea-universitet", "2018-04-30", "94000000", "true"],
        ['SKR | "ny"\nrad', "skr", "", "", "false"],
    ]
    assert "\r" not in ANSWER.to_csv()


def test_a_column_of_things_and_others_keeps_its_ids():
    mixed = Table((Column("x"),), (("plain",), (Ref("SKR", "skr"),), (None,)))
    assert mixed.to_csv() == "x,x_id\nplain,\nSKR,skr\n,\n"


def test_json_holds_plain_values_and_null_for_the_unknown():
    told = json.loads(ANSWER.to_json())
    assert told["about"] == {"at": "2019-12-31", "known_by": "", "build": "abc"}
    assert told["columns"][0] == {"name": "who", "label": {"sv": "Vem", "en": "Who"}}
    assert told["rows"][0] == {"who": {"id": "umea-universitet", "label": "Umeå universitet"}, "since": "2018-04-30", "amount": 94000000, "sure": True}
    assert told["rows"][1]["since"] is None
    assert json.loads(Table((Column("x"),), ((Decimal("0.25"),), (2,), (0.5,), ("a",))).to_json())["rows"] == [{"x": 0.25}, {"x": 2}, {"x": 0.5}, {"x": "a"}]


def test_markdown_survives_bars_and_line_breaks():
    lines = ANSWER.to_markdown("sv").splitlines()
    assert lines[0] == "**Vem är det?**  "
    assert '| SKR \\| "ny" rad | okänt |  | nej |' in lines
    assert len({line.replace("\\|", "").count("|") for line in lines if line.startswith("|")}) == 1


def test_a_workbook_has_real_dates_and_numbers_and_says_what_it_is_about(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    formula = Table(ANSWER.columns, (*ANSWER.rows, ("=1+1", date(1700, 1, 1), 0.5, None)), ANSWER.about, ANSWER.title)
    book = openpyxl.load_workbook(formula.to_xlsx(tmp_path / "answer.xlsx", "en"))
    rows = list(book["Answer"].iter_rows(values_only=True))
    assert rows[0] == ("Who", "Från", "amount", "sure")
    assert rows[1] == ("Umeå universitet", datetime(2018, 4, 30), 94000000, "true")  # noqa: DTZ001
    assert rows[2][1] == "", "an unknown day is an empty cell"
    assert rows[3][:3] == ("=1+1", "1700-01-01", 0.5)
    assert book["Answer"]["A4"].data_type == "s", "no cell of ours becomes a formula"
    assert [c.value for c in book["About"]["A"]] == ["Who is it?", "day: 2019-12-31", "known by: ", "build: abc"]


def test_the_same_answer_is_the_same_workbook(tmp_path):
    one, other = (ANSWER.to_xlsx(tmp_path / f"{n}.xlsx").read_bytes() for n in "ab")
    assert one == other


def test_an_empty_answer_is_an_answer_in_every_form(tmp_path):
    assert EMPTY.to_csv() == "who\n"
    assert json.loads(EMPTY.to_json())["rows"] == []
    assert "0 rader" in EMPTY.to_markdown()
    assert EMPTY.to_xlsx(tmp_path / "empty.xlsx").is_file()


def test_a_data_frame_has_proper_types_ids_beside_names_and_the_unknown_missing():
    pandas = pytest.importorskip("pandas")
    frame = ANSWER.to_pandas()
    assert list(frame.columns) == ["who", "who_id", "since", "amount", "sure"]
    assert [str(t) for t in frame.dtypes] == ["string", "string", "datetime64[s]", "object", "boolean"]
    assert list(frame["who_id"]) == ["umea-universitet", "skr"]
    assert frame["since"][0] == pandas.Timestamp("2018-04-30")
    assert frame["since"].isna().tolist() == [False, True], "an unknown day is missing, not the year 1"
    assert frame["amount"][0] == Decimal(94000000)
    assert isinstance(frame["amount"][0], Decimal)
    assert frame["amount"].isna().tolist() == [False, True]
    assert frame.attrs == {"at": "2019-12-31", "known_by": "", "build": "abc"}
    assert list(EMPTY.to_pandas().columns) == ["who"]
    assert len(EMPTY.to_pandas()) == 0


def test_a_data_frame_of_days_far_from_now_numbers_and_mixed_cells():
    pytest.importorskip("pandas")
    columns = tuple(map(Column, ("day", "count", "share", "mixed", "nothing")))
    frame = Table(columns, ((date(1523, 6, 6), 3, 0.5, "a", None), (date(2999, 1, 1), None, None, 1, None), (MAX, 4, 1.0, None, None))).to_pandas()
    assert [str(t) for t in frame.dtypes] == ["datetime64[s]", "Int64", "Float64", "object", "string"]
    assert frame["day"].dt.year.tolist()[:2] == [1523, 2999]
    assert frame["count"].sum() == 7
    assert frame["nothing"].isna().all()


def test_a_notebook_shows_it_with_caption_headings_and_notes_and_everything_escaped():
    html = Table(ANSWER.columns, ANSWER.rows, ANSWER.about, ANSWER.title, notes=({"sv": "Se <upp>", "en": "Look <out>"},))._repr_html_()
    assert '<th scope="col">Vem</th>' in html
    assert "<caption>Vem är det?<br>" in html
    assert "SKR | &quot;ny&quot;" in html
    assert "<td>okänt</td>" in html
    assert "Se &lt;upp&gt;" in html
    assert "2 rader" in html
    hostile = Table((Column("<b>"),), (("</table><script>alert(1)</script>",),), {"at": "<i>"}, {"sv": "<h1>"}, lang="sv")._repr_html_()
    assert "<script" not in hostile
    assert "<b>" not in hostile
    assert "<i>" not in hostile
    assert "<h1>" not in hostile


def test_a_notebook_shows_the_first_of_many_rows_and_how_many_more():
    html = Table((Column("n"),), tuple((n,) for n in range(100)), lang="en")._repr_html_()
    assert html.count("<tr>") == 41
    assert "… 60 more rows" in html
    assert "100 rows" in html


def test_a_table_speaks_the_language_it_was_asked_in_unless_another_is_named():
    table = Table(ANSWER.columns, ANSWER.rows, ANSWER.about, ANSWER.title, lang="en")
    assert table.to_text().startswith("Who is it?")
    assert table.to_text("sv").startswith("Vem är det?")
    assert table.to_csv().startswith("Who,")
    assert "Who is it?" in table.to_markdown()


@pytest.mark.parametrize(("package", "word", "form"), [("pandas", "pandas", "to_pandas"), ("xlsxwriter", "XlsxWriter", "to_xlsx")])
def test_without_its_package_a_form_says_how_to_install_it(monkeypatch, tmp_path, package, word, form):
    monkeypatch.setitem(sys.modules, package, None)
    arguments = [tmp_path / "x.xlsx"] if form == "to_xlsx" else []
    with pytest.raises(ExtraMissing, match=f"pip install.*{word}|pip install.*pandas"):
        getattr(ANSWER, form)(*arguments)


CELLS = [
    (None, "", ""),
    ("", "", ""),
    (MIN, "", "okänt"),
    (MAX, "", "okänt"),
    (date(2018, 4, 30), "2018-04-30", "2018-04-30"),
    (True, "true", "ja"),
    (False, "false", "nej"),
    (0, "0", "0"),
    (9999, "9999", "9999"),
    (94000000, "94000000", "94\u00a0000\u00a0000"),
    (Decimal("12000.50"), "12000.50", "12000.50"),
    (-94000, "-94000", "-94\u00a0000"),
    (Decimal("0.5"), "0.5", "0.5"),
]


@pytest.mark.parametrize(("cell", "in_files", "for_people"), CELLS, ids=[repr(c) for c, *_ in CELLS])
def test_a_cell_in_files_and_for_people(cell, in_files, for_people):
    assert (plain(cell), show(cell, "sv")) == (in_files, for_people)


@pytest.mark.parametrize(("number", "sv", "en"), [(0, "0 rader", "0 rows"), (1, "1 rad", "1 row"), (2, "2 rader", "2 rows")])
def test_the_footing_counts_in_words(number, sv, en):
    table = Table((Column("x"),), (("a",),) * number)
    assert (table.footing("sv"), table.footing("en")) == (sv, en)
