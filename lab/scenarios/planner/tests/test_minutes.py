import time

import pytest

from planner.calendars import minutes


class TestMinutes:
    @pytest.mark.parametrize("hours", range(25))
    def test_minutes(self, hours):
        time.sleep(0.01)
        assert minutes(hours) % 60 == 0


class TestDays:
    @pytest.mark.parametrize("days", range(12))
    def test_a_day(self, days):
        assert minutes(24 * days) == 1440 * days
