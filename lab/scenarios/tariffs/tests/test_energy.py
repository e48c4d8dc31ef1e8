from decimal import Decimal

import pytest

from tariffs import energy


@pytest.mark.parametrize("hours,cents", [(1, "31.25"), (4, "125.00"), (16, "500.00")])
def test_day_total(hours, cents):
    assert energy.day(hours) == Decimal(cents)


@pytest.mark.parametrize("hours,cents", [(1, "22.18"), (3, "66.56"), (7, "155.30")])
def test_night_total(hours, cents):
    assert energy.night(hours) == Decimal(cents)


def test_a_month_of_nights():
    assert energy.night(8 * 30) == Decimal("5324.40")


@pytest.mark.parametrize("hours", range(8))
def test_nights_are_cheaper(hours):
    assert energy.night(hours) <= energy.day(hours)
