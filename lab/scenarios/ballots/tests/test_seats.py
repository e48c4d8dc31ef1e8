import time

import pytest

from ballots.seats import seats


@pytest.mark.parametrize("total", range(1, 22))
def test_all_seats_are_given(total):
    time.sleep(0.03)
    assert sum(seats({"green": 41, "blue": 35, "grey": 9}, total).values()) == total


def test_a_tie():
    assert seats({"green": 10, "blue": 10}, 2) == {"green": 1, "blue": 1}
