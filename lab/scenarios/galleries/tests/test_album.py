import pytest

from galleries.album import load


@pytest.mark.parametrize("first", range(10, 26))
def test_an_album_has_all_its_photos(first):
    numbers = list(range(first, first + 6))
    assert [photo["number"] for photo in load(numbers)] == numbers


@pytest.mark.parametrize("first", range(30, 34))
def test_the_size_of_an_album(first):
    assert sum(photo["bytes"] for photo in load([first, first])) == 2000 * first


def test_an_empty_album_loads_nothing():
    assert load([]) == []


@pytest.mark.parametrize("size,shown", [(900, "900 B"), (12_000, "12 kB")])
def test_sizes_are_shown(size, shown):
    assert (f"{size} B" if size < 1000 else f"{size // 1000} kB") == shown
