from math import exp, log
from random import Random

import pytest

from diagnose.evidence._features import (
    duration_inflation,
    inflation_odds,
    is_burst,
    not_run_share,
    same_worker,
    setup_share,
    timeout_fingerprint,
    victim_overlap,
)


def slowed(factor: float, count: int, seed: int) -> list[tuple[float, float]]:
    """Make durations with noise, one in ten of them an outlier."""
    random = Random(seed)
    pairs = []
    for number in range(count):
        serial = random.uniform(0.05, 3)
        odd = random.uniform(0.2, 5) if number % 10 == 9 else 1
        pairs.append((serial, serial * factor * odd * exp(random.gauss(0, 0.3))))
    return pairs


def test_the_interval_of_the_slow_down_covers_the_truth() -> None:
    found = [duration_inflation(slowed(1.8, 30, seed)) for seed in range(100)]
    assert sum(one is not None and one.low <= 1.8 <= one.high for one in found) >= 90


def test_a_few_outliers_do_not_move_the_slow_down() -> None:
    pairs = [(1.0, 2.0)] * 50 + [(1.0, 1000.0)] * 5
    found = duration_inflation(pairs)
    assert found is not None
    assert found.ratio == pytest.approx(2.0)


def test_too_few_or_too_short_tests_tell_nothing() -> None:
    assert duration_inflation([(1.0, 2.0)] * 7) is None
    assert duration_inflation([(0.001, 2.0)] * 50) is None
    assert duration_inflation([(float("nan"), 1.0), (1.0, float("nan"))] * 50) is None


def test_ten_thousand_tests_are_sampled() -> None:
    found = duration_inflation(slowed(2.5, 10_000, 1))
    assert found is not None
    assert found.tests == 400


@pytest.mark.parametrize(
    ("ratio", "expected"), [(0.5, 0.6), (1.0, 0.6), (1.75, 1.3), (2.5, 3.8), (3, 5.9), (40, 5.9)]
)
def test_a_slow_down_is_needed_and_never_enough(ratio: float, expected: float) -> None:
    assert inflation_odds(ratio) == pytest.approx(expected)


def test_failures_that_last_thirty_seconds_were_timed_out() -> None:
    found = timeout_fingerprint([30.01, 30.4, 30.1], [1.3, 2.5, 3.7, 4.4, 7.1] * 4)
    assert found is not None
    assert (found.seconds, found.hits) == (30, 3)
    assert found.log_odds > log(5)


def test_where_passing_tests_end_there_too_it_means_little() -> None:
    found = timeout_fingerprint([30.01, 30.4], [30.0, 30.1, 30.2, 5.1])
    assert found is not None
    assert found.log_odds < log(5)


def test_no_more_than_three_failures_of_an_incident_count() -> None:
    passing = [1.3, 2.5, 3.7]
    assert timeout_fingerprint([30.1] * 3, passing) == timeout_fingerprint([30.1] * 3, passing)
    three, many = (
        timeout_fingerprint([30.1] * 3, passing),
        timeout_fingerprint([30.1] * 99, passing),
    )
    assert three is not None
    assert many is not None
    assert three.log_odds == pytest.approx(many.log_odds)


def test_a_project_may_have_timeouts_of_its_own() -> None:
    plain = timeout_fingerprint([7.05], [])
    own = timeout_fingerprint([7.05], [], extra=[7])
    assert plain is not None
    assert own is not None
    assert (plain.seconds, own.seconds) == (0, 7)
    assert timeout_fingerprint([], [1.0]) is None


def test_one_worker_with_all_the_incidents_stands_out() -> None:
    even = dict.fromkeys(["gw0", "gw1"], 50)
    assert (same_worker({"gw0": 12}, even) or 1) < 0.01
    assert same_worker({"gw0": 5, "gw1": 5}, even) == 1
    assert same_worker({"gw0": 3}, {"gw0": 100}) is None
    assert same_worker({}, even) is None


def test_chance_seldom_puts_incidents_on_one_worker() -> None:
    workers = [f"gw{n}" for n in range(4)]
    executed = dict.fromkeys(workers, 100)
    small = 0
    for seed in range(300):
        drawn = Random(seed).choices(workers, k=10)
        p = same_worker({worker: drawn.count(worker) for worker in workers}, executed)
        small += p is not None and p <= 0.05
    assert small / 300 <= 0.06


def test_the_same_victims_twice_are_no_chance() -> None:
    again = victim_overlap(list("abc"), list("abc"), 300)
    others = victim_overlap(list("abc"), list("xyz"), 300)
    assert again == pytest.approx(log(20))
    assert others == pytest.approx(-log(20))
    assert victim_overlap([], ["a"], 300) is None
    assert victim_overlap(["a"], ["a"], 1) == pytest.approx(log(0.8))


def test_half_of_the_failures_at_one_time_are_a_burst() -> None:
    assert is_burst([100, 101, 102, 104, 900], 1000)
    assert not is_burst([100, 301, 502, 704, 900], 1000)
    assert not is_burst([100, 101, 102, 104], 1000)
    assert not is_burst([], 0)


def test_shares_are_of_something() -> None:
    assert setup_share(["setup", "call", "teardown", "call"]) == 0.5
    assert setup_share([]) == 0
    assert not_run_share(5, 50) == 0.1
    assert not_run_share(0, 0) == 0
