import pytest

from granary.scales import dry


@pytest.mark.parametrize("tenths", range(100, 144))
def test_dry(tenths):
    assert dry(tenths / 10)


@pytest.mark.parametrize("tenths", range(145, 170))
def test_too_moist(tenths):
    assert not dry(tenths / 10)
