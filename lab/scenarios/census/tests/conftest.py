import os

import pytest

from census.counts import new_register


@pytest.fixture(scope="session")
def register():
    return new_register(os.environ.get("PYTEST_XDIST_WORKER", "alone"))


@pytest.fixture
def streets(register):
    return sorted(register["streets"])
