import csv
from pathlib import Path

import pytest

from diagnose.judge.dose_response import respond
from diagnose.judge.doses import dose, levels
from diagnose.judge.permutation import p_value
from diagnose.judge.trend import Count, Statement, state

HERE = Path(__file__).parent


def sweeps() -> list[dict[str, str]]:
    with (HERE / "sweeps.csv").open() as file:
        return list(csv.DictReader(file))


def compare(
    workers: list[int], failures: list[int], persistent: int = 0, linked: float = 1.0
) -> Statement:
    runs = [Count(w, dose(w), k) for w, k in zip(workers, failures, strict=True)]
    return state(runs, persistent, linked)


@pytest.mark.parametrize("workers", [[1, 8], [1, 2, 4, 8], [1, 8, 8]])
def test_in_parallel_only_needs_more_than_a_serial_run_that_was_spared(workers: list[int]) -> None:
    failures = [0] * (len(workers) - 1) + [1]
    assert compare(workers, failures, linked=0.8).relation == "parallel_only"
    assert compare(workers, failures, linked=0.2).relation == "undetermined"


def test_counts_that_scale_need_nothing_beside_them() -> None:
    assert compare([1, 1, 1, 8, 8, 8], [0, 0, 0, 9, 7, 8], linked=0.0).relation == "scales"


def test_nothing_is_independent_of_parallelism_that_no_serial_run_shows() -> None:
    assert compare([2, 4, 8], [3, 3, 3], persistent=3).relation == "undetermined"
    assert compare([2, 2, 2, 8, 8, 8], [9, 0, 4, 0, 1, 3]).relation == "undetermined"
    assert compare([1, 4, 8], [3, 3, 3], persistent=3).relation == "independent"


@pytest.mark.parametrize(
    ("each", "least"), [(1, 0.5), (2, 0.167), (3, 0.05), (4, 0.014), (5, 0.004)]
)
def test_so_few_runs_can_attain_no_smaller_p(each: int, least: float) -> None:
    assert p_value([1, 5.6] * each, [0, 9] * each) == pytest.approx(least, abs=0.0005)


@pytest.mark.parametrize(
    ("ladders", "failures", "p"),
    [
        (1, [0, 1, 5, 9], 0.042),
        (1, [0, 0, 0, 9], 0.25),
        (2, [0, 0, 0, 9], 0.036),
        (2, [0, 0, 9, 9], 0.014),
        (3, [0, 0, 0, 9], 0.005),
    ],
)
def test_ladders_attain_the_published_p(ladders: int, failures: list[int], p: float) -> None:
    found = p_value([1, 1.9, 3.4, 5.6] * ladders, failures * ladders)
    assert found == pytest.approx(p, abs=0.0009)


@pytest.mark.parametrize("row", sweeps(), ids=lambda row: row["name"])
def test_published_sweeps_come_out_as_published(row: dict[str, str]) -> None:
    doses = [float(word) for word in row["doses"].split()]
    counts = [int(word) for word in row["failures"].split()]
    found = respond(doses, counts)
    assert found.bayes_factor == pytest.approx(float(row["factor"]), rel=0.06)
    assert p_value(doses, counts) == pytest.approx(float(row["p"]), abs=0.005)
    if row["ratio"]:
        assert found.rate_ratio == pytest.approx(float(row["ratio"]), abs=0.05)
        assert (found.low, found.high) == pytest.approx((1.7, 8.6), abs=0.2)


def test_a_trend_and_its_mirror_image_share_the_ties() -> None:
    doses, counts = [1, 1, 1, 5.6, 5.6, 5.6], [4, 0, 2, 7, 1, 3]
    mirrored = [5.6 if value == 1 else 1 for value in doses]
    assert p_value(doses, counts) + p_value(mirrored, counts) >= 1


def test_many_runs_are_drawn_at_random_and_alike_each_time() -> None:
    doses, counts = [1, 1.9, 3.4, 5.6] * 4, [0, 1, 5, 9] * 4
    assert p_value(doses, counts) == p_value(doses, counts) == pytest.approx(1 / 5000)


def test_one_against_one_never_scales() -> None:
    for failures in ([0, 1], [0, 5000], [1, 900], [3, 20]):
        assert compare([1, 8], failures).relation != "scales"
    assert "cannot tell that from chance (p = .50)" in compare([1, 8], [0, 20]).statement


