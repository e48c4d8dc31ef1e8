import pytest

from barometer.station import storm


@pytest.mark.parametrize("sensors", [3, 4, 6, 5], ids=["few", "some", "more", "many"])
@pytest.mark.parametrize("millibars", [960, 980, 1000, 1013, 1020])
def test_every_report_is_heard(millibars, sensors):
    assert storm([millibars] * sensors).heard == 5 * sensors


@pytest.mark.parametrize("millibars", range(970, 1030, 6))
def test_the_mean_of_equals(millibars):
    assert storm([millibars] * 4).mean() == millibars
