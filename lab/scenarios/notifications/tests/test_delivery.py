import httpx
import pytest


@pytest.mark.parametrize("channel", ["sms", "mail", "push", "fax"])
@pytest.mark.parametrize("number", range(7))
def test_delivery(channel, number):
    url = f"http://127.0.0.1:8000/deliveries/{channel}"
    response = httpx.post(url, json={"number": number}, timeout=60)
    assert response.raise_for_status().json() == {"channel": channel}


@pytest.mark.parametrize("text", ["hi", "your code is 4711"])
def test_texts_are_short(text):
    assert len(text) <= 160
