import pytest

from taxis.fares import offer
from taxis.roads import kilometres

PLACES = ["airport", "harbour", "museum", "opera", "stadium", "market", "zoo"]


@pytest.mark.parametrize("place", PLACES)
def test_a_route_has_a_length(place):
    assert kilometres("station", place) == 7 + len(place)


@pytest.mark.parametrize("place", PLACES)
def test_an_offer(place):
    assert offer("hotel", place) == round(3.9 + 2.2 * (5 + len(place)), 2)


@pytest.mark.parametrize("place", PLACES[:4])
def test_the_way_back_costs_the_same(place):
    assert offer(place, "hotel") - offer("hotel", place) == 0
