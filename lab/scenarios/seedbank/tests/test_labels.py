import pytest

from seedbank.labels import label


@pytest.mark.parametrize("year,digits", [(1999, "99"), (2000, "00"), (2026, "26")])
def test_a_label_has_the_year(year, digits):
    assert label("oat", year) == f"Oat {digits}"


@pytest.mark.parametrize("name", ["rye", "flax", "hemp", "dill", "pea", "bean", "mint"])
def test_a_label_has_the_name(name):
    assert label(name, 2026).startswith(name.title())
