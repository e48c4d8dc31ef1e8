import time

import pytest

from choir.tuning import note


@pytest.mark.parametrize(
    "steps,hertz", [(0, 440.0), (3, 523.3), (-9, 261.6), (12, 880.0), (-12, 220.0), (2, 493.9)]
)
def test_a_note(steps, hertz):
    time.sleep(0.03)
    assert note(steps) == hertz


@pytest.mark.parametrize("voice,lowest", [("bass", 82.4), ("tenor", 130.8), ("alto", 174.6)])
def test_the_lowest_note(voice, lowest):
    time.sleep(0.03)
    assert note({"bass": -29, "tenor": -21, "alto": -16}[voice]) == lowest
