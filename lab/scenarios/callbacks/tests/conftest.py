import os

import pytest

from callbacks.receiver import Receiver

PORT = int(os.environ.get("CALLBACKS_PORT", "18085"))


@pytest.fixture
def receiver():
    server = Receiver(PORT)
    yield server
    server.shutdown()
    server.server_close()
