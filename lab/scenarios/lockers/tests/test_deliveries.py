import httpx
import pytest

STATIONS = ["north", "harbour", "campus"]


@pytest.fixture
def api():
    with httpx.Client(base_url="http://127.0.0.1:8000", timeout=30) as client:
        yield client


def deliver(api, station, size):
    response = api.post(f"/stations/{station}/deliveries", json={"size": size})
    response.raise_for_status()
    return response.json()


@pytest.mark.parametrize("station", STATIONS)
@pytest.mark.parametrize("size", ["letter", "small", "medium", "large", "oversize"])
def test_a_parcel_fits(api, station, size):
    assert 0 <= deliver(api, station, size)["door"] < 17


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("station", STATIONS)
def test_the_answer_names_the_station(api, station, size):
    assert deliver(api, station, size)["station"] == station


@pytest.mark.parametrize("station", STATIONS)
def test_a_station_has_doors(api, station):
    assert api.get(f"/stations/{station}").json()["doors"] == 17
