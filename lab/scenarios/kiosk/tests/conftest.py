import pytest

from kiosk.printer import Printer


def pytest_addoption(parser):
    parser.addini("kiosk_secrets", "folder of the job's secrets", default="ci/main")


@pytest.fixture(scope="session")
def printer(pytestconfig):
    return Printer(pytestconfig.getini("kiosk_secrets"))
