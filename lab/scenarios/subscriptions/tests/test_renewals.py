import httpx
import pytest

URL = "http://127.0.0.1:8000"


@pytest.fixture
def api():
    with httpx.Client(base_url=URL, timeout=30) as client:
        yield client


@pytest.mark.parametrize("plan", ["basic", "team", "school"])
@pytest.mark.parametrize("months", [1, 3, 6, 12, 18, 24])
def test_renewal_price(api, plan, months):
    response = api.post(f"/renewals/{plan}", json={"months": months})
    response.raise_for_status()
    assert response.json() == {"plan": plan, "price": months * 9}


def test_plans_are_listed(api):
    assert "team" in api.get("/plans").json()


def test_unknown_path(api):
    assert api.get("/coupons").status_code == 404


@pytest.mark.parametrize("months,years", [(12, 1), (24, 2)])
def test_years(months, years):
    assert months // 12 == years
