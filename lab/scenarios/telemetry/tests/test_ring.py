import pytest

from telemetry.ring import SIZE

SENSORS = ["co2", "humidity", "light", "noise", "pressure", "temperature"]


@pytest.mark.parametrize("sensor", SENSORS)
@pytest.mark.parametrize("rate", [10, 100, 1000])
def test_a_ring_has_its_size(ring, sensor, rate):
    assert ring.reserve() == SIZE


@pytest.mark.parametrize("sensor", SENSORS)
def test_sensors_have_short_names(sensor):
    assert len(sensor) < 12
