import pytest

from gardens.beds import rows, sow

PLANTS = ["leek", "kale", "beet", "pea", "dill", "chard"]


@pytest.mark.parametrize("count", [1, 10, 100])
@pytest.mark.parametrize("plant", PLANTS)
def test_seeds_are_sown(plant, count):
    assert sow(plant, count) >= 1


@pytest.mark.parametrize("length,distance,expected", [(10, 5, 3), (9, 5, 2), (0, 5, 1)])
def test_rows(length, distance, expected):
    assert rows(length, distance) == expected
