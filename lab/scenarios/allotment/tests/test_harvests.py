import pytest

from allotment.yields import harvest


@pytest.mark.parametrize("plant", ["potato", "bean"])
def test_a_harvest(plant):
    assert harvest(plant, 1) > 0
