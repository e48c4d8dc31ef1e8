import httpx
import pytest


@pytest.fixture
def upload():
    def send(letter):
        url = f"http://127.0.0.1:8000/scans/{letter}"
        return httpx.post(url, json={"dpi": 300}, timeout=60).raise_for_status().json()

    return send


@pytest.mark.parametrize("number", range(24))
def test_a_letter_has_three_pages(upload, number):
    assert upload(f"letter{number}")["pages"] == 3


@pytest.mark.parametrize("dpi", [150, 300, 600])
def test_resolutions_are_multiples(dpi):
    assert dpi % 150 == 0
