import pytest

from mint.coins import change


@pytest.mark.parametrize("pence", range(1, 25))
def test_change_adds_up(pence):
    assert sum(change(pence)) == pence


def test_few_coins():
    assert change(70) == [50, 20]
