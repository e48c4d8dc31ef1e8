import pytest

from ferries.sailings import cars, plan

SHIPS = ["Aurora", "Bergen", "Clara"]


@pytest.mark.parametrize("pier", ["east", "west", "town", "island", "fort"])
@pytest.mark.parametrize("ship", SHIPS)
def test_a_flat_ship_sails(ship, pier):
    assert plan(ship, pier, 1.0) == {"ship": ship, "pier": pier, "sails": True}


@pytest.mark.parametrize("ship", SHIPS)
def test_a_deep_ship_waits(ship):
    assert not plan(ship, "east", 4.0)["sails"]


@pytest.mark.parametrize(
    "deck,trucks,expected", [(100, 0, 20), (100, 2, 12), (20, 3, 0), (0, 0, 0), (54, 3, 0)]
)
def test_cars(deck, trucks, expected):
    assert cars(deck, trucks) == expected
