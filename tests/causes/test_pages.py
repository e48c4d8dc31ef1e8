"""Every page of the catalogue, and every example of every page."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from diagnose.causes import CAUSES, catalogue, patterns
from diagnose.causes._page import LITERALS, derived
from diagnose.clues import Example, Page
from diagnose.evidence._examples import read_example
from diagnose.evidence._prefilter import Patterns
from diagnose.judge.signature import decide, rank
from tests.conftest import Golden

FENCE = re.compile(r"```toml\n(.*?)\n```", re.DOTALL)

PAGES = catalogue()
PATTERNS = Patterns(patterns())
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


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_an_example_leads_to_its_cause_and_a_counter_example_does_not(
    page: Page, example: Example
) -> None:
    hits, form = read_example(example, PATTERNS)
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


def test_the_words_of_our_patterns_are_listed_as_derived(golden: Golden) -> None:
    rows = [
        row
        for path in sorted(LITERALS.parent.glob("*.md"))
        for row in tomllib.loads(FENCE.search(path.read_text("utf-8"))[1]).get("pattern", [])  # type: ignore[index]  # each page has one
    ]
    for row in rows:
        for key in ("regex", "unless", "unless_text", "when"):
            re.compile(row.get(key, ""))
    regexes = [row[key] for row in rows for key in ("regex", "when") if key in row]
    listed = {regex: derived(regex) for regex in regexes}
    golden(LITERALS, json.dumps(listed, indent=0, ensure_ascii=False) + "\n")
