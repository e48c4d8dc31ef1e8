import asyncio

import pytest

from opera.tickets import row, seats


@pytest.mark.parametrize("night", range(1, 9))
def test_seats_are_told(night):
    assert asyncio.run(seats(night)) == 900 - 7 * night


@pytest.mark.parametrize("number", [1, 2, 3])
def test_rows(number):
    assert asyncio.run(row(1, number)) == 89 + number
