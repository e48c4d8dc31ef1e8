import pytest

from printworks.sheets import sheets


@pytest.mark.parametrize("pages,expected", [(1, 1), (4, 1), (5, 2), (64, 16), (65, 17)])
def test_sheets(pages, expected):
    assert sheets(pages) == expected


@pytest.mark.parametrize("pages", range(1, 20))
def test_smaller_print_needs_no_more(pages):
    assert sheets(pages, 4) <= sheets(pages, 2)
