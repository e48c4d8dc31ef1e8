import pytest
import requests


class Api(requests.Session):
    def request(self, method, url, **more):
        answer = super().request(method, f"http://127.0.0.1:8000{url}", **more)
        answer.raise_for_status()
        return answer


@pytest.fixture(scope="session")
def api():
    with Api() as session:
        yield session
