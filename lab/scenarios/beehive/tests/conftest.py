import os
import uuid
from pathlib import Path

import pytest

from beehive import store


@pytest.fixture(scope="session")
def database():
    own = uuid.uuid4().hex if "BEEHIVE_APART" in os.environ else "beehive"
    connection = store.connect(Path(os.environ["TMPDIR"]) / f"{own}.db")
    store.migrate(connection)
    yield connection
    for table in ("readings", "hives"):
        connection.execute(f"drop table {table}")
    connection.close()


@pytest.fixture
def hive(database):
    name = uuid.uuid4().hex
    store.register(database, name, 10)
    return name
