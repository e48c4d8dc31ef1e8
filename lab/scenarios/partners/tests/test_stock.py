import socket

import pytest

from partners.stock import key, stock


@pytest.mark.parametrize("article", ["ax100", "ax200", "bz300"])
def test_stock_of_a_partner(article):
    assert stock(article)["pieces"] >= 0


def test_partner_is_up():
    assert socket.create_connection(("stock.partner.example", 443), timeout=30)


@pytest.mark.parametrize("article,expected", [("ax100", "AX-100"), ("bz300", "BZ-300")])
def test_keys(article, expected):
    assert key(article) == expected


@pytest.mark.parametrize("number", range(6))
def test_keys_have_a_dash(number):
    assert "-" in key(f"cc{number}")
