import pytest

from brewery.brew import malt, plato


@pytest.mark.parametrize("name,sacks", [("pils", 4), ("stout", 6)])
def test_malt(name, sacks):
    assert malt(name) == sacks


@pytest.mark.parametrize("name", ["helles", "lambic"])
def test_malt_of_new_beers(name):
    assert malt(name) > 2


@pytest.mark.parametrize("thousandths", range(1030, 1090, 2))
def test_plato(thousandths):
    assert 7 < plato(thousandths / 1000) < 23
