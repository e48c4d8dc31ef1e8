import pytest

from choir.tuning import note, tune


@pytest.mark.parametrize("hertz", [432.0, 443.0])
def test_tune(hertz):
    assert tune(hertz) == hertz


def test_an_octave_is_twice():
    assert note(12) == pytest.approx(2 * note(0), rel=0.001)
