import pytest

from weather.sun import beaufort, is_night


@pytest.mark.parametrize(
    "moment,night", [("2026-05-01T05:00+02:00", True), ("2026-05-01T23:30+02:00", True)]
)
def test_night_is_night(moment, night):
    assert is_night(moment) is night


@pytest.mark.parametrize("moment", ["2026-05-01T23:00-02:00", "2026-05-01T22:00-02:00"])
def test_night_elsewhere(moment):
    assert not is_night(moment)


@pytest.mark.parametrize("speed,force", [(0, 0), (0.3, 1), (10, 5), (33, 12)])
def test_beaufort(speed, force):
    assert beaufort(speed) == force


@pytest.mark.parametrize("speed", range(0, 40, 4))
def test_there_are_twelve_forces(speed):
    assert 0 <= beaufort(speed) <= 12
