import httpx
import pytest

api = httpx.Client(base_url="http://127.0.0.1:8000", timeout=60)


@pytest.mark.parametrize("name", ["Ada", "O'Neill", "Bo", "D'Arcy", "Kim"])
def test_a_name_is_kept(name):
    assert api.post("/people", json={"name": name}).json()["name"] == name


def test_a_code_is_sent():
    assert api.post("/codes", json={}).status_code == 201


@pytest.mark.parametrize("number", range(8))
def test_codes_are_numbers(number):
    assert str(4711 + number).isdigit()
