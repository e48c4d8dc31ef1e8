import httpx
import pytest

from funicular.dispatcher import PORT, started


@pytest.fixture
def dispatcher():
    server = started()
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
        yield client
    if server:
        server.shutdown()
        server.server_close()
