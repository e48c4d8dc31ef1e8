import os

import pytest

from opera import tickets


@pytest.fixture(autouse=True)
def fresh():
    if os.environ.get("OPERA_FRESH"):
        tickets.reset()
