import time

import pytest

from beehive import store


class TestReadings:
    @pytest.mark.parametrize("grams", [0, 1, 35_000, 80_000])
    def test_a_reading_is_kept(self, database, hive, grams):
        store.record(database, hive, grams)
        assert store.weights(database, hive) == [grams]

    @pytest.mark.parametrize("count", [2, 10, 50])
    def test_readings_keep_their_order(self, database, hive, count):
        for grams in range(count):
            store.record(database, hive, grams)
        time.sleep(0.1)
        assert store.weights(database, hive) == list(range(count))

    @pytest.mark.parametrize("day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
    def test_a_day_of_readings(self, database, hive, day):
        for hour in range(24):
            store.record(database, hive, 30_000 + hour * len(day))
        time.sleep(0.1)
        assert len(store.weights(database, hive)) == 24


class TestHives:
    @pytest.mark.parametrize("frames", [1, 8, 12])
    def test_a_hive_is_registered(self, database, frames):
        store.register(database, f"hive with {frames} frames {time.monotonic_ns()}", frames)

    def test_a_new_hive_has_no_readings(self, database, hive):
        assert store.weights(database, hive) == []
