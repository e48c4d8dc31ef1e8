from collections.abc import Callable, Sequence
from random import Random

import pytest

from diagnose.sizing import (
    connection_workers,
    cpu_workers,
    fit_scaling,
    memory_workers,
    timeout_proposal,
)


def test_the_connections_of_a_published_case_allow_the_two_threads_that_passed() -> None:
    assert connection_workers(100, each=22, foreign=38) == 2


def test_no_worker_may_be_the_answer_but_not_fewer() -> None:
    assert connection_workers(20, each=22) == 0
    assert connection_workers(1, each=22, foreign=38) == 0
    assert connection_workers(100, each=0) is None


def test_memory_held_at_the_kill_is_not_taken_for_the_peak() -> None:
    early = memory_workers([1000] * 8, 8000, done=0.2, workers=8)
    late = memory_workers([1000] * 8, 8000, done=1.0, workers=8)
    assert early is not None
    assert late is not None
    assert early.workers < late.workers == 7


def test_the_answer_is_always_fewer_workers_than_were_killed_and_at_least_one() -> None:
    roomy = memory_workers([10] * 4, 8000, done=1.0, workers=4)
    tight = memory_workers([9000] * 4, 8000, done=1.0, workers=4)
    assert roomy is not None
    assert tight is not None
    assert (roomy.workers, roomy.limit) == (3, "one_less")
    assert tight.workers == 1


def test_the_processors_may_be_the_limit() -> None:
    found = memory_workers([1000] * 8, 8200, 1.0, 8, 2)
    assert found is not None
    assert (found.workers, found.limit) == (2, "cpu")


@pytest.mark.parametrize("held", [[], [0.0], [float("nan")], [float("inf")], [-5.0]])
def test_memory_that_nobody_measured_sizes_nothing(held: list[float]) -> None:
    assert memory_workers(held, 8000, 1.0, 8) is None


def killed_again(advise: Callable[[Sequence[float], float, float, int], int], times: int) -> float:
    """Simulate suites whose workers grow until the kernel kills one, and runs as advised."""
    again = 0
    for seed in range(times):
        random = Random(seed)
        workers, growth = random.randint(3, 12), random.random()
        spread = random.uniform(0.1, 0.6)

        def peaks(count: int, random: Random = random, spread: float = spread) -> list[float]:
            return [random.lognormvariate(0, spread) for _ in range(count)]

        grown = peaks(workers)
        available = sum(grown) * random.uniform(0.4, 0.97)
        full = available / sum(grown)
        done = min(max((full * (1 + growth) - 1) / growth, 0.05), 1.0)
        held = [peak * full for peak in grown]
        again += sum(peaks(advise(held, available, done, workers))) > available
    return again / times


def advised(held: Sequence[float], available: float, done: float, workers: int) -> int:
    found = memory_workers(held, available, done, workers)
    assert found is not None
    return found.workers


def average(held: Sequence[float], available: float, done: float, workers: int) -> int:
    del done, workers
    return max(1, int(available / (sum(held) / len(held))))


def test_as_many_workers_as_advised_are_seldom_killed_again() -> None:
    assert killed_again(advised, 400) <= 0.08
    assert killed_again(average, 400) >= 0.5


def test_a_worker_that_adds_little_is_not_worth_it() -> None:
    assert cpu_workers([(1, 1.0), (2, 1.9), (4, 3.4), (8, 3.6)]) == 4
    assert cpu_workers([(1, 1.0), (2, 1.9)]) is None


def test_the_scaling_law_finds_its_own_curve_again() -> None:
    points = [(n, n / (1 + 0.05 * (n - 1) + 0.01 * n * (n - 1))) for n in (1, 2, 4, 8, 16)]
    law = fit_scaling(points)
    assert law is not None
    assert law == pytest.approx((0.05, 0.01))
    assert law.best() == 10


def test_a_suite_that_scales_perfectly_has_no_best_count() -> None:
    law = fit_scaling([(1, 1.0), (2, 2.0), (4, 4.0)])
    assert law is not None
    assert law.best() is None
    assert fit_scaling([(1, 1.0), (8, 5.0)]) is None


def test_a_timeout_allows_for_the_slow_and_for_the_load() -> None:
    assert timeout_proposal([0.5] * 99 + [4.0], slower=2.4) == 2
    assert timeout_proposal([0.5] * 9 + [4.0], slower=2.4) == 15
    assert timeout_proposal([3000.0], slower=1.0) == 4800
    assert timeout_proposal([], slower=2.0) is None
