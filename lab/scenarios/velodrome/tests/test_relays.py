import httpx
import pytest

timing = httpx.Client(base_url="http://127.0.0.1:8000", timeout=60)


@pytest.mark.parametrize("heat", [1, 2, 3])
def test_a_relay_has_a_result(heat):
    timing.get(f"/races/relay/results/{heat}").raise_for_status()


def test_there_is_no_such_page():
    assert timing.get("/riders").status_code == 404
