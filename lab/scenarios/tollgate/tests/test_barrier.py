import time

import pytest

from tollgate.barrier import Simulator, ask


@pytest.fixture
def barrier():
    with Simulator() as port:
        yield port


@pytest.mark.parametrize("lane", range(1, 7))
def test_the_barrier_opens(barrier, lane):
    time.sleep(0.3)
    assert ask(barrier, "open") == "OPEN"


@pytest.mark.parametrize("word", ["close", "stop", "Open"])
def test_the_barrier_stays_shut(barrier, word):
    time.sleep(0.3)
    assert ask(barrier, word) == "SHUT"


@pytest.mark.parametrize("lane", range(1, 13))
def test_lanes_have_a_side(lane):
    assert ("left", "right")[lane % 2] in ("left", "right")
