import json

import pytest
import urllib3

http = urllib3.PoolManager(retries=False, timeout=60)
BASE = "http://127.0.0.1:8000"
PARCELS = ["mill-3", "brook-8", "hill-1", "ford-12", "wood-5", "marsh-2", "lane-9"]


def enter(parcel, owner):
    return http.request("POST", f"{BASE}/deeds/{parcel}", json={"owner": owner})


@pytest.mark.parametrize("parcel", PARCELS)
def test_a_deed_is_entered(parcel):
    answer = enter(parcel, "the parish")
    assert answer.status == 201, answer.data.decode()


@pytest.mark.parametrize("parcel", PARCELS)
def test_the_answer_names_the_owner(parcel):
    told = json.loads(enter(f"{parcel}-b", "the mill").data)
    assert told == {"parcel": f"{parcel}-b", "owner": "the mill"}
