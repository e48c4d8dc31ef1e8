import pytest

from tollgate.vehicles import axles, fare


@pytest.mark.parametrize("number", range(100, 122))
def test_axles_are_known(number):
    assert axles(f"TG-{number}") == 4


@pytest.mark.parametrize("count,night,cents", [(2, False, 450), (2, True, 360), (5, True, 1360)])
def test_fare(count, night, cents):
    assert fare(count, night) == cents


@pytest.mark.parametrize("count", [0, 1, 6])
def test_there_is_no_such_fare(count):
    with pytest.raises(KeyError):
        fare(count)
