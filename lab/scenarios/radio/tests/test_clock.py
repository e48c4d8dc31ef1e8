from itertools import pairwise

import pytest

from radio.clock import slots


@pytest.mark.parametrize("length,count", [(5, 12), (7, 8), (60, 1), (61, 0)])
def test_slots(length, count):
    assert len(slots(60, length)) == count


@pytest.mark.parametrize("length", range(1, 30, 2))
def test_slots_do_not_overlap(length):
    found = slots(60, length)
    assert all(later - earlier == length for earlier, later in pairwise(found))
