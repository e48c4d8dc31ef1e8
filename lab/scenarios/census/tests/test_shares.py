import pytest

from census.counts import share


@pytest.mark.parametrize(
    "part,whole,expected", [(1, 2, 50.0), (1, 3, 33.3), (0, 9, 0.0), (3, 0, 0)]
)
def test_share(part, whole, expected):
    assert share(part, whole) == expected


@pytest.mark.parametrize("part", range(1, 20))
def test_parts_add_up(part):
    assert share(part, 20) + share(20 - part, 20) == pytest.approx(100)
