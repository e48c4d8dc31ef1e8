import time

import httpx
import pytest


def search(words):
    time.sleep(0.5)
    response = httpx.get("http://127.0.0.1:8080/search", params={"q": words}, timeout=30)
    response.raise_for_status()
    return response.json()


@pytest.mark.parametrize(
    "word", ["shipping", "returns", "gift cards", "sizes", "stores", "careers"]
)
class TestSearch:
    def test_a_page_is_found_by_its_name(self, word):
        assert search(word)["hits"] == [word]

    def test_a_page_is_found_by_its_beginning(self, word):
        assert word in search(word[:4])["hits"]

    def test_a_score_is_positive(self, word):
        assert search(word)["score"] > 0

    def test_a_page_is_found_again(self, word):
        assert search(word) == search(word)

    def test_words_fit_the_box(self, word):
        assert len(word) < 40


def test_nothing_is_found_by_nonsense():
    assert search("xyzzy")["hits"] == []
