"""What people use today, to be better than: a grep for words, and one rule about runs."""

from __future__ import annotations

import re

from lab.corpus import Said, Text
from lab.scoring import Judged

# The words that searches on such failures begin with, in the order of how much they tell.
WORDS = (
    ("oom_kill", "resource_exhaustion", r"\boom\b|out of memory|killed process|exit(?: code)? 137"),
    ("gpu_memory", "resource_exhaustion", r"cuda.*memory"),
    ("memory", "resource_exhaustion", r"memoryerror|cannot allocate|heap space"),
    ("db_connections", "resource_exhaustion", r"too many (?:clients|connections)|queuepool"),
    ("file_descriptors", "resource_exhaustion", r"too many open files"),
    ("disk_space", "resource_exhaustion", r"no space left"),
    ("rate_limit", "resource_exhaustion", r"\b429\b|rate limit|too many requests"),
    ("lock_contention", "resource_exhaustion", r"deadlock|database is locked|lock wait"),
    ("port_conflict", "test_isolation", r"address already in use"),
    ("network_dns", "environment", r"name or service not known|name resolution|getaddrinfo"),
    ("tls_certificate", "environment", r"certificate|ssl"),
    ("permission", "environment", r"permission denied"),
    ("credentials", "environment", r"\b40[13]\b|unauthorized|forbidden"),
    ("missing_dependency", "environment", r"modulenotfounderror|no module named"),
    ("fixture_error", "test_defect", r"fixture .* not found"),
    ("service_down", "service_fault", r"connection refused"),
    ("starved_response", "resource_exhaustion", r"time(?:d )?[- ]?out"),
    ("http_5xx", "service_fault", r"\b50[0234]\b|internal server error"),
    ("crash", "service_fault", r"segmentation fault|sigsegv|core dumped"),
    ("assertion", "service_fault", r"assert"),
)


def grep(text: str) -> tuple[str, str]:
    """Return the verdict and cause of the first word that is found, in whatever place."""
    lowered = text.lower()
    for cause, verdict, words in WORDS:
        if re.search(words, lowered):
            return verdict, cause
    return "service_fault", "app_exception"


def grepped(text: Text) -> Said:
    """Say what the words of a text alone would say."""
    verdict, cause = grep(text.text)
    return Said(text, verdict, cause, 1.0, {verdict: 1.0})


def by_runs(test: Judged, *, fails_serially: bool) -> Judged:
    """Put it down to resources where it passes serially and fails in parallel, else to the code."""
    verdict, cause = (
        ("service_fault", "assertion")
        if fails_serially
        else ("resource_exhaustion", "starved_response")
    )
    return Judged(test.test, test.truth, verdict, cause, 1.0, {verdict: 1.0})
