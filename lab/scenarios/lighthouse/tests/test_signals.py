import pytest

from lighthouse.signals import character, seen


@pytest.mark.parametrize(
    "name,expected",
    [("skerry", "Fl(1) 5s"), ("cape", "Fl(3) 20s"), ("reef", "Fl(2) 10s"), ("mole", "Fl(1) 2.5s")],
)
def test_character(name, expected):
    assert character(name) == expected


@pytest.mark.parametrize("name,flashes", [("skerry", 12), ("cape", 9), ("reef", 12), ("mole", 24)])
def test_flashes_in_a_minute(name, flashes):
    assert seen(name, 60) == flashes


@pytest.mark.parametrize("seconds", [0, 1, 4.9])
def test_nothing_is_seen_before_the_first_flash(seconds):
    assert seen("skerry", seconds) == 0
