import pytest

from lottery.prizes import prizes, winners


@pytest.mark.parametrize("pot", range(8, 80, 8))
def test_the_first_prize_is_half(pot):
    assert prizes(pot)["first"] * 2 == pot


@pytest.mark.parametrize("every", range(1, 9))
def test_fewer_win_where_more_lose(every):
    assert len(winners(list(range(50)), every)) >= len(winners(list(range(50)), every + 1))
