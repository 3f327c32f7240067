"""Builds: three gates, atomic, the same bytes for the same inputs, and the former build stands when a gate stops one."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from socialgraph import SocialGraph
from socialgraph.errors import BuildFailed, BuildMissing, ProjectNotFound


def fingerprint(folder: Path) -> dict[str, str]:
    names = ("graph.nq.gz", "build.json", "findings.json")
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def break_a_row(project: Path, source: str = "exempel-2018-04") -> None:
    path = project / "data" / "sources" / source / "claims.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = "NoSuchKind" + lines[1][lines[1].index(",") :]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_same_inputs_give_the_same_bytes_and_the_same_id(world: SocialGraph, world_project: Path) -> None:
    again = SocialGraph.build(world_project)
    assert again.built.id == world.built.id
    assert fingerprint(again.built.folder) == fingerprint(world.built.folder)


def test_the_graph_file_is_sorted_and_carries_no_time(world: SocialGraph) -> None:
    raw = (world.built.folder / "graph.nq.gz").read_bytes()
    assert raw[4:8] == b"\0\0\0\0", "no modification time in the gzip header"
    lines = gzip.decompress(raw).decode().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == world.built.counts["quads"] == len(world.store)


def test_a_second_build_of_unchanged_inputs_is_the_first(world_project: Path) -> None:
    first = SocialGraph.build(world_project)
    second = SocialGraph.build(world_project)
    assert first.built.new
    assert not second.built.new
    assert first.built.id == second.built.id


def test_a_finding_stops_the_build_and_leaves_the_former_one_whole(world_project: Path) -> None:
    before = SocialGraph.build(world_project)
    kept = fingerprint(before.built.folder)
    break_a_row(world_project)
    with pytest.raises(BuildFailed) as stopped:
        SocialGraph.build(world_project)
    (finding,) = stopped.value.findings
    assert (finding.rule, finding.file, finding.row, finding.column) == ("unknown-kind", "data/sources/exempel-2018-04/claims.csv", 2, "kind")
    assert SocialGraph.open(world_project).built.id == before.built.id
    assert fingerprint(before.built.folder) == kept
    assert not list((world_project / "build").glob(".building-*")), "no half build is left behind"


def test_a_changed_input_gives_another_build_and_the_former_is_kept_for_its_readers(world_project: Path) -> None:
    first = SocialGraph.build(world_project)
    reader = SocialGraph.open(world_project)
    note = world_project / "data" / "sources" / "exempel-2018-04" / "notes.md"
    note.write_text(note.read_text(encoding="utf-8") + "\nmer\n", encoding="utf-8")
    second = SocialGraph.build(world_project)
    assert second.built.id != first.built.id
    assert len(reader.store) == first.built.counts["quads"], "a reader of the former build goes on reading"


def test_killed_half_way_the_old_build_stands(world_project: Path) -> None:
    before = SocialGraph.build(world_project)
    note = world_project / "data" / "sources" / "exempel-2018-04" / "notes.md"
    note.write_text(note.read_text(encoding="utf-8") + "\nmer\n", encoding="utf-8")
    script = "import sys; from socialgraph import SocialGraph; SocialGraph.build(sys.argv[1], progress=lambda w, d, n: print(w, flush=True))"
    process = subprocess.Popen([sys.executable, "-c", script, str(world_project)], stdout=subprocess.PIPE, text=True, env=_environment())
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(("graph", "shapes")):  # the new graph is being written and checked
            process.send_signal(signal.SIGKILL)
            break
    assert process.wait() == -signal.SIGKILL
    assert SocialGraph.open(world_project).built.id == before.built.id
    assert SocialGraph.build(world_project).built.new, "and the next build succeeds over what was left"


def test_two_builders_at_once_both_end_with_the_same_build(world_project: Path) -> None:
    script = "import sys; from socialgraph import SocialGraph; print(SocialGraph.build(sys.argv[1]).built.id)"
    running = [subprocess.Popen([sys.executable, "-c", script, str(world_project)], stdout=subprocess.PIPE, text=True, env=_environment()) for _ in range(2)]
    ids = {p.communicate(timeout=120)[0].strip() for p in running}
    assert [p.returncode for p in running] == [0, 0]
    assert ids == {SocialGraph.open(world_project).built.id}


def test_a_total_out_of_bounds_is_a_finding(world_project: Path) -> None:
    path = world_project / "data" / "sources" / "exempel-2018-04" / "claims.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    assert "total-claims" in {f.rule for f in SocialGraph.check(world_project)}


def test_findings_are_kept_with_the_build_as_text_and_json(world: SocialGraph) -> None:
    held = json.loads((world.built.folder / "findings.json").read_text(encoding="utf-8"))
    assert len(held) == world.built.counts["findings"] == len(world.built.findings)
    assert all({"file", "row", "rule", "text_sv", "text_en"} <= set(f) for f in held)


def test_a_missing_build_says_which_command_makes_it(world_project: Path) -> None:
    with pytest.raises(BuildMissing, match="socialgraph build"):
        SocialGraph.open(world_project)


def test_a_folder_that_is_no_project_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(ProjectNotFound, match="ontology"):
        SocialGraph.open(tmp_path)


def test_hermit_proves_the_world_consistent_and_the_direct_triples_right(world_project: Path) -> None:
    started = time.monotonic()
    findings = SocialGraph.check(world_project, reason=True)
    assert not [f for f in findings if f.rule in ("inconsistent", "derivation-differs")], f"after {time.monotonic() - started:.0f} s"


def test_a_planted_contradiction_is_found(world_project: Path) -> None:
    """A disjointness added to the ontology that the data contradicts: the row gate cannot see it, the reasoner does."""
    ontology = world_project / "ontology" / "socialgraph.ttl"
    ontology.write_text(ontology.read_text(encoding="utf-8") + "\nsg:RnDUnit owl:disjointWith sg:OrganisationalUnit .\n", encoding="utf-8")
    assert "inconsistent" in {f.rule for f in SocialGraph.check(world_project, reason=True)}


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
