import pytest

from allotment.watering import water


@pytest.mark.parametrize("litres", [1, 5, 10])
@pytest.mark.parametrize("beds", [7, 8, 10, 12, 14])
def test_every_bed_is_watered(beds, litres):
    assert water(beds, litres) == litres * (beds + beds // 2)
