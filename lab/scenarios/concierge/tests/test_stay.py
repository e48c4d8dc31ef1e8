from datetime import date, timedelta

import pytest

from concierge.stay import easter, nights, total

MAY = date(2026, 5, 1)


@pytest.mark.parametrize("count", [1, 2, 7, 30, 365])
def test_nights(count):
    assert nights(MAY, MAY + timedelta(days=count)) == count


@pytest.mark.parametrize("count", [0, -1])
def test_nobody_leaves_before_they_come(count):
    with pytest.raises(ValueError, match="departure"):
        nights(MAY, MAY + timedelta(days=count))


@pytest.mark.parametrize("guests,expected", [(1, 103), (2, 106), (5, 115)])
def test_tax_is_by_head(guests, expected):
    assert total(100, MAY, MAY + timedelta(days=1), guests) == expected


@pytest.mark.parametrize("year,month,day", [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5)])
def test_easter(year, month, day):
    assert easter(year) == date(year, month, day)
