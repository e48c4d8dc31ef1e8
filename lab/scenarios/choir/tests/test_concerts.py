import pytest

from choir.concerts import seats


@pytest.mark.parametrize("choir", [8, 24, 60, 90])
@pytest.mark.parametrize("hall", [0, 100, 800])
def test_nobody_stands(choir, hall):
    assert seats(choir, hall)["choir"] <= 60


def test_the_rest_is_for_the_audience():
    assert seats(20, 120)["audience"] == 100
