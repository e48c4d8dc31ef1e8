import time

import pytest

from quotes.client import price

SYMBOLS = ["ACME", "INIT", "HOOL", "UMBR", "WAYN", "STRK", "CYBD", "TYRL"]


@pytest.fixture(autouse=True)
def market_clock():
    time.sleep(0.25)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_price_is_the_partners(symbol):
    assert price(symbol) == sum(map(ord, symbol))


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_price_in_euros_has_two_digits(symbol):
    euros = f"{price(symbol) / 100:.2f}"
    assert euros[-3] == "."


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_symbols_have_four_letters(symbol):
    assert len(symbol) == 4
