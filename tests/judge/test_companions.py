"""Which failures without telling words belong to tests that are known to disturb each other."""

from dataclasses import replace
from typing import Literal

from diagnose.causes import catalogue
from diagnose.clues import Facts, Hit
from diagnose.family import Told
from diagnose.judge.companions import with_companions
from diagnose.model import Source, TestResult

PAGES = catalogue()
XML = Source("r.xml", 1)


def told(name: str, run: int = 1, classname: str = "tests.test_export") -> Told:
    return Told(run, TestResult(classname, name, "failed", XML))


HOST = [told("test_a"), told("test_b")]
SERIAL, PARALLEL = 0, 1


def labels(other: Told, ends: dict[int, str], label: str = "bad_test_code") -> list[str]:
    failures = [*HOST, other]
    outcomes = {each.result.key: {SERIAL: "passed", PARALLEL: "failed"} for each in HOST}
    outcomes[other.result.key] = ends
    groups = [("file_collision", [0, 1]), (label, [2])]
    return [name for name, _ in with_companions(groups, failures, outcomes, PAGES)[0]]


PARALLEL_ONLY = {SERIAL: "passed", PARALLEL: "failed"}


def test_a_neighbour_that_fails_in_the_same_runs_is_of_the_same_root() -> None:
    assert labels(told("test_c"), PARALLEL_ONLY) == ["file_collision"]


def test_words_of_its_own_keep_a_failure_apart() -> None:
    assert labels(told("test_c"), PARALLEL_ONLY, "network_dns") == ["file_collision", "network_dns"]


def test_another_class_is_no_neighbour() -> None:
    elsewhere = told("test_c", classname="tests.test_import")
    assert len(labels(elsewhere, PARALLEL_ONLY)) == 2


def test_what_fails_serially_too_has_another_root() -> None:
    assert len(labels(told("test_c", SERIAL), {SERIAL: "failed", PARALLEL: "passed"})) == 2


def test_without_a_run_that_passed_nothing_is_joined() -> None:
    assert len(labels(told("test_c"), {PARALLEL: "failed"})) == 2


def test_of_two_hosts_neither_is_chosen() -> None:
    failures = [told("test_a"), told("test_b"), told("test_c")]
    outcomes = {each.result.key: PARALLEL_ONLY for each in failures}
    groups = [("file_collision", [0]), ("data_collision", [1]), ("assertion", [2])]
    assert with_companions(groups, failures, outcomes, PAGES) == (groups, set())


def test_one_collision_does_not_swallow_a_crowd() -> None:
    crowd = [told(f"test_{n}") for n in range(5)]
    failures = [told("test_a"), *crowd]
    outcomes = {each.result.key: PARALLEL_ONLY for each in failures}
    groups = [("file_collision", [0]), ("assertion", [1, 2, 3, 4, 5])]
    assert with_companions(groups, failures, outcomes, PAGES) == (groups, set())


def short_of(
    nothing: Literal["", "missing", "empty"],
    ends: dict[int, str],
    host: dict[int, str],
    *,
    logged: bool = False,
    seconds: float = 2.0,
) -> bool:
    """Say whether a failure beside a full disk, after 3 seconds of trying, joins it."""
    pattern = next(p for p in PAGES["disk_space"].patterns if p.strength == "decisive")
    hits = (Hit(pattern, "captured", "No space left on device", XML),) if logged else ()
    result = replace(told("test_c").result, seconds=seconds)
    other = Told(PARALLEL, result, hits, Facts(nothing=nothing))
    hosts = [replace(each, result=replace(each.result, seconds=3.0)) for each in HOST]
    outcomes = {each.result.key: host for each in HOST} | {other.result.key: ends}
    groups = [("disk_space", [0, 1]), ("assertion", [2])]
    found, joined = with_companions(groups, [*hosts, other], outcomes, PAGES)
    assert joined == ({2} if len(found) == 1 else set())
    return len(found) == 1


ALWAYS = {SERIAL: "failed", PARALLEL: "failed"}


def test_a_shortage_makes_things_missing_and_not_wrong() -> None:
    assert short_of("missing", PARALLEL_ONLY, PARALLEL_ONLY)
    assert short_of("empty", PARALLEL_ONLY, PARALLEL_ONLY)
    assert not short_of("", PARALLEL_ONLY, PARALLEL_ONLY)


def test_what_fills_up_is_not_full_from_the_beginning() -> None:
    assert short_of("missing", PARALLEL_ONLY, ALWAYS)
    assert not short_of("missing", {PARALLEL: "failed"}, ALWAYS)


def test_who_failed_at_once_did_not_wait_for_what_ran_out() -> None:
    assert not short_of("missing", PARALLEL_ONLY, PARALLEL_ONLY, seconds=0.2)
    assert short_of("missing", PARALLEL_ONLY, PARALLEL_ONLY, seconds=0.0)  # nobody knows


def test_who_got_nothing_and_logged_the_shortage_belongs_to_it() -> None:
    assert short_of("missing", {PARALLEL: "failed"}, ALWAYS, logged=True)
    assert not short_of("", {PARALLEL: "failed"}, ALWAYS, logged=True)
