"""Which words are found in a failed test, in which place, and what its form tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.causes import patterns
from diagnose.evidence._signature import Patterns, facts, find, find_in
from diagnose.model import Attempt, Captured, Failure, Outcome, Source, TestResult
from diagnose.readers import junit
from diagnose.readers._file import File
from tests.pace import within

HERE = Path(__file__).parent
PATTERNS = Patterns(patterns())


def failed(text: str, output: str = "", outcome: Outcome = "failed") -> TestResult:
    """Make a failed test of a text that begins on line 100 of its file."""
    return TestResult(
        "tests.test_shop",
        "test_shop",
        outcome,
        Source("report.xml", 99),
        failures=(Failure(outcome, "", Source("report.xml", 100), text),),
        output=(Captured("stdout", output, Source("report.xml", 500)),) if output else (),
    )


def places(test: TestResult) -> dict[str, str]:
    return {hit.pattern.id: hit.place for hit in find(test, PATTERNS)}


def case(name: str) -> TestResult:
    return failed((HERE / "signature" / f"{name}.txt").read_text("utf-8"))


def test_the_last_exception_is_raised_and_those_before_it_are_its_chain() -> None:
    found = places(case("chained"))
    assert found["db_connections.postgres_clients"] == "chain"
    assert found["app_exception.unhandled"] == "raised"


def test_what_is_captured_below_the_traceback_is_no_exception() -> None:
    found = places(case("captured"))
    assert found.pop("disk_space.enospc") == "captured"
    assert found.pop("disk_space.words") == "captured"
    assert set(found.values()) == {"assertion"}


def test_the_name_of_a_test_says_nothing() -> None:
    text = "FAILED tests/test_a.py::test_too_many_open_files - AssertionError: assert 1 == 2"
    assert not [name for name in places(failed(text)) if name.startswith("file_descriptors.")]


def test_a_test_that_passed_says_nothing() -> None:
    text = "tests/test_a.py::test_x[Too many open files] PASSED\ntest connection refused ... ok"
    assert not find_in(text, "console", Source("log", 1), PATTERNS)


def test_a_hit_has_the_line_of_the_file_and_its_words_as_they_stand_there() -> None:
    (hit,) = [hit for hit in find(case("chained"), PATTERNS) if hit.place == "chain"]
    assert hit.quote == "E   asyncpg.PostgresError: sorry, too many clients already"
    assert hit.source == Source("report.xml", 103)


def test_groups_carry_the_details() -> None:
    test = failed(
        "TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out"
    )
    (hit,) = [hit for hit in find(test, PATTERNS) if hit.pattern.id == "db_connections.queuepool"]
    assert hit.groups == {"size": "5", "overflow": "10"}


def test_logs_explain_a_status_that_only_says_that_the_server_failed() -> None:
    log = "ERROR pool: QueuePool limit of size 5 overflow 10 reached"
    vague = failed("E       assert 500 == 200\n\ntests/test_a.py:3: AssertionError", log)
    plain = failed("E       assert 41 == 42\n\ntests/test_a.py:3: AssertionError", log)
    assert [hit.explains for hit in find(vague, PATTERNS) if hit.place == "captured"] == [True]
    assert [hit.explains for hit in find(plain, PATTERNS) if hit.place == "captured"] == [False]


REPLY = """\
    def test_list(api):
        reply = api.get("/list")
>       assert reply.json()[0]["id"]
E       KeyError: 0

