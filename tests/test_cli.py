"""The shell: every command as a user types it, with its exit status: 0 done, 1 findings, 2 wrong use."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from socialgraph import SocialGraph
from socialgraph.cli import main

SRC = Path(__file__).parents[1] / "src"


@pytest.fixture
def run(world: SocialGraph, monkeypatch: pytest.MonkeyPatch) -> object:
    def call(*arguments: str, root: Path | None = None) -> Result:
        command, *rest = arguments
        return CliRunner().invoke(main, [command, "--root", str(root or world.project.inputs), *rest], catch_exceptions=False)

    monkeypatch.setenv("SOCIALGRAPH_LANG", "sv")
    return call


def test_query_without_a_name_lists_the_questions(run) -> None:
    result = run("query")
    assert result.exit_code == 0
    assert "staff-loans" in result.stdout


def test_query_answers_in_every_format(run, tmp_path: Path) -> None:
    asked = ("query", "staff-loans", "--at", "2018-04", "--mode", "possible")
    rows = json.loads(run(*asked, "--format", "json").stdout)["rows"]
    assert rows
    assert len(list(csv.reader(io.StringIO(run(*asked, "--format", "csv").stdout)))) == len(rows) + 1
    assert run(*asked, "--format", "md").stdout.count("\n| ") >= len(rows)
    assert "2018-04-30" in run(*asked).stdout
    target = tmp_path / "svar.xlsx"
    assert run(*asked, "--format", "xlsx", "-o", str(target)).exit_code == 0
    assert load_workbook(target).worksheets[0].max_row == len(rows) + 1


def test_the_same_spreadsheet_twice_has_the_same_bytes(run, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run("query", "staff-loans", "--at", "2018-04", "--format", "xlsx", "-o", str(tmp_path / name))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_formula_in_a_name_stays_text_in_a_spreadsheet(tmp_path: Path) -> None:
    from socialgraph.model.table import Column, Table

    path = Table((Column("a"),), (("=1+1",), ("https://x.example",))).to_xlsx(tmp_path / "x.xlsx")
    assert [c.value for (c,) in load_workbook(path).worksheets[0].iter_rows(min_row=2)] == ["=1+1", "https://x.example"]
    assert load_workbook(path).worksheets[0]["A2"].data_type == "s"


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("query", "nosuch"), 2, "socialgraph query"),
        (("query", "staf-loans"), 2, "staff-loans"),
        (("query", "staff-loans", "noequals"), 2, "namn=värde"),
        (("query", "staff-loans", "noequals", "--lang", "en"), 2, "name=value"),
        (("query", "staff-loans", "nosuch=1"), 2, "nosuch"),
        (("query", "staff-loans", "--at", "2018-13"), 2, "EDTF"),
        (("query", "staff-loans", "--source", "nosuch"), 2, "nosuch"),
        (("sparql", "SELECT ?a WHERE { ?a"), 2, "rad 1, kolumn 17"),
        (("sparql", "CLEAR ALL"), 2, "ändrar inget"),
        (("show", "ingen-alls"), 2, "ingen-alls"),
        (("why", "00000000"), 2, "00000000"),
        (("query", "staff-loans", "--format", "xlsx"), 2, "-o"),
    ],
)
def test_wrong_use_ends_with_two_and_says_what_to_do(run, arguments: tuple[str, ...], status: int, says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_find_show_and_why_answer(run, world: SocialGraph) -> None:
    relation = world.holdings.relations[0]
    name = world.view().name(relation.from_)
    assert relation.from_ in run("find", name).stdout
    assert name in run("show", relation.from_).stdout
    assert world.holdings.sources[relation.claims[0].source].title in run("why", relation.id).stdout
    nothing = run("find", "finns inte alls")
    assert nothing.exit_code == 0
    assert "inget hittades" in nothing.stderr


def test_sparql_reads_a_file_and_standard_input(world: SocialGraph, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?a WHERE { ?a a sg:Municipality } ORDER BY ?a", encoding="utf-8")
    root = ["sparql", "--root", str(world.project.inputs)]
    from_file = CliRunner().invoke(main, [*root, "-f", str(query)])
    from_input = CliRunner().invoke(main, [*root, "-f", "-"], input=query.read_text(encoding="utf-8"))
    assert from_file.exit_code == from_input.exit_code == 0
    assert from_file.stdout == from_input.stdout
    assert CliRunner().invoke(main, root).exit_code == 2


def test_build_prints_what_was_built(run, world: SocialGraph) -> None:
    result = run("build")
    assert result.exit_code == 0
    for word in ("källor", "påståenden", "relationer", "entiteter", "fynd", world.built.id):
        assert word in result.stdout


def test_findings_end_with_one_and_name_file_and_row(run, world_project: Path) -> None:
    path = world_project / "data" / "sources" / "exempel-2018-04" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\n", "\nx,y\n", 1), encoding="utf-8")
    for command in ("build", "check"):
        result = run(command, root=world_project)
        assert result.exit_code == 1
        assert "data/sources/exempel-2018-04/claims.csv, rad 2" in result.stderr
    listed = json.loads(run("check", "--format", "json", root=world_project).stdout)
    assert {"cell-count"} <= {f["rule"] for f in listed}


def test_a_missing_build_names_the_command(run, world_project: Path) -> None:
    result = run("find", "x", root=world_project)
    assert result.exit_code == 2
    assert "socialgraph build" in result.stderr


def test_explore_writes_one_page_the_same_twice(run, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        assert run("explore", "--at", "2018-04", "-o", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert run("explore", "--kind", "StafLoan", "-o", str(tmp_path / "c.html")).exit_code == 2


def test_english_is_spoken_when_asked(run) -> None:
    assert "rows" in run("query", "--lang", "en").stdout
    assert "build" in run("build", "--lang", "en").stdout


def test_serve_shows_the_page_on_loopback_until_stopped(world: SocialGraph) -> None:
    command = [sys.executable, "-m", "socialgraph.cli", "serve", "--root", str(world.project.inputs), "--port", "0", "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "http://" in line:
                break
        url = said[-1].split()[2]
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 (loopback)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert b"<!doctype html>" in answer.read(200).lower()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(url + "../../etc/passwd", timeout=10)  # noqa: S310 (loopback)
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_a_map_needs_a_file_and_counties_and_the_coverage_page_is_written(run, tmp_path: Path) -> None:
    assert run("query", "by-county", "--at", "2018-04", "--format", "map").exit_code == 2, "a map needs a file"
    assert run("query", "staff-loans", "--format", "map", "-o", str(tmp_path / "x.html")).exit_code == 2, "and counties"
    assert run("coverage", "--at", "2018-04", "-o", str(tmp_path / "coverage.html")).exit_code == 0
    page = (tmp_path / "coverage.html").read_text(encoding="utf-8")
    assert "<table" in page
    assert "Content-Security-Policy" in page


def test_the_steward_begins_a_source_and_says_what_changed(run, world_project: Path) -> None:
    asked = ("new-source", "exempel-2021-01", "--title", "Nytt", "--publisher", "exempelforbundet", "--published", "2021-01", "--kind", "page")
    assert run("build", root=world_project).exit_code == 0
    assert run(*asked, root=world_project).exit_code == 0
    assert (world_project / "data" / "sources" / "exempel-2021-01" / "source.yml").is_file()
    assert run(*asked, root=world_project).exit_code == 1, "nothing is overwritten"
    sheet = world_project / "rows.csv"
    template = (world_project / "data" / "sources" / "exempel-2018-04" / "claims.csv").read_text(encoding="utf-8").splitlines()[0]
    cells = dict.fromkeys(template.split(","), "") | {"kind": "Collaboration", "from": "exempelforbundet", "to": "stodenheten", "locator": "p1.s1"}
    sheet.write_text(template + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8")
    assert run("import", str(sheet), "--into", "exempel-2021-01", "--dry-run", root=world_project).exit_code == 0
    assert run("import", str(sheet), "--into", "exempel-2021-01", root=world_project).exit_code == 0
    told = run("changes", "--prose", root=world_project)
    assert told.exit_code == 0
    assert "Nytt" in told.stdout
