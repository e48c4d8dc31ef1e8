import os

import pytest
import redis as library


@pytest.fixture
def redis():
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    database = worker if "LEADERBOARD_DATABASES" in os.environ else 0
    client = library.Redis(port=6379, db=database, decode_responses=True)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()
