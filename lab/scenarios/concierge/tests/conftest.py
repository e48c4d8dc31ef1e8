import tomllib
from pathlib import Path

import pytest

from concierge.client import Partner


def pytest_addoption(parser):
    parser.addoption("--settings", default="ci/nightly.toml", help="settings of the job")


@pytest.fixture(scope="session")
def settings(pytestconfig):
    return tomllib.loads(Path(pytestconfig.getoption("--settings")).read_text())


@pytest.fixture(scope="session")
def partner(settings):
    return Partner(settings["partner"], settings["token"])
