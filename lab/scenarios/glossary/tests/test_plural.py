import pytest

from glossary.words import plural


@pytest.mark.parametrize(
    "word", ["acorn", "bark", "cedar", "drift", "ember", "fern", "grove", "hazel"]
)
def test_most_take_an_s(word):
    assert plural(word) == word + "s"


@pytest.mark.parametrize("word", ["moss", "larch", "box"])
def test_hissing_words(word):
    assert plural(word) == word + "es"


@pytest.mark.parametrize("word,many", [("berry", "berries"), ("fly", "flies")])
def test_words_in_y(word, many):
    assert plural(word) == many


@pytest.mark.parametrize("word,many", [("valley", "valleys"), ("monkey", "monkeys")])
def test_words_in_ey(word, many):
    assert plural(word) == many
