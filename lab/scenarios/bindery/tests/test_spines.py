import pytest

from bindery.spines import title


@pytest.mark.parametrize("ink", ["black", "gold", "red"])
def test_a_title_fits_the_spine(ink):
    assert len(title("a history of the canals of the north", ink)) <= 18


@pytest.mark.parametrize("length", range(1, 19))
def test_short_titles_stay(length):
    assert title("x" * length, "black") == "x" * length
