import httpx
import pytest

api = httpx.Client(base_url="http://127.0.0.1:8000", timeout=60)


@pytest.mark.parametrize("currency", ["EUR", "USD", "GBP", "JPY", "KRW"])
@pytest.mark.parametrize("amount", [1, 20, 300])
def test_a_charge_is_booked(currency, amount):
    response = api.post("/charges", json={"amount": amount, "currency": currency})
    assert response.status_code == 201, response.text
    assert response.json()["currency"] == currency


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_refund(currency):
    response = api.post("/refunds", json={"amount": 5, "currency": currency})
    assert response.status_code == 201, response.text


@pytest.mark.parametrize("code", ["EUR", "JPY", "KRW"])
def test_codes_have_three_letters(code):
    assert len(code) == 3
