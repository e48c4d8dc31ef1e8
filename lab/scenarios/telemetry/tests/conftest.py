import pytest

from telemetry.ring import Ring


@pytest.fixture
def ring():
    made = Ring()
    yield made
    made.close()
