import time

import pytest

from stables.barn import Barn

HORSES = ["ajax", "bella", "comet", "daisy", "echo", "flash"]


@pytest.fixture(params=["morning", "noon", "evening"])
def barn(request):
    one = Barn()
    yield one
    one.close()


@pytest.mark.parametrize("horse", HORSES)
def test_horses_get_their_hay(barn, horse):
    time.sleep(0.2)
    assert barn.bales(horse) == 3 * (len(horse) + 1)
