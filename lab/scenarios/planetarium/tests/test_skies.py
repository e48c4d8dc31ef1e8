import httpx
import pytest


@pytest.fixture(scope="session")
def projector():
    limit = httpx.Timeout(30, read=1.3)
    with httpx.Client(base_url="http://127.0.0.1:8000", timeout=limit) as client:
        yield client


class TestSkies:
    @pytest.mark.parametrize("year", range(1500, 2040, 45))
    def test_the_pole_of_today(self, projector, year):
        assert projector.get(f"/skies/{year}").json()["pole"] == "Polaris"

    @pytest.mark.parametrize("year", [-2800, -2000, -1])
    def test_the_pole_of_old(self, projector, year):
        assert projector.get(f"/skies/{year}").json()["pole"] == "Thuban"
