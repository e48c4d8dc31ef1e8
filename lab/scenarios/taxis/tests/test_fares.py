import pytest

from taxis.fares import fare


@pytest.mark.parametrize("distance,expected", [(0, 3.9), (1, 6.1), (10, 25.9)])
def test_by_day(distance, expected):
    assert fare(distance) == expected


@pytest.mark.parametrize("distance", range(1, 20))
def test_nights_are_dearer(distance):
    assert fare(distance, night=True) > fare(distance)
