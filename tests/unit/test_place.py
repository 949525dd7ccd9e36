"""Places as people write them."""

from __future__ import annotations

import pytest

from world.errors import Refusal
from world.place import Place, named_places, parse_place, place_text, text_of_pose
from world.pose import Pose
from world.recipe import load_recipe


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("12.5,-40/90", Place(12.5, -40.0, None, 90.0)),
        ("0,0,1.65/-90/5", Place(0.0, 0.0, 1.65, 270.0, 5.0)),
        ("-30000,40000/360", Place(-30000.0, 40000.0, None, 0.0)),
    ],
)
def test_coordinates(text: str, place: Place) -> None:
    assert parse_place(text) == place


def test_a_copied_place_is_read_back() -> None:
    pose = Pose((12.344, -7.5, 3.21), 359.96, -4.2)
    again = parse_place(text_of_pose(pose))
    assert (again.x, again.y, again.z) == (12.34, -7.5, 3.21)
    assert abs((again.heading_deg - pose.heading_deg + 180) % 360 - 180) < 0.1
    assert again.pitch_deg == -4.2
    assert place_text(1, 2, None, 90) == "1.00,2.00/90.0"


@pytest.mark.parametrize(
    "text", ["", "1", "1,2", "1/2", "1,2,3,4/5", "1,2/3/4/5", "a,b/c", "1,inf/0", "1,2/400", "40001,0/0", "0,0,900/0", "no_such_place"]
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="--at") as refused:
        parse_place(text)
    assert "\n" not in str(refused.value)


def test_shipped_places_are_places_in_shipped_recipes() -> None:
    for name, place in named_places().items():
        assert parse_place(name) == place
        assert place.title, name
        if place.recipe:
            load_recipe(place.recipe)
