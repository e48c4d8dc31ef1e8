import pytest

from laundry.loads import close_up


@pytest.fixture
def empty():
    close_up()
    yield
    close_up()
