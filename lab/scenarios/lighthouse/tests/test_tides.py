import pytest

from lighthouse.tides import height


@pytest.mark.parametrize("hour,expected", enumerate([0, 1, 3, 6, 9, 11, 12]))
def test_height(hour, expected):
    assert height(0, 12, hour) == expected


@pytest.mark.parametrize("low,high", [(1, 4), (0.5, 6.5), (-1, 2)])
def test_tide_ends_high(low, high):
    assert height(low, high, 6) == high


@pytest.mark.parametrize("hour", [7, 8])
def test_there_are_six_hours(hour):
    with pytest.raises(IndexError):
        height(0, 1, hour)
