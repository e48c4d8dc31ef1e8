import httpx
import pytest

TIMEOUT = httpx.Timeout(20, read=1.2)


def fetch(period, account):
    url = f"http://127.0.0.1:8000/statements/{period}/{account}"
    return httpx.get(url, timeout=TIMEOUT).raise_for_status().json()


@pytest.mark.parametrize("account", range(1, 13))
def test_monthly(account):
    assert fetch("monthly", account)["entries"] == 30


@pytest.mark.parametrize("account", [1, 2, 3, 4])
def test_yearly(account):
    assert fetch("yearly", account)["entries"] == 365


@pytest.mark.parametrize("days", [28, 29, 30, 31])
def test_months(days):
    assert 27 < days < 32
