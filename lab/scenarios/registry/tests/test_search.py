import pytest
import urllib3

http = urllib3.PoolManager(retries=False, timeout=60)
BASE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("parcel", ["moon-1", "moon-2", "moon-3", "moon-4"])
def test_nobody_owns_what_was_never_entered(parcel):
    answer = http.request("GET", f"{BASE}/deeds/{parcel}")
    assert answer.status == 200
    assert answer.json()["owner"] is None


@pytest.mark.parametrize("price,fee", [(0, 0), (99, 0), (100, 1), (54_000, 540)])
def test_a_fee(price, fee):
    assert http.request("GET", f"{BASE}/fees/{price}").json() == {"fee": fee}


@pytest.mark.parametrize("price", range(1000, 12000, 1000))
def test_fees_grow(price):
    fees = [http.request("GET", f"{BASE}/fees/{p}").json()["fee"] for p in (price, price + 500)]
    assert fees[0] < fees[1]
