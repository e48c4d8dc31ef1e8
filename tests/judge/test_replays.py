import pytest

from tests.judge.replays import Suite, bad_runs, bursts, flakes, isolation, replay, threshold

TWO = [1, 8] * 2
THREE = [1, 8] * 3
LADDERS = [1, 2, 4, 8] * 2


@pytest.mark.parametrize("workers", [TWO, THREE], ids=["2+2", "3+3"])
@pytest.mark.parametrize(
    "suite", [flakes(0.05), bursts, bad_runs], ids=["flakes", "bursts", "bad_runs"]
)
def test_nothing_is_claimed_where_nothing_depends_on_parallelism(
    suite: Suite, workers: list[int]
) -> None:
    claims = replay(suite, workers, times=100)
    assert claims.scales <= 0.08
    assert claims.linked <= 0.08


def test_a_load_fault_is_found_with_three_runs_each() -> None:
    claims = replay(threshold, THREE, times=60)
    assert claims.scales >= 0.95
    assert claims.linked >= 0.95


def test_a_ladder_does_not_take_isolation_for_load() -> None:
    assert replay(threshold, LADDERS, times=25).scales >= 0.85
    assert replay(isolation, LADDERS, times=25).scales <= 0.15
