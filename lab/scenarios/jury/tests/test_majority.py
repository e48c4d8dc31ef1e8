import pytest

from jury.panel import majority


@pytest.mark.parametrize("yes", range(13))
def test_majority(yes):
    assert majority([1] * yes + [0] * (12 - yes)) == (yes > 6)
