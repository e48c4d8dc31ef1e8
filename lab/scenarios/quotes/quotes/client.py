"""Prices from the market-data partner."""

import httpx


class QuotaExceeded(RuntimeError):
    """The partner wants us to wait."""


def price(symbol):
    response = httpx.get(f"http://127.0.0.1:8100/v2/price/{symbol}", timeout=30)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        wait = response.headers["retry-after"]
        raise QuotaExceeded(f"429 Too Many Requests for {response.url}: retry after {wait} s")
    return response.json()["cents"]
