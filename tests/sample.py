"""One rich diagnosis, so that no report test has to invent its own."""

from diagnose.diagnosis import (
    Advice,
    Alternative,
    Diagnosis,
    EarlyWarning,
    Incident,
    Item,
    NextRun,
    Parallelism,
    Patch,
    TestCase,
)
from diagnose.model import (
    Attempt,
    Captured,
    Event,
    Failure,
    Gap,
    Input,
    Problem,
    Run,
    Session,
    Source,
    TestResult,
)
from diagnose.table import Row, TestTable
from tests.sample_compared import compared

STARTED = 1_768_403_910.0  # 2026-01-14 15:18:30 UTC
BOTH = {"serial": "passed", "parallel": "failed"}
# What a report must be able to carry without harm, in the places where names and texts go.
HOSTILE = "<script>alert('x')</script> | `code` @everyone [link](javascript:x) \x1b[31mred\u202e"


def sample() -> Diagnosis:
    """Return two runs, four incidents, a gap of each kind, problems, a kernel event."""
    return Diagnosis(
        runs=(_serial(), _parallel()),
        incidents=(_starved(), _assertion(), _killed(), _unclear()),
        gaps=(*_parallel().gaps, Gap("serial", "missing_in_run", "1 test is not here", (), 1)),
        problems=_parallel().problems,
        events=(_oom_kill(),),
        parallelism=Parallelism(
            "parallel_only", "failures occurred only in parallel", design="1+1"
        ),
        comparison=compared(HOSTILE),
        title="Identity, nightly",
        advice=(_fewer(),),
        warnings=(_left_open(),),
    )


def _fewer() -> Advice:
    return Advice(
        "workers-1",
        title="Run at most 4 workers: the service can't answer more at once",
        why="28 tests failed in parallel (8 workers and more); with 4 workers all of them passed.",
        effect="These 28 tests pass.",
        proof="for run in 1 2; do pytest -n 4 || break; done",
        patches=(Patch("pytest.ini", "ini", "[pytest]\naddopts = -n 4\n"),),
        incidents=("starved_response-1",),
    )


def _left_open() -> EarlyWarning:
    return EarlyWarning(
        "leak",
        "parallel: 2 warnings of something left open (unclosed socket)",
        "ResourceWarning: unclosed <socket.socket fd=14>",
        Source("parallel.log", 9_001),
        ("tests/test_users.py::TestUsers::test_001",),
    )


def _serial() -> Run:
    return Run(
        label="serial",
        inputs=(Input("serial.xml", "junit", 17_499),),
        table=_table(184, ""),
        sessions=(
            Session(Source("serial.xml", 1), "pytest", "9.0.2", 1, 184, STARTED - 600, 96.5),
        ),
        workers_source="estimated",
        started=STARTED - 600,
        wall_seconds=96.5,
        effective_parallelism=0.98,
    )


def _parallel() -> Run:
    return Run(
        label="parallel",
        inputs=(
            Input("parallel.xml", "junit", 81_234),
            Input("parallel.log", "pytest_log", 239_634),
        ),
        results=(_timed_out(), _retried()),
        table=_table(156, "gw0"),
        events=(_oom_kill(),),
        sessions=(Session(Source("parallel.log", 1), "pytest", "9.0.2", 8, 184, STARTED, 312.4),),
        problems=(
            Problem(Source("notes.txt"), "no reader knows this file"),
            Problem(Source("parallel.xml", 1_540), "not well-formed XML: no element found"),
        ),
        gaps=(
            Gap("parallel", "truncated", "parallel.xml breaks off in line 1,540"),
            Gap("parallel", "never_finished", "2 tests began and never ended", _names(2), 2),
            Gap("parallel", "lost", "3 tests died with gw3", _names(3), 3),
            Gap("parallel", "duplicated", "1 test is there twice", _names(1), 1),
        ),
        workers=8,
        workers_source="stated",
        not_run=3,
        started=STARTED,
        wall_seconds=312.4,
        effective_parallelism=6.4,
    )


def _table(size: int, worker: str) -> TestTable:
    table = TestTable()
    table.extend(
        Row("tests.test_users.TestUsers", f"test_{number:03}", "passed", 0.25, worker)
        for number in range(size)
    )
    return table


def _names(number: int) -> tuple[str, ...]:
    return tuple(f"tests/test_users.py::TestUsers::test_{n:03}" for n in range(number))


