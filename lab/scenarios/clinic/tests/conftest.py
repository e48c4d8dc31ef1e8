import pytest

from clinic.rooms import Rooms


@pytest.fixture(scope="module")
def rooms():
    made = Rooms()
    yield made
    made.close()
