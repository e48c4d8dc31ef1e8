import pytest

from bindery.client import bind, collect

BOOKS = ["atlas", "hymnal", "almanac", "herbal", "psalter", "ledger"]


@pytest.mark.parametrize("book", BOOKS)
def test_a_book_is_bound(book):
    assert bind(f"{book}-1") == "bound"


@pytest.mark.parametrize("book", BOOKS)
def test_a_book_is_collected(book):
    assert collect(f"{book}-2") == f"{book}-2.box"
