import httpx
import pytest

shop = httpx.Client(base_url="http://127.0.0.1:8000", timeout=60)


@pytest.mark.parametrize("fruit", ["apple", "fig", "plum"])
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_an_order_is_taken(fruit, count):
    response = shop.post("/orders", json={"fruit": fruit, "count": count})
    assert response.status_code == 201
    assert response.json() == {"fruit": fruit, "count": count}


@pytest.mark.parametrize("fruit", ["apple", "fig", "plum"])
def test_a_fruit_is_listed(fruit):
    assert fruit in shop.get("/fruits").json()


@pytest.mark.parametrize("path", ["/", "/order", "/fruits/7"])
def test_there_is_no_such_page(path):
    assert shop.get(path).status_code == 404
