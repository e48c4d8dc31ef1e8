import pytest

from zoo.signs import price


@pytest.mark.parametrize("age", range(30))
def test_price(age):
    assert price(age) in (0, 900, 1800)
