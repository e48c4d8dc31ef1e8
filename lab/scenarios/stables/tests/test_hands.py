import pytest

from stables.barn import hands


@pytest.mark.parametrize("inches", range(40, 80))
def test_hands(inches):
    assert hands(inches).count(".") == 1
