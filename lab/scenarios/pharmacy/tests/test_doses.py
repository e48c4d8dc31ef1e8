import pytest

from pharmacy.doses import daily, dose


@pytest.mark.parametrize("kilograms,expected", [(67, 10), (45.5, 7)])
def test_a_dose_is_rounded(kilograms, expected):
    assert dose(kilograms, 0.149) == expected


@pytest.mark.parametrize("hours,expected", [(4, 60), (6, 40), (8, 30), (12, 20), (24, 10)])
def test_a_day(hours, expected):
    assert daily(10, hours) == expected


@pytest.mark.parametrize("kilograms", range(10, 100, 10))
def test_heavier_needs_more(kilograms):
    assert dose(kilograms + 10, 2) > dose(kilograms, 2)
