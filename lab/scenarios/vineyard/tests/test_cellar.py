import pytest


@pytest.mark.parametrize("year", range(1998, 2016))
def test_a_year_is_in_the_book(api, year):
    assert api.get(f"/cellar/{year}", timeout=(60, 1.5)).json()["bottles"] == year % 97
