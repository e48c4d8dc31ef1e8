import pytest

from trams.tickets import price


@pytest.mark.parametrize("zones", range(1, 20))
def test_farther_is_dearer(zones):
    assert price(zones + 1) > price(zones)


def test_one_zone():
    assert price(1) == 1.4
