import pytest

from warehouse.stock import Stock


@pytest.fixture
def stock():
    made = Stock()
    yield made
    made.close()
