import httpx
import pytest

transcoder = httpx.Client(base_url="http://127.0.0.1:8000", timeout=httpx.Timeout(30, read=1.4))


@pytest.mark.parametrize("kilobits", [32, 96, 320])
@pytest.mark.parametrize("name", ["morning", "noon", "drive", "night", "sunday"])
def test_a_programme_is_transcoded(name, kilobits):
    answer = transcoder.post(f"/programmes/{name}", json={"kilobits": kilobits})
    assert answer.json() == {"programme": name, "kilobits": kilobits}
