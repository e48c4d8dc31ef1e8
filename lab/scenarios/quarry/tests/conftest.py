import time

import pytest


@pytest.fixture(autouse=True)
def warm_saw():
    time.sleep(0.05)
