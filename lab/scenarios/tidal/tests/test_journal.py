import pytest
import requests


@pytest.mark.parametrize("gauge", ["pier", "lock", "mole", "buoy", "reef", "cove"])
@pytest.mark.parametrize("tide", ["ebb", "flow"])
def test_a_gauge_is_noted(gauge, tide):
    answer = requests.post(f"http://127.0.0.1:8000/journal/{gauge}-{tide}", timeout=60)
    answer.raise_for_status()
    assert answer.json()["letters"] == len(gauge) + 1 + len(tide)
