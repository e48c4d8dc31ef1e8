import uuid

import pytest

from presence.rooms import Room


@pytest.fixture
def room():
    made = Room(f"room:{uuid.uuid4().hex}")
    yield made
    made.close()
