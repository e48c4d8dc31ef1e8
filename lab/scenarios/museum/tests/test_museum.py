import os
import socket
import time

import httpx
import pytest

from museum.labels import century


@pytest.fixture
def gate():
    server = socket.socket()
    try:
        server.bind(("127.0.0.1", int(os.environ.get("MUSEUM_PORT", "9100"))))
        server.listen()
        time.sleep(0.6)
        yield server
    finally:
        server.close()


@pytest.mark.parametrize("number", range(20))
def test_the_guide_tells(number):
    url = f"http://127.0.0.1:8000/exhibits/{number}"
    answer = httpx.get(url, timeout=httpx.Timeout(20, read=1.5)).raise_for_status()
    assert answer.json()["number"] == number


@pytest.mark.parametrize("year,expected", [(1899, 19), (1900, 19), (1901, 20), (2026, 21)])
def test_century(year, expected):
    assert century(year) == expected


@pytest.mark.parametrize("visitors", [1, 2, 3, 4])
def test_the_gate_is_open(gate, visitors):
    assert gate.getsockname()[0] == "127.0.0.1"
