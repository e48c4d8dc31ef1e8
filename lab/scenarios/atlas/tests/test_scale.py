import pytest

from atlas.sheets import scale


@pytest.mark.parametrize("metres", range(100, 3000, 75))
def test_scale(metres):
    assert scale(metres).endswith("00")
