import uuid

import pytest

from storefront import baskets

PRICES = {"mug": 950, "tea": 420, "lamp": 3900}


@pytest.fixture
def basket():
    return uuid.uuid4().hex


class TestPut:
    @pytest.mark.parametrize("sku", PRICES)
    @pytest.mark.parametrize("quantity", [1, 2, 5, 10])
    def test_total_of_one_line(self, basket, sku, quantity):
        assert baskets.put(basket, sku, quantity, PRICES[sku]) == quantity * PRICES[sku]

    @pytest.mark.parametrize("sku", PRICES)
    def test_total_of_two_lines(self, basket, sku):
        baskets.put(basket, sku, 1, PRICES[sku])
        assert baskets.put(basket, sku, 2, PRICES[sku]) == 3 * PRICES[sku]


@pytest.mark.parametrize("cents,shown", [(950, "9.50"), (3900, "39.00"), (5, "0.05")])
def test_prices_are_shown(cents, shown):
    assert f"{cents / 100:.2f}" == shown


def test_prices_are_positive():
    assert min(PRICES.values()) > 0
