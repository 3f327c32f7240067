"""Where the nodes of a picture stand: by county for the country, by forces for a part."""

from __future__ import annotations

from socialgraph import SocialGraph
from socialgraph.drawing import placed
from socialgraph.pages.tilemap import GRID


def test_the_country_has_an_area_for_every_county_and_everything_stands_where_it_belongs(real: SocialGraph) -> None:
    picture = placed(real.view(mode="possible").picture(every_day=True))
    assert {area.id for area in picture.areas} == {tile.id for tile in GRID}
    boxes = {area.id: area for area in picture.areas}
    for node in picture.nodes:
        home = node.county or node.id
        if home in boxes:
            area = boxes[home]
            assert area.x <= node.x <= area.x + area.width
            assert area.y <= node.y <= area.y + area.height
        else:
            assert node.x < min(box.x for box in boxes.values())
    assert len({(n.x, n.y) for n in picture.nodes}) == len(picture.nodes)


def test_the_same_picture_is_placed_alike_and_a_part_has_no_areas(real: SocialGraph) -> None:
    whole = real.view(mode="possible").picture(every_day=True)
    assert placed(whole) == placed(whole)
    assert placed(real.view(mode="possible").picture(of=["skr"], every_day=True)).areas == ()