def _timed_out() -> TestResult:
    said = "E   httpx.ReadTimeout: timed out"
    return TestResult(
        classname="tests.test_keys.TestKeys",
        name="test_scope[admin]",
        outcome="failed",
        source=Source("parallel.xml", 12),
        id="tests/test_keys.py::TestKeys::test_scope[admin]",
        file="tests/test_keys.py",
        line=17,
        seconds=5.34,
        worker="gw3",
        failures=(
            Failure(
                "failed",
                "httpx.ReadTimeout: timed out",
                Source("parallel.xml", 13),
                f"tests/test_keys.py:19: in test_scope\n{said}",
                "httpx.ReadTimeout",
                "call",
            ),
        ),
        output=(Captured("log", _quote(), Source("parallel.log", 8_123), "call"),),
    )


def _retried() -> TestResult:
    failure = Failure("failed", "assert 503 == 200", Source("parallel.xml", 90), phase="call")
    return TestResult(
        classname="tests.test_sessions",
        name="test_refresh[5]",
        outcome="passed",
        source=Source("parallel.xml", 89),
        worker="gw1",
        attempts=(Attempt("failed", (failure,)), Attempt("passed")),
    )


def _oom_kill() -> Event:
    return Event(
        kind="kernel.oom_kill",
        text="Memory cgroup out of memory: Killed process 14492 (python3)",
        source=Source("dmesg.txt", 88),
        time=STARTED + 101.5,
        uptime=1755.135764,
        worker="gw1",
    )


def _quote() -> str:
    return "receive_response_headers.failed exception=ReadTimeout(TimeoutError('timed out'))"


def _starved() -> Incident:
    return Incident(
        id="starved_response-1",
        headline="28 tests failed: the identity service stopped answering under 8 workers",
        tests=tuple(
            TestCase(
                f"tests/test_keys.py::TestKeys::test_scope[{number}]",
                "tests.test_keys.TestKeys",
                f"test_scope[{number}]",
                "tests/test_keys.py",
                "victim",
                BOTH,
            )
            for number in range(28)
        ),
        verdict="resource_exhaustion",
        cause="starved_response",
        confidence=0.93,
        wording="verdict",
        ledger=(
            Item(
                "comparison",
                "passes serially, fails with 8 workers (28 of 28 tests)",
                "resource_exhaustion",
                "service_fault",
                5.2,
            ),
            Item(
                "signature",
                "no response headers before the read timeout",
                "resource_exhaustion",
                "service_fault",
                7.1,
                _quote(),
                Source("parallel.log", 8_123),
            ),
        ),
        missing=("a kernel log of the parallel run would confirm or rule out memory",),
    )


def _assertion() -> Incident:
    case = TestCase(
        f"tests/test_export.py::test_name[{HOSTILE}]",
        "tests.test_export",
        f"test_name[{HOSTILE}]",
        "tests/test_export.py",
        "culprit",
        {"serial": "failed", "parallel": "failed"},
    )
    said = Item(
        "signature",
        "an assertion of the test",
        "service_fault",
        "",
        6.0,
        f"E   AssertionError: {HOSTILE}",
        Source("parallel.xml", 61),
    )
    return Incident(
        "assertion-1",
        f"1 test failed: AssertionError: {HOSTILE}",
        (case,),
        "service_fault",
        "assertion",
        0.81,
        "likely",
        {"service_fault": 0.81, "test_defect": 0.12, "test_isolation": 0.07},
        (Alternative("test_defect", "stale_expectation", 0.12),),
        ledger=(said,),
        next_run=NextRun("pytest -p no:xdist tests/test_users.py", "fails serially too", 2),
    )


def _killed() -> Incident:
    case = TestCase(
        "tests/test_leak.py::test_export",
        "tests.test_leak",
        "test_export",
        "tests/test_leak.py",
        "culprit",
        {"serial": "passed", "parallel": "error"},
    )
    kill = Item(
        "oom_kill",
        "the kernel killed gw1",
        "resource_exhaustion",
        "",
        20.0,
        _oom_kill().text,
        _oom_kill().source,
    )
    return Incident(
        "oom_kill-1",
        "1 test failed: the kernel killed its worker for memory",
        (case,),
        "resource_exhaustion",
        "oom_kill",
        0.97,
        "verdict",
        ledger=(kill,),
    )


def _unclear() -> Incident:
    case = TestCase("tests.test_misc::test_ü", "tests.test_misc", "test_ü", outcomes=BOTH)
    return Incident("unknown-1", "1 test failed: no message", (case,), missing=("its console log",))
