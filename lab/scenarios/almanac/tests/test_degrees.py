import pytest

from almanac.ephemeris import PLANETS, degrees


@pytest.mark.parametrize("year", [1999, 2012, 2024, 2031])
@pytest.mark.parametrize("planet", PLANETS)
def test_where_it_stands(planet, year):
    assert degrees(year, planet) == year * (3 + PLANETS.index(planet)) % 360
