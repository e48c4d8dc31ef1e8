import pytest

from almanac.ephemeris import sign


@pytest.mark.parametrize("degree", range(0, 720, 18))
def test_signs_come_round(degree):
    assert sign(degree) == sign(degree + 360)


@pytest.mark.parametrize(
    "degree,name", [(0, "Aries"), (29, "Aries"), (30, "Taurus"), (359, "Pisces")]
)
def test_sign(degree, name):
    assert sign(degree) == name
