import pytest

from telegraph.client import inbox, price


@pytest.mark.parametrize("words,pence", [(0, 40), (8, 40), (9, 45), (20, 100)])
def test_price(words, pence):
    assert price(words) == pence


@pytest.mark.parametrize("words", range(1, 16))
def test_more_words_are_never_cheaper(words):
    assert price(words + 1) >= price(words)


def test_a_new_station_has_no_messages():
    assert inbox("nowhere", at_least=0) == []
