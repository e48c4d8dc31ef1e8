import httpx
import pytest


@pytest.fixture(scope="module")
def shelf():
    with httpx.Client(base_url="http://127.0.0.1:8001", timeout=30) as client:
        yield client


@pytest.mark.parametrize("name", ["news", "traffic"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_jingle_is_played(shelf, name, times):
    for _ in range(times):
        shelf.get(f"/jingles/{name}").raise_for_status()


def test_unknown_paths(shelf):
    assert shelf.get("/songs/7").status_code == 404
