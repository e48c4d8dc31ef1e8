from unittest import mock

import pytest

from ferries.crew import Roster, muster


@pytest.fixture
def roster():
    return Roster(["Ada", "Bo", "Zoe"])


def test_muster(roster):
    assert muster(roster, "Clara") == "Ada, Bo"


@pytest.mark.parametrize("ship", ["Aurora", "Anna"])
def test_one_is_on_board(roster, ship):
    assert muster(roster, ship) == "Ada"


def test_nobody():
    assert muster(Roster([]), "Clara") == "nobody"


@pytest.mark.parametrize("ship", ["Aurora", "Bergen"])
def test_roster_is_asked(ship):
    double = mock.create_autospec(Roster, instance=True)
    double.members_of.return_value = ["Ada"]
    assert muster(double, ship) == "Ada"
