import pytest

from cartography.maps import metres


@pytest.mark.parametrize("scale,expected", [(25_000, 250), (50_000, 500), (100_000, 1000)])
def test_a_centimetre(scale, expected):
    assert metres(1, scale) == expected


@pytest.mark.parametrize("centimetres", range(1, 15))
def test_longer_is_farther(centimetres):
    assert metres(centimetres + 1, 25_000) > metres(centimetres, 25_000)
