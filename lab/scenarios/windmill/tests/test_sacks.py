import pytest

from windmill.grinding import sacks


@pytest.mark.parametrize("kilograms,expected", [(0, 0), (1, 1), (25, 1), (26, 2), (1000, 40)])
def test_sacks(kilograms, expected):
    assert sacks(kilograms) == expected


@pytest.mark.parametrize("kilograms", range(5, 100, 6))
def test_bigger_sacks_are_fewer(kilograms):
    assert sacks(kilograms, 50) <= sacks(kilograms, 25)
