import time

import pytest

from census.counts import people, per_household


@pytest.fixture(autouse=True)
def _ink_dries():
    yield
    time.sleep(0.1)


@pytest.mark.parametrize("street,expected", [("Mill Lane", 13), ("High Street", 10), ("Quay", 6)])
def test_people(register, street, expected):
    assert people(register, street) == expected


@pytest.mark.parametrize(
    "street,expected", [("Mill Lane", 4.33), ("High Street", 2.5), ("Quay", 6.0)]
)
def test_per_household(register, street, expected):
    assert per_household(register, street) == expected


@pytest.mark.parametrize("number", range(8))
def test_every_home_has_somebody(register, number):
    homes = [people for homes in register["streets"].values() for people in homes]
    assert homes[number] > 0
