import time

import pytest
import requests

BASE = "http://127.0.0.1:8000/deeds"


@pytest.fixture(autouse=True)
def _ink_dries():
    yield
    time.sleep(0.05)


@pytest.mark.parametrize("deed", ["will", "sale", "lease", "gift", "charter", "mortgage"])
def test_a_deed_has_pages(deed):
    assert requests.get(f"{BASE}/{deed}", timeout=30).json()["pages"] == len(deed)


@pytest.mark.parametrize("kind,machine", [("stamp", 1), ("ribbon", 2), ("ink", 3), ("wax", 4)])
@pytest.mark.parametrize("deed", ["will", "sale", "lease", "gift"])
def test_a_seal_is_set(deed, kind, machine):
    answer = requests.post(f"{BASE}/{deed}/seal/{kind}", timeout=30)
    assert answer.json()["machine"] == machine
