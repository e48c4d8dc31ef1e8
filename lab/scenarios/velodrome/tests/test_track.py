import pytest

from velodrome.track import kilometres_an_hour, metres


@pytest.mark.parametrize("laps,expected", [(0, 0), (1, 250), (16, 4000)])
def test_metres(laps, expected):
    assert metres(laps) == expected


@pytest.mark.parametrize("seconds", range(10, 30))
def test_slower_takes_longer(seconds):
    assert kilometres_an_hour(200, seconds) > kilometres_an_hour(200, seconds + 1)
