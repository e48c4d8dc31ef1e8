import pytest

from agency.bookings import book, discounted

PLACES = ["porto", "malmo", "split", "cork", "graz", "lyon"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("week", [20, 30])
def test_a_trip_is_booked(number, place, week):
    assert book(number, place) == place


@pytest.mark.parametrize("place", PLACES[:4])
def test_a_group_is_booked(group_number, place):
    assert book(group_number, place) == place


@pytest.mark.parametrize("percent,cents", [(10, 900), (50, 500)])
def test_discount(percent, cents):
    assert discounted(1000, percent) == cents


@pytest.mark.parametrize("place", PLACES[:2])
def test_brochure_names_the_place(brochure, place):
    assert place in brochure


@pytest.mark.parametrize("place", PLACES)
def test_no_discount_on_nothing(place):
    assert discounted(0, 10) == 0
