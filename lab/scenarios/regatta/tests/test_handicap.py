import time

import pytest

from regatta.handicap import corrected

BOATS = ["laser", "finn", "optimist", "dragon"]


@pytest.fixture(autouse=True)
def start_line():
    time.sleep(0.15)


@pytest.mark.parametrize("boat", BOATS)
@pytest.mark.parametrize("handicap,expected", [(10, 900), (20, 800), (0, 1000), (50, 500)])
def test_corrected_time(boat, handicap, expected):
    assert corrected(1000, handicap) == expected


@pytest.mark.parametrize("boat", BOATS)
@pytest.mark.parametrize("minutes", [1, 5, 10, 20])
def test_times_are_seconds(boat, minutes):
    assert corrected(minutes * 60, 50) == minutes * 30
