import pytest

from coworking.house import desks


@pytest.mark.parametrize("people", range(40))
def test_everybody_has_a_place(people):
    assert desks(people) * 2 >= people


@pytest.mark.parametrize("each", [1, 2, 3, 4])
def test_nobody_no_desk(each):
    assert desks(0, each) == 0
