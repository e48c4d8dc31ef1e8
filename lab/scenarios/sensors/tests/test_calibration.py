import pytest

from sensors.calibration import corrected, offset


@pytest.mark.parametrize("sensor,expected", [("t-1", 0.2), ("t-2", -0.1), ("h-1", 1.5)])
def test_offset_of_a_sensor(sensor, expected):
    assert offset(sensor) == expected


@pytest.mark.parametrize("value,by,expected", [(20, 0.2, 20.2), (50, 1.5, 51.5), (3, -0.1, 2.9)])
def test_values_are_corrected(value, by, expected):
    assert corrected(value, by) == expected


@pytest.mark.parametrize("sensor", ["t-1", "t-2", "h-1"])
def test_sensor_names(sensor):
    assert sensor[1] == "-"
