import httpx
import pytest


def plan(stops):
    return httpx.post("http://127.0.0.1:8000/routes", json={"stops": stops}, timeout=60).json()


@pytest.mark.parametrize("stops", [["b", "a"], ["c"], ["z", "y", "x"]])
def test_stops_are_in_order(stops):
    assert plan(stops)["stops"] == sorted(stops)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_kilometres(count):
    assert plan(["stop"] * count)["km"] == 4 * count


def test_a_route_without_stops():
    assert plan([])["km"] == 0


@pytest.mark.parametrize("count", [7, 8, 9, 10, 11, 12])
def test_long_routes(count):
    assert plan(["stop"] * count)["km"] == 4 * count


@pytest.mark.parametrize("city", ["ulm", "bonn", "kiel"])
def test_cities(city):
    assert city.isalpha()
