import pytest

from recommender.neighbours import neighbours


@pytest.mark.parametrize("customer", range(7000, 7052))
def test_neighbours_are_near(customer):
    assert neighbours(customer, 3) == [customer + 1, customer + 2, customer + 3]


@pytest.mark.parametrize("count", [0, 1])
def test_as_many_as_asked(count):
    assert len(range(count)) == count
