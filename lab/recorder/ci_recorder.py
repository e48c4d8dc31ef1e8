"""Note, inside the processes that run the tests, how each test ended and what it really met.

It is loaded into the product's own pytest, so it imports nothing but pytest, and it keeps its file
open from the start: a process that runs out of files can still say so.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest

FACTS = ("errno", "sqlstate", "sqlite_errorname", "status_code", "returncode", "reason")
LONGEST = 400
NOTES = os.open(
    os.path.join(os.environ["LAB_NOTES"], f"{os.getpid()}.jsonl"),  # noqa: PTH118 - kept small
    os.O_WRONLY | os.O_CREAT | os.O_APPEND,
    0o666,
)


def note(**facts: object) -> None:
    """Write a line at once: the process may not live to write another."""
    os.write(NOTES, (json.dumps({"at": time.time(), **facts}) + "\n").encode())


def chain(error: BaseException | None) -> Iterator[dict[str, object]]:
    """Yield an exception and what it was raised from, outermost first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield told(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def told(error: BaseException) -> dict[str, object]:
    """Return the type of an exception, its words, and the facts that it carries."""
    kind = type(error)
    facts: dict[str, object] = {"type": f"{kind.__module__}.{kind.__qualname__}"}
    facts["said"] = str(error)[:LONGEST]
    answer = getattr(error, "response", None)
    for name in FACTS:
        value = getattr(error, name, None)
        value = getattr(answer, name, None) if value is None else value
        if isinstance(value, int | str):
            facts[name] = value
    return facts


class Recorder:
    """The hooks of a process that runs tests."""

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note that a test began."""
        note(test=nodeid, event="start")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note how a phase of a test ended."""
        report = yield
        expected = hasattr(report, "wasxfail")
        outcome = "skipped" if expected and report.failed else report.outcome
        met = list(chain(call.excinfo.value)) if call.excinfo and report.failed else []
        note(test=item.nodeid, event=report.when, outcome=outcome, chain=met)
        return report

    def pytest_exception_interact(
        self, node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any]
    ) -> None:
        """Note a file that could not be collected."""
        if isinstance(node, pytest.Collector) and call.excinfo:
            note(test=node.nodeid, event="collect", chain=list(chain(call.excinfo.value)))


def pytest_configure(config: pytest.Config) -> None:
    """Record where tests run: in a worker, or in a session without any."""
    distributes = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    note(event="process", pid=os.getpid(), worker=worker)
    if not distributes:
        config.pluginmanager.register(Recorder(), "lab-recorder")
