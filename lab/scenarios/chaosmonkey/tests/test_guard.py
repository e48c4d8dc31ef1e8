import httpx
import pytest

from chaosmonkey.guard import guarded

URL = "http://127.0.0.1:8000"


@pytest.mark.parametrize("status", [500, 502, 503, 429, 504])
def test_faults_are_survived(status):
    assert guarded(f"{URL}/fail/{status}") is None


def test_a_dead_service_is_survived():
    assert guarded("http://127.0.0.1:9") is None


@pytest.mark.parametrize("status", [500, 502, 503])
def test_the_error_is_raised_without_a_guard(status):
    with pytest.raises(httpx.HTTPStatusError, match="Server error"):
        httpx.get(f"{URL}/fail/{status}", timeout=60).raise_for_status()


@pytest.mark.parametrize("status", [200, 201])
def test_good_answers_are_given(status):
    assert guarded(f"{URL}/fail/{status}", timeout=60) == status
