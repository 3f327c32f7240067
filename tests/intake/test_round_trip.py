"""From an empty template to a build, the way the steward goes."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from socialgraph.build import build, gather_inputs
from socialgraph.intake.proposals import propose, write
from socialgraph.intake.scaffold import new_source
from socialgraph.intake.template import template
from socialgraph.model.changes import changes
from socialgraph.model.claims import Source
from socialgraph.project import Project
from socialgraph.rdf import ontology

WORDS = ontology.read(Path(__file__).parents[2] / "ontology")


def test_template_filled_in_excel_imported_and_built(world_project):
    """The steward's whole way: a new source, a workbook, ten minutes in Excel, an import, a build, and what it changed."""
    project = Project(world_project, world_project / "build")
    before, findings = gather_inputs(project)
    assert findings == []
    entities = before.entities
    told = Source("exempel-2020-06", "Junibrev", "column", "exempelforbundet", "2020-06", "stated")
    folder, findings = new_source(world_project / "data/sources", told, entities=entities)
    assert findings == []
    path = template(world_project / "juni.xlsx", entities=entities, vocabulary=WORDS, source=(told, folder))
    book = openpyxl.load_workbook(path)
    sheet = book["Påståenden"]
    at = {cell.value: cell.column for cell in sheet[1]}
    filled = (
        {"Slag": "StaffLoan", "Från": "sagokommun", "Till": "fou-exempel", "Andel": 0.5, "Från och med": "2020-03", "Ställe": "p1.s1"},
        {"Slag": "count", "Från": "fou-exempel", "Värde": 12, "Gäller": "sagokommun", "Ställe": "p1.s2", "Anmärkning": "'-12 i tabellen"},
    )
    for number, cells in enumerate(filled, 2):
        for heading, value in cells.items():
            sheet.cell(number, at[heading]).value = value
    book.save(path)
    proposal = propose(path, folder, entities=entities, vocabulary=WORDS)
    assert ([r.verdict for r in proposal.rows], proposal.refused) == (["new", "new"], ()), proposal.text("sv")
    write(proposal)
    assert (folder / "claims.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "StaffLoan,sagokommun,fou-exempel,,,,,,,0.5,,,,,2020-03,,,,p1.s1,,,", "count,fou-exempel,,12,,,,,sagokommun,,,,,,,,,,p1.s2,,,-12 i tabellen",
    ]  # fmt: skip
    built = build(project)
    assert built.counts["sources"] == len(before.sources) + 1
    after, _ = gather_inputs(project)
    assert [c.text("sv").split(":")[0] for c in changes(before, after)] == [
        "ny källa", "ny uppgift", "ändrad tid", "ändrade bestämningar", "fler belägg", "omstridd nu",
    ], "the loan was known; that it is said to begin in March 2020, though attested in 2018, is a disagreement"  # fmt: skip
