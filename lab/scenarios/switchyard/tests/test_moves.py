import pytest

from switchyard.wagons import move

PAIRS = [
    (0, 1),
    (1, 0),
    (2, 3),
    (3, 2),
    (0, 1),
    (4, 5),
    (1, 0),
    (5, 4),
    (3, 2),
    (2, 3),
    (0, 1),
    (1, 0),
    (0, 1),
    (1, 0),
    (0, 1),
    (1, 0),
]


@pytest.mark.parametrize("start,end", PAIRS)
def test_a_wagon_is_moved(start, end):
    assert move(start, end)
