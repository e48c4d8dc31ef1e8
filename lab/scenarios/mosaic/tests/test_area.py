import pytest

from mosaic.workshop import area


@pytest.mark.parametrize("tiles", range(60))
def test_area(tiles):
    assert area(tiles) == 4 * tiles
