from dataclasses import replace

from diagnose.model import Gap, Run, Session, Source, TestResult
from diagnose.runs import missing_tests
from diagnose.runs.completeness import with_gaps
from diagnose.table import Row, TestTable


def run(label: str, *names: str, failed: str = "", unnamed: int = 0) -> Run:
    table = TestTable()
    table.extend(Row("tests.test_a", name) for name in names)
    results = (TestResult("tests.test_a", failed, "failed", Source(label)),) if failed else ()
    return Run(label, results=results, table=table, unnamed={"passed": unnamed} if unnamed else {})


def test_a_test_that_only_one_run_has_is_missing_in_the_other() -> None:
    (gap,) = missing_tests([run("serial", "test_x", "test_y"), run("n8", "test_x")])
    assert (gap.run, gap.kind, gap.total) == ("n8", "missing_in_run", 1)
    assert gap.tests == ("tests.test_a::test_y",)
    assert gap.text == "1 test of serial did not run in n8"


def test_a_test_that_failed_in_a_run_is_there() -> None:
    assert missing_tests([run("serial", "test_x"), run("n8", failed="test_x")]) == ()


def test_a_log_that_names_no_test_lacks_none() -> None:
    assert missing_tests([run("serial", "test_x"), run("n8", failed="test_q", unnamed=5)]) == ()


def test_a_run_that_read_nothing_is_not_compared() -> None:
    assert missing_tests([run("serial", "test_x"), run("n8")]) == ()


def test_a_gap_of_unknown_size_takes_no_names() -> None:
    stopped = replace(run("n8", "test_x"), gaps=(Gap("n8", "lost", "the session was stopped"),))
    lost, absent = missing_tests([run("serial", "test_x", "test_y"), stopped])
    assert (lost.tests, absent.kind) == ((), "missing_in_run")


def test_two_suites_in_one_torn_file_are_one_gap() -> None:
    where = Source("torn.xml", 1)
    torn = replace(run("torn"), sessions=(Session(where, finished=False),) * 2)
    gaps = with_gaps(torn, {"junit": torn.sessions}, ()).gaps
    assert [gap.text for gap in gaps] == ["torn.xml ends before the session does"]
