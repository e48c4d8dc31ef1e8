import pytest

from vineyard.corks import bags


@pytest.mark.parametrize("bottles,expected", [(0, 0), (1, 1), (100, 1), (101, 2), (1000, 10)])
def test_bags(bottles, expected):
    assert bags(bottles) == expected


@pytest.mark.parametrize("size", [10, 25, 50, 100, 250])
def test_bigger_bags_are_fewer(size):
    assert bags(900, size) >= bags(900, size * 2)
