import pytest

from glossary.words import near

WORDS = ["acorn", "bark", "cedar", "drift", "ember", "fern", "grove", "hazel", "inlet", "juniper"]
WORDS += ["knoll", "larch", "moss", "nettle", "oak", "pine"]


@pytest.mark.parametrize("word", WORDS)
def test_near_words(word):
    assert near(word) == [word[::-1], word + word[-1]]


@pytest.mark.parametrize("word", WORDS[:6])
def test_two_words_are_near(word):
    assert len(near(word)) == 2
