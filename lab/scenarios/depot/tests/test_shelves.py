import pytest

from depot.shelves import SHELVES, index, store


@pytest.mark.parametrize("delivery", ["d1", "d2", "d3", "d4"])
def test_a_delivery_is_stored(delivery):
    assert store(delivery, "two crates") == "two crates"


def test_the_index_is_written():
    assert index(["b", "a"]) == ["a", "b"]


@pytest.mark.parametrize("number", range(5))
def test_the_shelves_are_there(number):
    assert SHELVES.is_dir()
