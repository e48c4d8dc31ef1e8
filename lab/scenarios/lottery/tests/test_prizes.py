import pytest

from lottery.prizes import prizes, winners


@pytest.mark.parametrize("pot", [800, 80])
def test_the_second_prize(pot):
    assert prizes(pot)["secnod"] == pot // 4


def test_winners_of_seven():
    found = winners([4, 8, 15, 16, 23, 42, 99])
    assert found[3] == 99


def test_all_is_paid():
    assert sum(prizes(800).values()) <= pot


def test_nobody_wins():
    assert winners([], 3, "today") == []


@pytest.mark.parametrize("pot", [16, 64])
def test_the_third_prize(pot):
    paid = prizes(pot)
    assert paid.get["third"] == pot // 8
