import time

import pytest

from featureflags import flags


@pytest.fixture(autouse=True)
def page_load():
    time.sleep(0.05)


def test_one_page_checkout():
    flags.ON.add("one_page_checkout")
    assert flags.steps() == ["basket", "pay"]


@pytest.mark.parametrize("country", ["at", "be", "cz", "dk", "es", "fi", "gr", "hu"])
def test_old_checkout(country):
    assert flags.steps() == ["basket", "address", "pay"]


@pytest.mark.parametrize("country", ["at", "be", "cz", "dk"])
def test_the_basket_comes_first(country):
    assert flags.steps()[0] == "basket"
