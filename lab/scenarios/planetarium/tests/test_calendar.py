import pytest

from planetarium.calendar import age, full_moons


@pytest.mark.parametrize("days,expected", [(0, 0), (29, 0), (30, 1), (365, 12)])
def test_full_moons(days, expected):
    assert full_moons(days) == expected


@pytest.mark.parametrize("days", range(0, 300, 15))
def test_age(days):
    assert 0 <= age(days) <= 29.6
