import pytest

from bookshop.isbn import valid


@pytest.mark.parametrize("isbn", ["978-3-16-148410-0", "9780306406157"])
def test_valid(isbn):
    assert valid(isbn)


@pytest.mark.parametrize("last", range(1, 10))
def test_another_last_digit_is_wrong(last):
    assert not valid(f"978-3-16-148410-{last}")


@pytest.mark.parametrize("isbn", ["", "978", "9780306406157 1"])
def test_another_length_is_wrong(isbn):
    assert not valid(isbn)
