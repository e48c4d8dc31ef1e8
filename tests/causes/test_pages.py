"""Every page of the catalogue, and every example of every page."""

from __future__ import annotations

import pytest

from diagnose.causes import CAUSES, catalogue, patterns
from diagnose.clues import Example, Facts, Hit, Page
from diagnose.evidence.signature import Patterns, facts, find, find_in
from diagnose.judge.signature import decide, rank
from diagnose.model import Captured, Failure, Source, TestResult

PAGES = catalogue()
PATTERNS = Patterns(patterns())
PLACE = {"console": "console", "service_log": "service", "kernel": "kernel"}
PLAIN = """\
    def test_total():
>       assert total == 42
E       assert 41 == 42

tests/test_total.py:7: AssertionError"""
EXAMPLES = [
    pytest.param(page, example, id=f"{page.cause}-{'is' if example.matches else 'is_not'}-{line}")
    for page in PAGES.values()
    for line, example in ((example.line, example) for example in page.examples)
]
CONTRACT = [
    "oom_kill",
    "memory",
    "gpu_memory",
    "shared_memory",
    "db_connections",
    "http_pool",
    "starved_response",
    "rate_limit",
    "file_descriptors",
    "processes_threads",
    "disk_space",
    "inotify_watches",
    "ephemeral_ports",
    "cpu_starvation",
    "lock_contention",
    "unclosed_resources",
    "http_5xx",
    "assertion",
    "app_exception",
    "crash",
    "service_down",
    "timeout_regression",
    "port_conflict",
    "event_loop_conflict",
    "shared_state",
    "data_collision",
    "file_collision",
    "network_dns",
    "tls_certificate",
    "credentials",
    "missing_dependency",
    "permission",
    "version_mismatch",
    "clock_timezone",
    "runner_lost",
    "worker_killed",
    "fixture_error",
    "import_error",
    "mock_mismatch",
    "bad_test_code",
    "stale_expectation",
    "unknown",
]


def read(example: Example) -> tuple[list[Hit], Facts]:
    """Read an example as the reader of its fence would have given it to the classifier."""
    source = Source("example", 1)
    if example.reader in PLACE:
        place = PLACE[example.reader]
        return find_in(example.text, place, source, PATTERNS), Facts()  # type: ignore[arg-type] # a Place by construction
    text, output = (PLAIN, example.text) if example.reader == "captured" else (example.text, "")
    test = TestResult(
        "tests.test_total",
        "test_total",
        "failed",
        source,
        failures=(Failure("failed", "", source, text),),
        output=(Captured("stdout", output, source),) if output else (),
    )
    return find(test, PATTERNS), facts(test)


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_an_example_leads_to_its_cause_and_a_counter_example_does_not(
    page: Page, example: Example
) -> None:
    hits, form = read(example)
    verdict = decide(rank(hits, form, PAGES))
    said = (verdict, [(hit.pattern.id, hit.place) for hit in hits], form)
    assert (verdict.cause == page.cause) is example.matches, said


def test_there_is_a_page_for_every_cause_of_the_vocabulary() -> None:
    assert sorted(CAUSES) == sorted(CONTRACT)


def test_no_two_patterns_have_the_same_id() -> None:
    names = [pattern.id for pattern in patterns()]
    assert sorted(set(names)) == sorted(names)


def test_an_id_begins_with_its_cause() -> None:
    assert not [one.id for one in patterns() if not one.id.startswith(f"{one.cause}.")]


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.cause)
def test_a_page_has_prose_and_a_remedy(page: Page) -> None:
    assert len(page.prose) > 200
    assert page.remedy.startswith("- ")
