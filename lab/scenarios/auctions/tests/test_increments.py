import pytest

from auctions.increments import least


@pytest.mark.parametrize(
    "cents,expected",
    [(100, 600), (9_999, 10_499), (10_000, 12_500), (99_999, 102_499), (2_000_000, 2_050_000)],
)
def test_least(cents, expected):
    assert least(cents) == expected


@pytest.mark.parametrize("cents", range(0, 200_000, 20_000))
def test_a_bid_is_always_higher(cents):
    assert least(cents) > cents
