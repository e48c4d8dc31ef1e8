import pytest

from parking.fees import fee, places


@pytest.fixture
def garage():
    return places("A")


def test_fee_of_a_day():
    assert fee(HOURS_A_DAY) == 2000


@pytest.mark.parametrize("level", ["A", "B"])
def test_label_of_a_place(level):
    assert "place " + len(places(level)) == "place 5"


def test_last_place(garage):
    assert garage[5] == "A05"


def test_two_garages():
    assert garage() + garage() == 2 * places("A")


@pytest.mark.parametrize("hours,cents", [(1, 250), (2, 500), (8, 2000), (24, 2000), (0, 0)])
def test_fee(hours, cents):
    assert fee(hours) == cents
