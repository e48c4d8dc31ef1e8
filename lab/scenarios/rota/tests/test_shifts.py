import pytest

from rota.shifts import hours, start

STARTS = {
    0: "2026-01-01T00:00:00+00:00",
    1: "2026-01-01T08:00:00+00:00",
    2: "2026-01-01T16:00:00+00:00",
    3: "2026-01-02T00:00:00+00:00",
}


@pytest.mark.parametrize("number", STARTS)
def test_start_of_a_shift(number):
    assert start(number) == STARTS[number]


@pytest.mark.parametrize("shifts", range(6))
def test_hours(shifts):
    assert hours(shifts) == 8 * shifts
