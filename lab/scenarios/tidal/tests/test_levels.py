import pytest

from tidal.levels import warning


@pytest.mark.parametrize(
    "metres,word", [(0, ""), (3, ""), (3.1, "high"), (4, "high"), (4.1, "flood")]
)
def test_warning(metres, word):
    assert warning(metres) == word


@pytest.mark.parametrize("metres", range(5, 20))
def test_a_flood(metres):
    assert warning(metres) == "flood"
