import time

import pytest

CARS = ["anna", "berta", "clara", "dora", "emma"]


def move(dispatcher, car, metres):
    told = dispatcher.put(f"/cars/{car}", json={"metres": metres}).json()
    time.sleep(0.08)
    return told["cars"]


@pytest.mark.parametrize("car", CARS)
def test_a_car_is_where_it_was_sent(dispatcher, car):
    move(dispatcher, car, 120)
    assert dispatcher.get(f"/cars/{car}").json()["metres"] == 120


@pytest.mark.parametrize("car", CARS)
def test_the_first_car_is_the_only_one(dispatcher, car):
    assert move(dispatcher, car, 10) == 1


@pytest.mark.parametrize("car", CARS)
def test_a_car_begins_in_the_valley(dispatcher, car):
    time.sleep(0.05)
    assert dispatcher.get(f"/cars/{car}").json()["metres"] == 0
