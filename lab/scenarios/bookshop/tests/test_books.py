import time

import pytest

PRICES = {"emma": 900, "ulysses": 1900, "walden": 1200}


class TestBooks:
    @pytest.mark.parametrize("title", PRICES)
    @pytest.mark.parametrize("visit", range(6))
    def test_a_book_has_a_price(self, shop, title, visit):
        time.sleep(0.2)
        assert shop.get(f"/books/{title}").json()["cents"] == PRICES[title]

    @pytest.mark.parametrize("title", ["moby", "EMMA", "1984"])
    def test_there_is_no_such_book(self, shop, title):
        assert shop.get(f"/books/{title}").status_code == 404
