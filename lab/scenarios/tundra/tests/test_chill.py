import pytest

from tundra.radio import chill


@pytest.mark.parametrize("wind", range(0, 90, 2))
def test_chill(wind):
    assert chill(-5, wind) <= -5
