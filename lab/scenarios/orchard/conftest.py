import os

import pytest

from orchard.registry import Registry


def pytest_addoption(parser):
    parser.addoption("--stage", default="pull")


@pytest.fixture(scope="session")
def registry(pytestconfig):
    if pytestconfig.getoption("--stage") == "nightly":
        os.environ["ORCHARD_PASS"] = "not-a-real-one"
    return Registry.from_environment()
