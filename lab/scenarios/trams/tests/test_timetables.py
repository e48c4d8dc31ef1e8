import asyncio

import pytest

from trams.timetable import plan, planned, printed, seconds_to_plan

STOPS = [5, 9, 14, 22, 31, 40]


@pytest.mark.parametrize("stops", STOPS)
def test_a_timetable_is_quick(stops):
    assert seconds_to_plan(stops) < 1.5


@pytest.mark.parametrize("stops", STOPS)
def test_a_timetable_is_printed(stops):
    assert printed(stops) < 97


@pytest.mark.parametrize("stops", STOPS)
def test_a_timetable_is_planned_meanwhile(stops):
    assert asyncio.run(planned(stops)) < 97


def test_no_stops_cost_nothing():
    assert plan(0, rounds=10) == 0
