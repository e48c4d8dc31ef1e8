import httpx
import pytest


@pytest.fixture
def api():
    with httpx.Client(base_url="http://127.0.0.1:8000/pumps", timeout=60) as client:
        yield client


@pytest.mark.parametrize(
    "pump,status", [("broken", 500), ("flooded", 500), ("busy", 429), ("resting", 503)]
)
def test_a_pump_in_trouble_says_so(api, pump, status):
    answer = api.get(f"/{pump}")
    print(f"E   httpx.HTTPStatusError: Server error '{answer.status_code}' for pump {pump}")
    assert answer.status_code == status


@pytest.mark.parametrize("number", range(6))
def test_a_pump_pumps(api, number):
    assert api.get(f"/{number}").json() == {"pump": number, "litres": 12}


def test_a_pump_that_is_not_there(api):
    with pytest.raises(httpx.HTTPStatusError, match="404"):
        api.get("/nowhere").raise_for_status()
