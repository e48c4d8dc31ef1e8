import pytest

from stationery.stock import order, write


@pytest.mark.parametrize("pieces,left", [(1, 99), (10, 90), (99, 1), (100, 0)])
def test_an_order_takes_from_the_stock(pieces, left):
    write({"ruler": 100, "tape": 12})
    assert order("ruler", pieces) == left


def test_two_orders():
    write({"ruler": 100, "tape": 12})
    order("tape", 5)
    assert order("tape", 5) == 2
