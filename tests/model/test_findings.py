"""Findings: where, what was found, what was expected, how to mend it; in Swedish and English."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import socialgraph
from socialgraph.model.findings import ERROR, INFO, RULES, WARNING, Finding, errors

HERE = Finding("unknown-entity", "data/sources/x/claims.csv", 7, "from", "skrr", "skr, skl")


def test_a_finding_says_all_six_things_on_one_line():
    assert HERE.text("en") == (
        "data/sources/x/claims.csv, row 7, column from: found 'skrr', expected an id of the register; near: skr, skl; "
        "mend: correct the id or add the entity to data/entities/ [unknown-entity]"
    )
    assert HERE.text() == HERE.text("sv") == (
        "data/sources/x/claims.csv, rad 7, kolumn from: fann 'skrr', väntade ett id ur registret; nära: skr, skl; "
        "åtgärd: rätta id:t eller lägg till entiteten i data/entities/ [unknown-entity]"
    )


def test_a_finding_about_a_whole_file_names_no_row():
    assert Finding("not-utf8", "a.csv", found="byte 0xe5").text("en").startswith("a.csv: found 'byte 0xe5', expected UTF-8")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_four_texts_that_take_the_detail_alike(rule):
    texts = RULES[rule]
    taken = [{name for _, name, _, _ in Formatter().parse(text) if name is not None} for text in texts]
    assert len(texts) == 4
    assert all(texts)
    assert taken[0] == taken[2] <= {"detail"}
    assert taken[1] == taken[3] <= {"detail"}


@pytest.mark.parametrize("text", ["{braces}", "100 %", "'quoted'", "å\u2028ä", "{0}"])
def test_no_text_in_the_data_can_break_the_line(text):
    said = Finding("wrong-end", "x.csv", 1, "to", text, text).text("sv")
    assert said.count(text) == 2


def test_every_rule_used_in_the_program_is_there_and_every_rule_is_used():
    source = "\n".join(p.read_text(encoding="utf-8") for p in Path(socialgraph.__file__).parent.rglob("*.py") if p.name != "findings.py")
    made = set(re.findall(r"""(?:Finding|\.finding)\(\s*"([a-z0-9-]+)\"""", source)) | set(re.findall(r'"(unknown-(?:concept|status))"', source))
    assert made - set(RULES) == set()
    assert set(RULES) - made <= {"shape"}, "a rule that nothing reports is a dead rule"


def test_a_finding_as_plain_values_carries_both_texts():
    plain = HERE.as_dict()
    assert (plain["file"], plain["row"], plain["severity"]) == ("data/sources/x/claims.csv", 7, "error")
    assert (plain["text_sv"], plain["text_en"]) == (HERE.text("sv"), HERE.text("en"))


def test_only_errors_stop_a_build():
    found = [Finding("check", "x", severity=s) for s in (WARNING, ERROR, INFO)]
    assert errors(found) == [found[1]]
