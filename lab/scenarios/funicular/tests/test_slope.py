import pytest

from funicular.slope import climb


@pytest.mark.parametrize("metres,expected", [(100, 40.0), (250, 100.0), (0, 0.0)])
def test_climb(metres, expected):
    assert climb(metres, 40) == expected


@pytest.mark.parametrize("percent", range(1, 30))
def test_steeper_is_higher(percent):
    assert climb(500, percent + 1) > climb(500, percent)
