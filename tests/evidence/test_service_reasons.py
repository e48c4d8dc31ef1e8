"""What the log of a service says of its answers: a shortage there is why the tests failed."""

from collections.abc import Iterable
from dataclasses import replace

from diagnose.causes import catalogue, patterns
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._words import tell
from diagnose.judge.signature import decide, rank
from diagnose.model import Event, Failure, Input, Run, Source, TestResult

PATTERNS = Patterns(patterns())
PAGES = catalogue()
XML, LOG = Source("r.xml", 1), Source("app.log", 7)
ANSWER = "E   httpx.HTTPStatusError: Server error '500 Internal Server Error' for url 'http://a/b'"
DRY = "sqlalchemy.exc.TimeoutError: QueuePool limit of size 1 overflow 0 reached"
BROKEN = "KeyError: 'vat'"
LOCKED = "sqlite3.OperationalError: database is locked"


def failed(name: str, text: str = ANSWER, start: float | None = None) -> TestResult:
    failures = (Failure("failed", text.removeprefix("E   "), XML, text),)
    return TestResult("t", name, "failed", XML, seconds=1.0, start=start, failures=failures)


def logged(raised: str, time: float | None = None) -> Event:
    name = raised.partition(":")[0]
    text = f"ERROR in the handler\nTraceback (most recent call last):\n{raised}"
    return Event("service.error", text, LOG, time=time, details={"exception": name})


def causes(*runs: Run) -> list[str]:
    told = tell(runs, PATTERNS)
    return [decide(rank(each.hits, each.facts, PAGES)).cause for each in told]


def run(results: Iterable[TestResult], *events: Event) -> Run:
    return Run("n4", results=tuple(results), events=events, workers=4)


def test_a_service_whose_pool_ran_dry_failed_for_the_pool() -> None:
    assert causes(run([failed("a")], logged(DRY))) == ["db_connections"]


def test_the_quote_is_the_line_of_the_services_log() -> None:
    (told,) = tell([run([failed("a")], logged(DRY))], PATTERNS)
    (hit,) = [hit for hit in told.hits if hit.place == "service"]
    assert (hit.quote, hit.source) == (DRY, Source("app.log", 9))


def test_without_its_log_the_service_is_at_fault() -> None:
    assert causes(run([failed("a")])) == ["http_5xx"]


def test_what_the_service_does_wrong_stays_its_fault() -> None:
    for raised in (BROKEN, LOCKED):
        assert causes(run([failed("a")], logged(raised))) == ["http_5xx"]


def test_clocks_tell_which_answer_had_which_reason() -> None:
    results = [failed("a", start=100.0), failed("b", start=200.0)]
    assert causes(run(results, logged(DRY, 100.5), logged(BROKEN, 200.5))) == [
        "db_connections",
        "http_5xx",
    ]


def test_without_clocks_a_log_of_several_errors_explains_none() -> None:
    assert causes(run([failed("a")], logged(DRY), logged(BROKEN))) == ["http_5xx"]


def test_clocks_that_never_meet_are_not_asked() -> None:
    zone = 3600.0
    assert causes(run([failed("a", start=100.0)], logged(DRY, 100.5 + zone))) == ["db_connections"]


def test_what_the_service_always_logs_is_no_reason() -> None:
    calm = Run("serial", events=(logged(DRY),))
    assert causes(calm, run([failed("a")], logged(DRY))) == ["http_5xx"]


def serial(results: Iterable[TestResult], *events: Event) -> Run:
    return Run("serial", results=tuple(results), events=events)


def test_runs_tell_which_answer_had_which_reason() -> None:
    always, parallel_only = failed("always"), failed("parallel only")
    runs = [
        serial([always], logged(BROKEN)),
        run([always, parallel_only], logged(BROKEN), logged(DRY)),
    ]
    assert causes(*runs) == ["http_5xx", "http_5xx", "db_connections"]


def test_a_test_that_fails_in_one_run_of_two_is_not_told_by_an_error_of_both() -> None:
    runs = [serial([failed("a")], logged(BROKEN)), run([failed("b")], logged(BROKEN), logged(DRY))]
    assert causes(*runs) == ["http_5xx", "http_5xx"]


def test_errors_that_come_and_go_together_explain_none() -> None:
    always, parallel_only = failed("always"), failed("parallel only")
    broken = [logged(BROKEN), logged("ValueError: twice"), logged(DRY)]
    runs = [serial([always], logged(BROKEN)), run([always, parallel_only], *broken)]
    assert causes(*runs) == ["http_5xx"] * 3


def test_a_run_without_a_log_tells_of_no_reason() -> None:
    runs = [serial([failed("a")]), run([failed("a")], logged(DRY))]
    assert causes(*runs) == ["http_5xx", "db_connections"]


def test_a_failure_that_is_no_answer_of_the_service_has_its_own_reason() -> None:
    wrong = "E   AssertionError: assert 3 == 4"
    assert causes(run([failed("a", wrong), failed("b")], logged(DRY))) == [
        "assertion",
        "db_connections",
    ]


NOTHING = "E   TypeError: 'NoneType' object is not subscriptable"


def test_who_found_nothing_may_have_had_an_answer_that_somebody_kept_to_himself() -> None:
    of = run([failed("a", NOTHING, start=100.0)], logged(DRY, 100.5))
    assert causes(of) == ["db_connections"]
    spared = replace(serial([]), inputs=(Input("serial.log", "service_log", 1),))
    assert causes(spared, run([failed("a", NOTHING)], logged(DRY))) == ["db_connections"]


def test_errors_that_nobody_tells_the_time_of_explain_none_who_does_not_say_he_had_them() -> None:
    assert causes(run([failed("a", NOTHING)], logged(DRY))) == ["app_exception"]


def test_errors_of_the_service_that_others_were_told_of_are_theirs() -> None:
    race_and_pool = run([failed("a", NOTHING), failed("b")], logged(DRY), logged(DRY))
    assert causes(race_and_pool) == ["app_exception", "db_connections"]


def test_who_finds_nothing_where_the_service_erred_in_nothing_was_not_refused() -> None:
    runs = [serial([failed("a", NOTHING)]), run([failed("a", NOTHING)], logged(DRY))]
    assert "db_connections" not in causes(*runs)


def test_fewer_errors_than_failures_explain_none() -> None:
    several = [failed(name, NOTHING) for name in "abc"]
    assert "db_connections" not in causes(run(several, logged(DRY), logged(DRY)))


def test_thousands_of_answers_share_what_explains_them() -> None:
    results = [failed(f"t{n}", start=float(n)) for n in range(3000)]
    told = tell([run(results, *(logged(DRY, float(n)) for n in range(3000)))], PATTERNS)
    assert len({id(each.hits) for each in told}) <= 20
