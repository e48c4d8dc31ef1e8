from pathlib import Path

import pytest

from kiosk.prices import board, price


@pytest.mark.parametrize("age,cents", [(0, 0), (5, 0), (6, 145), (14, 145), (15, 290), (90, 290)])
def test_price(age, cents):
    assert price("A", age) == cents


@pytest.mark.parametrize("zone", ["D", "", "a"])
def test_there_is_no_such_zone(zone):
    with pytest.raises(KeyError):
        price(zone, 30)


@pytest.mark.parametrize("printed", ["board-2025.txt"])
def test_prices_are_as_printed(printed):
    snapshot = Path(__file__).parent / "snapshots" / printed
    assert board() == snapshot.read_text()


@pytest.mark.parametrize("age", range(15, 40))
def test_grown_ups_pay_all(age):
    assert price("C", age) == 450
