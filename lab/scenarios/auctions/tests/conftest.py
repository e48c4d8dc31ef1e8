import httpx
import pytest


@pytest.fixture(scope="module")
def house():
    with httpx.Client(base_url="http://127.0.0.1:8000", timeout=60) as client:
        yield client
