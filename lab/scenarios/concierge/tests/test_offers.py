from datetime import date

import pytest

from concierge.stay import total

KINDS = {"single": 90, "double": 140, "suite": 320}


class TestOffers:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("day", [2, 3, 9])
    def test_total(self, partner, kind, day):
        price = partner.price(kind)
        assert total(price, date(2026, 5, 1), date(2026, 5, day)) == (day - 1) * (KINDS[kind] + 3)

    @pytest.mark.parametrize("kind", KINDS)
    def test_price(self, partner, kind):
        assert partner.price(kind) == KINDS[kind]

    def test_a_suite_is_dearer(self, partner):
        assert partner.price("suite") > partner.price("double")


def test_the_partner_is_up(partner):
    assert partner.healthy()
