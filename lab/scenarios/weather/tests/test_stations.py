import time

import pytest

from weather import stations


@pytest.fixture
def db():
    connection = stations.connect()
    yield connection
    connection.close()


@pytest.mark.parametrize("metres", [0, 12, 800, 2962])
def test_a_station_is_founded(db, metres):
    stations.found_station(db, "TEST", metres)
    time.sleep(0.15)
    stations.close_station(db, "TEST")


@pytest.mark.parametrize("degrees", [(1, 3), (20.5, 21.5, 22.5), (-4,), (0, 0, 0, 0)])
def test_the_mean(db, degrees):
    stations.measure(db, "MEAN", *degrees)
    time.sleep(0.15)
    assert stations.mean(db, "MEAN") == (sum(degrees) / len(degrees), len(degrees))
    stations.close_station(db, "MEAN")
