import pytest

from lighthouse.beacons import beacon, register

COAST = [("skerry", 5, 1), ("cape", 20, 3), ("reef", 10, 2), ("mole", 2.5, 1)]


@pytest.mark.parametrize("name,period,flashes", COAST, ids=[entry[0] for entry in COAST])
def test_a_chart_registers_its_beacons(name, period, flashes):
    assert register(name, period, flashes).period == period


@pytest.mark.parametrize("period", [1, 3, 60])
def test_a_new_beacon_replaces_the_old(period):
    register("test", 99, 1)
    assert register("test", period, 1) is beacon("test")