def test_three_runs_do_not_claim_a_scale_however_steep() -> None:
    found = compare([1, 4, 16], [1, 30, 300])
    assert found.bayes_factor is not None
    assert found.bayes_factor > 9
    assert found.relation == "undetermined"


@pytest.mark.parametrize(
    ("workers", "failures", "relation"),
    [
        ([1, 1, 1, 8, 8, 8], [0, 0, 0, 20, 15, 18], "scales"),
        ([1, 1, 1, 8, 8, 8], [1, 0, 0, 30, 20, 25], "scales"),
        ([1, 2, 4, 8], [0, 10, 9, 11], "parallel_only"),
        ([1, 1, 1, 2, 2, 4, 8, 8], [0, 0, 0, 8, 8, 9, 10, 9], "parallel_only"),
        ([1, 1, 1, 8, 8, 8], [4, 5, 3, 4, 4, 5], "independent"),
        ([1, 8], [0, 20], "parallel_only"),
        ([1, 8], [20, 0], "serial_only"),
        ([1, 8], [3, 20], "undetermined"),
        ([2, 2, 8, 8], [0, 0, 2, 2], "undetermined"),
        ([1, 8], [0, 0], "undetermined"),
        ([8, 8], [4, 5], "not_compared"),
        ([8], [4], "not_compared"),
        ([], [], "not_compared"),
    ],
)
def test_runs_relate_to_parallelism_as_they_should(
    workers: list[int], failures: list[int], relation: str
) -> None:
    assert compare(workers, failures).relation == relation


def test_a_claim_prints_its_size_its_interval_and_its_design() -> None:
    found = compare([1, 8] * 3, [0, 20, 0, 15, 0, 18])
    assert found.design == "3+3"
    assert found.p_value == pytest.approx(0.05)
    assert found.rate_ratio == pytest.approx(6.1, abs=0.1)
    assert "twice as many (90 % interval 2.7 to 15.7; 3+3 runs, p = .05" in found.statement
    assert "load and isolation look alike" in found.statement


def test_what_each_serial_run_shows_is_not_called_intermittent() -> None:
    assert "intermittent" not in compare([1, 1, 2, 4, 8], [19, 20, 0, 0, 0]).statement
    assert "intermittent" in compare([1, 1, 2, 4, 8], [19, 0, 0, 0, 0]).statement
    assert "intermittent" in compare([1, 8], [19, 0]).statement


def test_tests_that_always_fail_neither_hide_a_trend_nor_make_one() -> None:
    assert compare([1, 8], [3, 3], persistent=3).relation == "independent"
    alone = compare([1, 8] * 3, [0, 6] * 3)
    among = compare([1, 8] * 3, [50, 56] * 3, persistent=50)
    assert (among.relation, among.p_value) == (alone.relation, alone.p_value)
    assert "50 tests fail besides them in every run" in among.statement


def test_a_few_tests_beside_many_that_always_fail_do_not_speak_for_the_suite() -> None:
    found = compare([1, 1, 4, 8], [9, 9, 12, 11], persistent=9)
    assert found.relation == "independent"
    assert found.statement.startswith("9 tests fail in every run")
    assert compare([1, 1, 4, 8], [1, 1, 12, 11], persistent=1).relation == "parallel_only"


def test_a_clock_is_believed_more_than_a_worker_count() -> None:
    assert dose(8, busy=900, wall=600) == pytest.approx(1.5)
    assert dose(8) == pytest.approx(5.6, abs=0.05)
    assert dose(1, busy=900, wall=600) == 1


@pytest.mark.parametrize(("busy", "wall"), [(2.0, 5.0), (0.0, 90.0), (9.0, float("nan"))])
def test_a_clock_that_shows_mostly_the_start_is_not(busy: float, wall: float) -> None:
    assert dose(8, busy, wall) == dose(8)


def test_a_parallel_run_is_never_taken_for_a_serial_one() -> None:
    assert len(set(levels([dose(1), dose(8, busy=100, wall=600)]))) == 2


def test_doses_that_hardly_differ_are_one_level() -> None:
    assert len(set(levels([5.5, 1, 5.7, 1.02, 3.4]))) == 3
    assert levels([]) == []
