"""What a `<testsuite>` says of itself: a session, what it wrote, and how it failed as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from diagnose.model import Event, Failure, Session, Source, TestResult
from diagnose.readers._failure import clip
from diagnose.readers._junit_case import Setting, failure, properties_of, said, worst
from diagnose.readers._junit_output import captured
from diagnose.readers._junit_tree import line_of
from diagnose.readers._junit_values import duration, moment

RUNNERS = {
    "pytest tests": "pytest",
    "pytest": "pytest",
    "jest tests": "jest",
    "vitest tests": "vitest",
    "Mocha Tests": "mocha",
    "nextest-run": "nextest",
    "AllTests": "gtest",
}
WORKERS = ("workers", "worker_count", "numprocesses", "xdist_workers", "xdist_worker_count")
COUNTS = (
    "tests",
    "failures",
    "errors",
    "skipped",
    "skip",
    "skips",
    "ignored",
    "disabled",
    "flakes",
    "assertions",
)
LONGEST_DETAIL, MOST_DETAILS, MOST_FAILURES = 1000, 200, 100


@dataclass(slots=True)
class Suite:
    """A suite whose end has not come yet; `before` counts the tests that came before it."""

    tag: Element
    before: int
    properties: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the suite's name."""
        return self.tag.get("name", "")

    def learn(self, properties: dict[str, str]) -> None:
        """Keep properties, of the suite itself or of one inside; the first of a name counts."""
        for name, value in properties.items():
            if len(self.properties) >= MOST_DETAILS:
                return
            self.properties.setdefault(name, value)

    def take(self, child: Element, setting: Setting) -> Iterator[Event]:
        """Read a child that is no test case."""
        if child.tag == "properties":
            self.learn(properties_of(child))
        elif child.tag in ("error", "failure"):
            if len(self.failures) < MOST_FAILURES:
                self.failures.append(failure(said(child), setting))
        else:
            for each in captured(said(child), setting.path, several=setting.pytest):
                details = {"stream": each.stream, "suite": self.name}
                yield Event("suite_output", each.text, each.source, details=details)

    def failed(self, setting: Setting, tests: int) -> Iterator[TestResult | Event]:
        """Yield how the suite failed: as a test where it has none, else beside its tests."""
        source = Source(setting.path, line_of(self.tag))
        if self.failures and tests == self.before:
            failures = tuple(self.failures)
            yield TestResult("", self.name, worst(failures), source, failures=failures)
            return
        for found in self.failures:
            details = {"suite": self.name, "outcome": found.outcome, "message": found.message}
            yield Event("suite_failure", found.text or found.message, found.source, details=details)


def runner(root: Element | None, suite: Suite) -> str:
    """Guess what ran the tests from the names that it gives."""
    known = RUNNERS.get(root.get("name", "") if root is not None else "")
    schema = suite.tag.get("xsi:noNamespaceSchemaLocation", "")
    guessed = "surefire" if "surefire" in schema else "go" * ("go.version" in suite.properties)
    return known or RUNNERS.get(suite.name) or guessed


def session(path: str, root: Element | None, suite: Suite, *, finished: bool) -> Session:
    """Sum up a suite; its totals are kept as printed, and never trusted."""
    attributes = suite.tag.attrib
    of_root = root.get("timestamp") if root is not None else None
    started, assumed = moment(attributes.get("timestamp") or of_root or "")
    seconds = duration(attributes.get("time", ""))
    details = {"suite": suite.name} if suite.name else {}
    if assumed and started is not None:
        details["zone"] = "assumed"
    if host := attributes.get("hostname"):
        details["hostname"] = host
    for name, value in suite.properties.items():
        details.setdefault(name, clip(value)[:LONGEST_DETAIL])
    return Session(
        Source(path, line_of(suite.tag)),
        runner=runner(root, suite),
        workers=_workers(suite.properties),
        started=started,
        seconds=None if seconds != seconds else seconds,
        counts={word: int(attributes[word]) for word in COUNTS if _is_count(attributes, word)},
        finished=finished,
        details=details,
    )


def _is_count(attributes: dict[str, str], word: str) -> bool:
    value = attributes.get(word, "")
    return value.isdecimal() and len(value) < 10


def _workers(properties: dict[str, str]) -> int | None:
    stated = (properties[word] for word in WORKERS if word in properties)
    return next((int(word) for word in stated if word.isdecimal() and len(word) < 6), None)
