import pytest

from barometer.station import inches


@pytest.mark.parametrize("millibars", range(940, 1050, 5))
def test_inches(millibars):
    assert 27 < inches(millibars) < 32
