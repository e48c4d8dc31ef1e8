import pytest

from badges.print import SETTINGS


@pytest.fixture
def organiser():
    return SETTINGS["organiser"]["name"]
