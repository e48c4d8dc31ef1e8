import httpx
import pytest

NAMES = ["noor", "omar", "pia", "quinn", "rosa", "sven", "tara", "uwe"]


def draw(name):
    return httpx.post("http://127.0.0.1:8000/draws", json={"name": name}, timeout=60).json()


@pytest.mark.parametrize("name", NAMES)
def test_the_winner_is_named(name):
    assert draw(name)["winner"] == name


@pytest.mark.parametrize("name", NAMES)
def test_the_prize_is_the_winners(name):
    assert draw(name)["prize"] == f"prize for {name}"


@pytest.mark.parametrize("name", NAMES)
def test_names_fit_the_board(name):
    assert len(name) < 10
