import pytest
import requests

BASE = "http://127.0.0.1:8000/readings"
GAUGES = ["pier", "lock", "mole", "buoy", "reef", "cove"]


def put(gauge, metres):
    requests.put(f"{BASE}/{gauge}", json={"metres": metres}, timeout=60).raise_for_status()
    return requests.get(f"{BASE}/{gauge}", timeout=60).json()["metres"]


@pytest.mark.parametrize("gauge", GAUGES)
def test_a_reading_is_kept(gauge):
    put(f"{gauge}-1", 2.5)
    assert put(f"{gauge}-2", 3.1) == 3.1
    assert requests.get(f"{BASE}/{gauge}-1", timeout=60).json()["metres"] == 2.5


@pytest.mark.parametrize("gauge", GAUGES)
def test_readings_can_be_added(gauge):
    put(f"{gauge}-3", 1.5)
    put(f"{gauge}-4", 1.0)
    found = [requests.get(f"{BASE}/{gauge}-{n}", timeout=60).json()["metres"] for n in (3, 4)]
    assert sum(found) == 2.5
