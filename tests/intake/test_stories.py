"""Stories: told steps, read strictly; a relation that is gone is a warning, everything else that is wrong an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialgraph import SocialGraph
from socialgraph.intake.stories import read_stories
from socialgraph.model.dates import last_day
from socialgraph.model.picture import day_number

STEP = "title: {sv: Ett, en: One}\nsteps:\n  - {title: {sv: A, en: A}, text: {sv: B, en: B}, day: 2018-04-30%s}\n"


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "saga.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_story_is_read_with_days_as_numbers_and_relations_by_their_first_digits(world: SocialGraph, tmp_path: Path) -> None:
    relation = world.holdings.relations[0]
    text = STEP % f", since: 2017, kinds: [StaffLoan], focus: exempelforbundet, depth: 2, relations: [{relation.id[:8]}]"
    (story,), findings = read_stories(write(tmp_path / "s", text), "stories", world.holdings)
    (step,) = story.steps
    assert not findings
    assert (story.id, step.day, step.since) == ("saga", day_number(last_day("2018-04-30")), day_number(last_day("2017-12-31")))
    assert (step.kinds, step.focus, step.depth, step.relations) == (("StaffLoan",), "exempelforbundet", 2, (relation.id,))


WRONG = {
    "no YAML": ("title: [", "bad-story"),
    "no steps": ("title: {sv: A, en: A}\n", "bad-story"),
    "no English": ("title: {sv: A}\nsteps: []\n", "bad-story"),
    "an unknown field": (STEP % ", colour: red", "bad-story"),
    "no day": ("title: {sv: A, en: A}\nsteps:\n  - {title: {sv: A, en: A}, text: {sv: B, en: B}}\n", "bad-story"),
    "a day that is none": (STEP.replace("2018-04-30", "2018-13-40") % "", "bad-story"),
    "too deep": (STEP % ", depth: 9", "bad-story"),
    "an unknown entity": (STEP % ", entities: [exempelforbunde]", "unknown-entity"),
    "an unknown focus": (STEP % ", focus: exempelforbunde", "unknown-entity"),
    "an unknown kind": (STEP % ", kinds: [StafLoan]", "unknown-kind"),
    "a relation that is gone": (STEP % ", relations: [0000000000000000]", "relation-gone"),
    "too few digits": (STEP % ", relations: ['12']", "relation-gone"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_a_finding_with_file_and_step(world: SocialGraph, tmp_path: Path, case: str) -> None:
    text, rule = WRONG[case]
    stories, findings = read_stories(write(tmp_path / "s", text), "data/stories", world.holdings)
    assert [f.rule for f in findings] == [rule]
    assert findings[0].text("sv").startswith("data/stories/saga.yml")
    assert findings[0].severity == ("warning" if rule == "relation-gone" else "error")
    if rule == "relation-gone":
        assert stories[0].steps[0].relations == ()


def test_no_folder_is_no_story(world: SocialGraph, tmp_path: Path) -> None:
    assert read_stories(tmp_path / "nowhere", "stories", world.holdings) == ([], [])


def test_a_bad_story_stops_a_build_and_a_good_one_is_kept_in_it(world_project: Path) -> None:
    write(world_project / "data" / "stories", STEP % ", kinds: [StafLoan]")
    assert "unknown-kind" in {f.rule for f in SocialGraph.check(world_project)}
    write(world_project / "data" / "stories", STEP % "")
    assert (SocialGraph.build(world_project).built.stories / "saga.yml").is_file()


def test_the_stories_of_the_repository_name_only_what_is_there_and_their_relations_are_seen_on_their_days(real: SocialGraph) -> None:
    stories, findings = read_stories(real.built.stories, "data/stories", real.holdings)
    assert not findings
    assert len(stories) >= 2
    relations = {r.id: r for r in real.holdings.relations}
    for story in stories:
        assert len(story.steps) >= 4
        for step in story.steps:
            day = last_day(str(real.last_day)).fromordinal(step.day + 719163)
            shown = [real.view(at=day.isoformat(), mode="possible").state(relations[id]) for id in step.relations]
            assert shown
            assert set(shown) <= {"certain", "presumed", "possible", "planned", "wished"}, (story.id, step.title.sv, shown)
