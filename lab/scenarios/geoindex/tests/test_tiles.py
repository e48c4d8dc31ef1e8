import pytest

from geoindex.tiles import build

CITIES = ["lisbon", "oslo", "quito", "hanoi", "accra", "perth", "turin", "basel"]


@pytest.mark.parametrize("city", CITIES)
def test_an_index_has_all_levels(city):
    assert build(12) == 12


@pytest.mark.parametrize("city", CITIES)
def test_a_second_index_is_like_the_first(city):
    assert build(12) == 12


@pytest.mark.parametrize("city", CITIES)
def test_names_are_lower_case(city):
    assert city.islower()


@pytest.mark.parametrize("zoom,tiles", [(0, 1), (1, 4), (2, 16), (3, 64)])
def test_tiles_of_a_zoom_level(zoom, tiles):
    assert 4**zoom == tiles
