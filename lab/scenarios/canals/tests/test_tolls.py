import pytest

from canals.tolls import toll


@pytest.mark.parametrize("metres,expected", [(0, 3), (4, 3), (5, 4), (21, 7)])
def test_toll(metres, expected):
    assert toll(metres) == expected


@pytest.mark.parametrize("metres", range(1, 20))
def test_longer_is_never_cheaper(metres):
    assert toll(metres + 1) >= toll(metres)