tests/test_list.py:56: KeyError
"""


def test_logs_explain_a_reply_that_could_not_be_taken_apart() -> None:
    said = "500 QueuePool limit of size 5 overflow 10 reached"
    for text, believed in ((REPLY, True), (REPLY.replace("reply.json()", "TOTALS"), False)):
        test = failed(text, said)
        (hit,) = (hit for hit in find(test, PATTERNS) if hit.place == "captured")
        assert (facts(test).of_reply, hit.explains) == (believed, believed)


EXIT = """\
E   AssertionError: assert 1 == 0
E    +  where 1 = <Result SystemExit(1)>.exit_code
"""


@pytest.mark.parametrize(
    ("text", "believed"), [(EXIT, True), (EXIT.replace("exit_", "area_"), False)]
)
def test_logs_explain_an_exit_code(text: str, believed: bool) -> None:
    (hit,) = (
        hit
        for hit in find(failed(text, "tool: disk quota exceeded"), PATTERNS)
        if hit.place == "captured"
    )
    assert hit.explains is believed


@pytest.mark.parametrize(
    ("raised", "believed"),
    [
        ("conftest.ShopDidNotStart: the shop ended with 1 before it answered", True),
        ("mirakuru.ProcessExitedWithError: the process has exited with a non-zero code: 1", True),
        ("WebDriverException: Service chromedriver unexpectedly exited. Status code was: 1", True),
        ("RuntimeError: live server failed to start within 10 s", True),
        ("AssertionError: the broker did not come up", True),
        ("AssertionError: assert 'it failed to start' == 'it started'", False),
        ("ValueError: the line ended with a comma", False),
        ("RuntimeError: the shop is closed", False),
    ],
)
def test_what_a_process_wrote_explains_that_it_ended(raised: str, believed: bool) -> None:
    test = failed(f"E   {raised}", "OSError: [Errno 98] Address already in use", "error")
    hits = [hit for hit in find(test, PATTERNS) if hit.place == "captured"]
    assert {hit.explains for hit in hits} == {believed}


@pytest.mark.parametrize(
    ("line", "believed"),
    [
        ("requests.exceptions.HTTPError: 500 Server Error: Internal Server Error for url: /", True),
        ("shop.ClientError: An error occurred (500) when calling the Pay operation", True),
        ("shop.ClientError: An error occurred (404) when calling the Pay operation", False),
        ("shop.PriceError: 500 is too much", False),
    ],
)
def test_logs_explain_an_exception_that_only_passes_a_server_error_on(
    line: str, believed: bool
) -> None:
    test = failed(f"E   {line}", "QueuePool limit of size 5 overflow 10 reached")
    (hit,) = (hit for hit in find(test, PATTERNS) if hit.place == "captured")
    assert hit.explains is believed


def test_a_line_of_a_build_log_is_no_frame() -> None:
    assert places(failed("#3 ERROR: failed to copy: 429 Too Many Requests")) == {
        "rate_limit.status": "console",
        "rate_limit.words": "console",
    }
    assert not places(failed("#3  0x00007f in answer (why=429 Too Many Requests)"))


def test_two_sides_of_a_comparison_are_read_as_one() -> None:
    text = '    Expected: "2021-03-01 10:00"\n    Received: "2021-03-01 05:00"'
    assert places(failed(text))["clock_timezone.same_day"] == "assertion"


def test_the_same_items_in_another_order_are_told_apart_from_other_items() -> None:
    assert "bad_test_code.reordered" in places(failed("E   assert [3, 1, 2] == [1, 2, 3]"))
    assert "bad_test_code.reordered" not in places(failed("E   assert [3, 1, 4] == [1, 2, 3]"))


def test_a_traceback_that_the_ci_stamped_is_still_one() -> None:
    text = "11:07:51  Traceback (most recent call last):\n11:07:51  MemoryError"
    assert places(failed(text))["memory.python"] == "raised"


def test_a_test_that_failed_only_at_first_is_read_too() -> None:
    text = failed("MemoryError").failures
    test = TestResult("a", "b", "passed", Source("r", 1), attempts=(Attempt("failed", text),))
    assert "memory.python" in places(test)


@pytest.mark.parametrize(
    ("name", "exception", "raised_by", "ours", "phase"),
    [
        ("chained", "RuntimeError", "product", "product", "call"),
        ("captured", "AssertionError", "test", "test", "call"),
        ("fixture", "KeyError", "fixture", "fixture", "setup"),
        ("collection", "ModuleNotFoundError", "test", "test", "collect"),
        ("java", "java.lang.NullPointerException", "product", "product", "call"),
        ("script", "TypeError", "library", "test", "call"),
    ],
)
def test_the_form_tells_what_was_raised_where_and_when(
    name: str, exception: str, raised_by: str, ours: str, phase: str
) -> None:
    form = facts(case(name))
    told = (form.exception, form.raised_by, form.ours, form.phase)
    assert told == (exception, raised_by, ours, phase)


@pytest.mark.parametrize(
    "text",
    [
        "expect(received).toBe(expected)\n\nExpected: 200\nReceived: 429",
        "E   AssertionError: Expected: [200]. Actual: 429. Response text: wait",
        "assertion `left == right` failed\n  left: 429\n right: 200",
        "E   AssertionError: 429 != 200",
        "E   AssertionError: 429 != <HTTPStatus.OK: 200>",
    ],
)
def test_the_label_says_which_status_was_expected(text: str) -> None:
    form = facts(failed(text))
    assert (form.actual_status, form.expected_status) == (429, 200)


def test_a_status_that_was_compared_is_told() -> None:
    form = facts(failed("E       assert 503 == 200\nE        +  where 503 = <Response>.status"))
    assert (form.assertion, form.actual_status, form.expected_status) == (True, 503, 200)


def test_a_missing_module_of_the_project_is_told_from_a_strangers() -> None:
    assert facts(case("collection")).own_module
    assert not facts(failed("tests/a.py:1: in <module>\nE   No module named 'yaml'")).own_module


def test_a_module_that_lacks_a_name_is_the_projects_own_where_a_frame_lies_in_its_folder() -> None:
    said = "src/shop/till.py:4: in ring\nE   AttributeError: module '{}' has no attribute 'total'"
    assert facts(failed(said.format("shop.orders"))).lacking == "own"
    assert facts(failed(said.format("ortools.linear"))).lacking == "foreign"


def test_junit_keeps_the_lines_of_its_file() -> None:
    path = HERE / "signature" / "report.xml"
    data = path.read_bytes()
    lines = data.decode().split("\n")
    results = [
        one for one in junit.read(File.of(data, "report.xml")) if isinstance(one, TestResult)
    ]
    hits = [hit for result in results for hit in find(result, PATTERNS)]
    assert hits
    assert all(hit.quote in lines[hit.source.line - 1] for hit in hits)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text())
def test_no_text_is_too_odd_to_be_read(text: str, output: str) -> None:
    test = failed(text, output)
    assert facts(test).line in text or not facts(test).line
    assert all(hit.source.path == "report.xml" for hit in find(test, PATTERNS))


def test_a_hostile_text_does_not_take_long() -> None:
    words = sorted({word for one in patterns() for word in one.literals})
    text = "\n".join((word + "1") * (3000 // (len(word) + 1)) for word in words[::4])
    with within(20):
        find(failed(text), PATTERNS)


@pytest.mark.parametrize(
    "text",
    ["No module named " + "a" * 60_000 + "._b", "module '" + "_" * 60_000, "\n" * 60_000],
    ids=["missing", "lacking", "empty"],
)
def test_an_endless_name_or_nothing_at_all_does_not_take_long(text: str) -> None:
    with within(2):
        assert not facts(failed(f"{text}\nModuleNotFoundError: lost")).own_module


def test_a_bare_assertion_of_java_is_that_of_the_test_and_not_of_the_product() -> None:
    said = facts(
        failed(
            "java.lang.AssertionError\n"
            "\tat org.junit.Assert.assertTrue(Assert.java:41)\n"
            "\tat com.example.ShopTest.isOpen(ShopTest.java:14)"
        )
    )
    assert (said.raised_by, said.ours) == ("library", "test")
