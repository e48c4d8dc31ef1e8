import httpx
import pytest


@pytest.fixture
def timing():
    limit = httpx.Timeout(40, read=1.5)
    with httpx.Client(base_url="http://127.0.0.1:8000", timeout=limit) as client:
        yield client


def winner(timing, race, heat):
    return timing.get(f"/races/{race}/results/{heat}").raise_for_status().json()["winner"]


@pytest.mark.parametrize("heat", range(1, 8))
def test_a_sprint_has_a_result(timing, heat):
    assert winner(timing, "sprint", heat) == "Ito"


@pytest.mark.parametrize("heat", range(1, 7))
def test_a_keirin_has_a_result(timing, heat):
    assert winner(timing, "keirin", heat) == "Baé"
