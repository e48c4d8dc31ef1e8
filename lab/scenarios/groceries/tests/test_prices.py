import pytest

from groceries.prices import by_weight, change


@pytest.mark.parametrize("grams,cents", [(0, 0), (1000, 399), (250, 100), (1, 0), (2, 1)])
def test_by_weight(grams, cents):
    assert by_weight(399, grams) == cents


@pytest.mark.parametrize("due", range(0, 500, 37))
def test_change_adds_up(due):
    assert sum(change(500, due)) == 500 - due


def test_few_coins():
    assert change(500, 112) == [200, 100, 50, 20, 10, 5, 2, 1]
