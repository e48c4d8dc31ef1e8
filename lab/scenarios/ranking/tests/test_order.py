import pytest

from ranking.order import ranked


@pytest.mark.parametrize("case", range(24))
def test_ties_keep_their_order(case):
    offers = [("first", 4, case), ("second", 4, case + 1)]
    assert [name for name, *_ in ranked(offers)] == ["first", "second"]


@pytest.mark.parametrize("score", range(8))
def test_better_offers_come_first(score):
    assert ranked([("low", score, 1), ("high", score + 1, 1)])[0][0] == "high"
