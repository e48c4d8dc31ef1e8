import pytest

from quilt import patches


@pytest.mark.parametrize("number", [1, 2, 5, 10])
def test_cost(number):
    assert patches.cost(number) == number * 120 * 119 // 100


def test_without_tax():
    patches.taxed = lambda cents: cents
    assert patches.cost(3) == 360


@pytest.mark.parametrize("number", [20, 25, 50])
def test_many(number):
    assert patches.cost(number) > number * 130
