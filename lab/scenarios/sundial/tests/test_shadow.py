import pytest

from sundial.shadow import shadow


@pytest.mark.parametrize("hour", range(24))
def test_shadow_falls(hour):
    assert shadow(hour) == (hour - 12) * 15
