import pytest

from gradebook.marks import mark


@pytest.mark.parametrize("points,expected", [(100, 1), (92, 1), (91, 2), (50, 4), (30, 5), (0, 6)])
def test_mark(points, expected):
    assert mark(points) == expected


@pytest.mark.parametrize("points", range(0, 100, 5))
def test_more_points_are_never_worse(points):
    assert mark(points + 1) <= mark(points)
