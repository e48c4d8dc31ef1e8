import pytest

from quarry.waste import slabs, waste


@pytest.mark.parametrize("block,thickness,expected", [(100, 10, 10), (99, 10, 9), (5, 10, 0)])
def test_slabs(block, thickness, expected):
    assert slabs(block, thickness) == expected


@pytest.mark.parametrize("block,count,left", [(100, 10, 0), (60, 3, 0)])
def test_waste(block, count, left):
    assert waste(block, count) == left


@pytest.mark.parametrize("thickness", range(1, 31))
def test_there_is_never_more_than_the_block(thickness):
    assert slabs(300, thickness) * thickness <= 300
