import pytest

from quarry.saw import faces, sawn


@pytest.mark.parametrize("width", [1, 4, 9])
@pytest.mark.parametrize("height", [2, 3, 10])
def test_a_stone_is_sawn(width, height):
    assert sawn(width, height) == width * height


@pytest.mark.parametrize("height", [0, 5])
@pytest.mark.parametrize("width", [0, 7])
def test_faces(width, height):
    assert faces(width, height) <= 2


@pytest.mark.parametrize("height", [2, 3])
def test_a_flat_stone_is_sawn(height):
    assert sawn(0, height) == 0
