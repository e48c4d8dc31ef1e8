"""With whom failures belong of which a log that was cut says no more than FAILED."""

from diagnose.clues import Facts
from diagnose.family import Told
from diagnose.judge.wordless import with_wordless
from diagnose.model import Failure, Phase, Source, TestResult

LOG = Source("console.log", 7)


def silent(name: str, classname: str = "tests.test_mill", phase: Phase = "") -> Told:
    failure = Failure("failed", "", LOG, phase=phase)
    return Told(1, TestResult(classname, name, "failed", LOG, failures=(failure,)))


def spoken(name: str, classname: str = "tests.test_mill") -> Told:
    said = Facts(line="LockTimeout: mill.lock")
    return Told(0, TestResult(classname, name, "failed", LOG), facts=said)


def test_a_failure_without_a_word_goes_with_its_function() -> None:
    told = [spoken("test_grind[1]"), spoken("test_sieve[1]"), silent("test_sieve[2]")]
    groups = [("lock_contention", [0]), ("assertion", [1]), ("unknown", [2])]
    expected = [("lock_contention", [0]), ("assertion", [1, 2])]
    assert with_wordless(groups, told) == (expected, {2})


def test_without_its_function_it_goes_with_its_class() -> None:
    told = [spoken("test_grind"), silent("test_sieve")]
    groups = [("lock_contention", [0]), ("unknown", [1])]
    assert with_wordless(groups, told) == ([("lock_contention", [0, 1])], {1})


def test_where_its_function_fails_in_several_ways_nobody_can_say() -> None:
    told = [spoken("test_grind[1]"), spoken("test_grind[2]"), silent("test_grind[3]")]
    groups = [("lock_contention", [0]), ("assertion", [1]), ("unknown", [2])]
    assert with_wordless(groups, told) == (groups, set())


def test_strangers_stay_alone() -> None:
    told = [spoken("test_grind"), silent("test_bake", "tests.test_oven")]
    groups = [("lock_contention", [0]), ("unknown", [1])]
    assert with_wordless(groups, told) == (groups, set())


def test_a_death_is_a_word() -> None:
    told = [spoken("test_grind[1]"), silent("test_grind[2]", phase="crash")]
    groups = [("lock_contention", [0]), ("worker_killed", [1])]
    assert with_wordless(groups, told) == (groups, set())
