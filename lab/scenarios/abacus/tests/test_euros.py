import pytest

from abacus.till import euros


@pytest.mark.parametrize("cents", range(0, 1500, 37))
def test_two_places(cents):
    assert len(euros(cents).split(".")[1]) == 4


def test_small():
    assert euros(7) == "0.07 €"
