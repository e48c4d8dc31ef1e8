import pytest

from datamart.loader import cleaned, load


@pytest.mark.parametrize("figures", [[1], [1, 2], [5, 5, 5], [100, 1]])
def test_all_figures_are_loaded(figures):
    assert load(figures) == sum(figures)


@pytest.mark.parametrize("texts,figures", [(["1", " "], [1]), (["7", "8"], [7, 8]), ([], [])])
def test_blanks_are_dropped(texts, figures):
    assert cleaned(texts) == figures
