import time

import pytest

from cartography.maps import copy, draw, index, preview

PLACES = ["alpha", "bravo", "delta", "gamma", "kappa", "omega", "sigma", "theta", "zeta"]


@pytest.mark.parametrize("place", PLACES)
class TestMaps:
    def test_a_map_is_drawn(self, place):
        time.sleep(0.02)
        assert draw(place).stat().st_size == 180_000

    def test_a_preview_has_four_bytes(self, place):
        assert len(preview(place)) == 4

    def test_a_map_is_found_in_the_index(self, place):
        assert index(place, f"region-{place}") == 1

    def test_a_copy_is_as_long(self, place):
        draft = draw(f"{place}-c", 10_000)
        assert copy(draft).stat().st_size == draft.stat().st_size
