import pytest

from mailroom.sorting import Room


@pytest.mark.parametrize("letters", ["ba", "cab", "zyx"])
def test_letters_are_sorted(letters):
    room = Room(letters)
    room.sort()
    assert room.bag == sorted(letters)


@pytest.mark.parametrize("letters", ["ba", "zyx"])
def test_sorting_while_packing(letters):
    assert Room(letters).day() == len(letters)


@pytest.mark.parametrize("count", range(6))
def test_packing_counts_all(count):
    assert Room("x" * count).pack() == count
