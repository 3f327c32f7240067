"""The country laid out by place: areas on a map, in order, apart; what belongs nowhere beside them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from socialgraph.analysis.regions import Area, regions


def country(sizes: list[tuple[int, int]]) -> dict[str, Area]:
    return {
        f"c{n}": Area(n // 4, n % 4, [f"c{n}", *(f"c{n}m{i}" for i in range(members))], [f"c{n}l{i}" for i in range(leaves)])
        for n, (members, leaves) in enumerate(sizes)
    }


SIZES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 60)), min_size=1, max_size=12)


@given(SIZES, st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_everything_has_a_place_in_its_area_and_areas_do_not_meet(sizes: list[tuple[int, int]], others: int) -> None:
    areas = country(sizes)
    names = [f"n{i}" for i in range(others)]
    places, boxes = regions(areas, names, list(pairwise(names)))
    assert set(places) == {id for area in areas.values() for id in (*area.members, *area.leaves)} | set(names)
    for id, area in areas.items():
        x, y, width, height = boxes[id]
        assert all(x <= places[m][0] <= x + width and y <= places[m][1] <= y + height for m in (*area.members, *area.leaves))
    for one, a in boxes.items():
        for other, b in boxes.items():
            assert one == other or a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
    left = min(box[0] for box in boxes.values())
    assert all(places[name][0] < left for name in names)


def test_the_map_keeps_north_up_and_west_left() -> None:
    _, boxes = regions(country([(3, 0)] * 8), [], [])
    assert boxes["c0"][1] < boxes["c4"][1]
    assert boxes["c0"][0] < boxes["c1"][0] < boxes["c2"][0]


def test_a_thing_that_comes_last_moves_nothing_in_another_area() -> None:
    before, _ = regions(country([(5, 2), (5, 2), (5, 2)]), [], [])
    after, _ = regions(country([(5, 2), (5, 2), (6, 2)]), [], [])
    assert {id: place for id, place in before.items() if id.startswith("c0")} == {id: place for id, place in after.items() if id.startswith("c0")}
