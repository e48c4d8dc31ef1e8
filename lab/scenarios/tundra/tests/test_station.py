import pytest

from tundra.radio import ask


@pytest.mark.parametrize("word", ["wind", "sun", "frost", "fog", "dew", "cloud"])
def test_what_the_station_knows(word):
    assert ask(word) == 4 * len(word)


@pytest.mark.parametrize("word", ["snow", "drift"])
@pytest.mark.parametrize("times", [1, 2])
def test_snow(word, times):
    assert ask(word) * times == 4 * len(word) * times
