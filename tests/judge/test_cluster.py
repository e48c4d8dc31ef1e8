from random import Random

import pytest

from diagnose.judge.cluster import Crash, cluster
from diagnose.judge.families import families
from diagnose.judge.kinds import Failure
from tests.pace import within

REFUSED = Failure(0, "t", "httpx.ConnectError", "All connection attempts failed: refused", start=10)


def spread(failure: Failure, starts: list[float]) -> list[Failure]:
    return [failure._replace(test=f"{failure.test}{n}", start=s) for n, s in enumerate(starts)]


def sizes(failures: list[Failure], wall: float = 600.0) -> list[int]:
    return [len(found.failures) for found in cluster(failures, walls={0: wall, 1: wall})]


def test_two_hundred_failures_of_one_dead_server_are_one_incident() -> None:
    assert sizes(spread(REFUSED, [100 + n / 10 for n in range(200)])) == [200]


def test_the_same_words_much_later_are_another_cluster_of_one_family() -> None:
    failures = spread(REFUSED, [10, 20, 400, 405])
    found = cluster(failures, walls={0: 600})
    assert [len(one.failures) for one in found] == [2, 2]
    assert families(found) == [[0, 1]]


def test_a_long_run_may_pause_for_a_tenth_of_itself() -> None:
    assert sizes(spread(REFUSED, [10, 300]), wall=3600) == [2]
    assert sizes(spread(REFUSED, [10, 300]), wall=600) == [1, 1]


def test_bursts_at_one_time_are_one_incident() -> None:
    timeouts = REFUSED._replace(exception="httpx.ReadTimeout", message="no answer came in time")
    failures = [*spread(REFUSED, [10, 11, 12]), *spread(timeouts, [10.5, 11, 12.5])]
    assert sizes(failures) == [6]


def test_bursts_of_different_known_causes_stay_apart() -> None:
    pool = REFUSED._replace(label="http_pool")
    full = REFUSED._replace(exception="OSError", message="no space left here", label="disk_space")
    failures = [*spread(pool, [10, 11, 12]), *spread(full, [10, 11, 12])]
    assert sizes(failures) == [3, 3]


def test_one_kind_with_two_known_causes_is_two_clusters() -> None:
    one, other = REFUSED._replace(label="service_down"), REFUSED._replace(label="ephemeral_ports")
    found = cluster([one, one, other, REFUSED], walls={0: 60})
    assert [(one.label, one.failures) for one in found] == [
        ("service_down", (0, 1, 3)),
        ("ephemeral_ports", (2,)),
    ]


def test_a_third_burst_never_ties_two_known_causes_together() -> None:
    kinds = [("A", "x"), ("B", ""), ("C", "y")]
    failures = [
        Failure(0, f"t{n}", exception, "it said some words", "", 10 + n, label)
        for exception, label in kinds
        for n in range(4)
    ]
    found = cluster(failures, walls={0: 600})
    assert sorted(one.label for one in found) == ["x", "y"]
    assert len(families(found)) == 2


def test_what_goes_on_all_the_time_does_not_swallow_a_burst() -> None:
    broken = Failure(0, "a", "AssertionError", "assert 3 == 4", "tests/test_a.py:3")
    failures = [*spread(broken, [10.0 * n for n in range(50)]), *spread(REFUSED, [100, 101, 102])]
    assert sorted(sizes(failures, wall=500)) == [3, 50]


def test_starts_that_are_all_the_same_are_no_clock() -> None:
    timeouts = REFUSED._replace(exception="ReadTimeout", message="no answer came in time")
    assert sizes([*spread(REFUSED, [0] * 4), *spread(timeouts, [0] * 4)]) == [4, 4]


@pytest.mark.parametrize("start", [None, float("nan"), float("inf")])
def test_failures_without_a_time_join_those_of_their_kind(start: float | None) -> None:
    failures = [*spread(REFUSED, [10, 11]), REFUSED._replace(start=start)]
    assert sizes(failures) == [3]


def test_a_dead_worker_belongs_to_the_failures_around_it() -> None:
    found = cluster(spread(REFUSED, [10, 11, 12]), [Crash(0, 20.0, "t9"), Crash(0, 300.0, "t8")])
    assert [(one.failures, one.crashes) for one in found] == [((0, 1, 2), (0,)), ((), (1,))]


def test_a_lone_dead_worker_is_an_incident_and_no_failure_of_its_test() -> None:
    [found] = cluster([], [Crash(3, None, "tests/test_a.py::test_b")])
    assert (found.run, found.failures, found.crashes) == (3, (), (0,))


def test_runs_have_their_own_clusters_and_share_families() -> None:
    other = REFUSED._replace(run=1, message="All connection attempts failed: refused")
    mine = Failure(1, "x", "KeyError", "'user-17'", "app/users.py:40")
    found = cluster([REFUSED, other, mine])
    assert [one.run for one in found] == [0, 1, 1]
    assert families(found) == [[0, 1], [2]]


def test_a_cause_known_in_one_run_is_that_of_its_kind_in_the_other() -> None:
    found = cluster([REFUSED._replace(label="service_down"), REFUSED._replace(run=1)])
    assert families(found) == [[0, 1]]


def test_a_burst_of_two_kinds_does_not_tie_their_causes_together_in_other_runs() -> None:
    pool = Failure(0, "p", "PoolError", "none is left to take", label="http_pool")
    disk = Failure(0, "d", "DiskError", "no space is left here", label="disk_space")
    unknown = [one._replace(run=1, label="") for one in (pool, disk)]
    burst = [failure for one in unknown for failure in spread(one, [10, 11, 12])]
    found = cluster([pool, disk, *burst], walls={1: 600})
    assert [len(one.keys) for one in found] == [1, 1, 2]
    assert sorted(map(len, families(found))) == [1, 2]


def test_the_order_of_failures_does_not_matter() -> None:
    random = Random(1)
    failures = [
        Failure(0, f"t{n}", f"E{n % 9}", "some words it said", "", random.uniform(0, 500))
        for n in range(300)
    ]
    shuffled = random.sample(failures, len(failures))
    expected = {
        frozenset(failures[n].test for n in one.failures)
        for one in cluster(failures, walls={0: 500})
    }
    assert expected == {
        frozenset(shuffled[n].test for n in one.failures)
        for one in cluster(shuffled, walls={0: 500})
    }


def test_a_hundred_thousand_failures_take_about_a_second() -> None:
    failures = spread(REFUSED, [n % 300 for n in range(100_000)])
    with within(1.5):
        assert len(cluster(failures, walls={0: 300})) == 1


def test_thirty_thousand_kinds_at_one_time_take_no_square_of_it() -> None:
    failures = [
        Failure(0, f"t{n}", f"E{n % 10_000}", "some words it said", "", n / 300)
        for n in range(30_000)
    ]
    crashes = [Crash(0, n / 300) for n in range(30_000)]
    with within(2):
        assert sum(len(one.crashes) for one in cluster(failures, crashes, {0: 600})) == 30_000
