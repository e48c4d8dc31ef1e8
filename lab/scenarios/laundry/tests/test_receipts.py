import pytest

from laundry.loads import bring, owners
from laundry.prices import price


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("owner", ["lee", "mia", "ned", "ola"])
def test_the_first_receipt_is_of_the_first_owner(owner):
    bring(owner, 2)
    assert owners()[0] == owner


@pytest.mark.parametrize("kilograms", range(1, 20))
def test_more_costs_more(kilograms):
    assert price(kilograms + 1) > price(kilograms)
