"""Tests that are wrong themselves: the line, and what it should say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from diagnose.advice._case import Case, cases, listed
from diagnose.advice._project import option
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
MISSING = re.compile(r"fixture '(\w{1,100})' not found")
NAME = re.compile(r"[A-Za-z_]\w{0,99}")
Told = tuple[str, str, tuple[Patch, ...]]
MISSING_FIXTURE = '''\
import pytest


@pytest.fixture
def {name}():
    """Belongs into a conftest.py at or above the tests that ask for it."""
    ...
'''
SPECCED = '''\
from unittest import mock


def double_of(original):
    """Break at once where the double and what it stands for part ways."""
    return mock.create_autospec(original, spec_set=True)
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Say which line of a test, a fixture or a double is wrong."""
    for case in cases(diagnosis, set(CAUSES)):
        title, why, patches = CAUSES[case.incident.cause](diagnosis, case)
        serial = " In serial and parallel alike." if case.fewest == 1 and len(case.runs) > 1 else ""
        yield Advice(
            "test-defects",
            title=title,
            why=f"{case.tests}: {case.raised}. {why}{serial}",
            effect="The product stays as it is; no retry and no other number of workers helps.",
            proof=f"pytest -n 0 {listed(case.ids)}",
            patches=patches,
            incidents=(case.id,),
        )


def _at(case: Case) -> str:
    return case.place or (case.ids[0] if case.ids else "the test")


def _fixture(_: Diagnosis, case: Case) -> Told:
    match = MISSING.search(case.text)
    if match:
        name = match[1]
        return (
            f"Provide the fixture {name}, or ask for the one that is there",
            f"No conftest.py at or above the test, and no plug-in, has {name}; "
            "`pytest --fixtures` lists what is there.",
            (Patch("conftest.py", "python", MISSING_FIXTURE.format(name=name)),),
        )
    frame = case.frame("fixture")
    name = frame.function if frame and NAME.fullmatch(frame.function) else case.first("fixture")
    return (
        f"Mend the fixture {name}" if name else "Mend the fixture that fails in setup",
        f"It raises at {_at(case)}, and takes every test down that uses it.",
        (),
    )


def _import(diagnosis: Diagnosis, case: Case) -> Told:
    name = case.first("module", "name", "import", "attr")
    frame = case.frame("test", "fixture")
    at = f" at {frame.path}:{frame.line}" if frame else ""
    return (
        f"Change the import{f' of {name}' if NAME.fullmatch(name.replace('.', '_')) else ''}{at}",
        "The tests name something that the product has no longer under that name, or that the "
        "import path does not lead to.",
        (option(diagnosis, "pythonpath", ". src", "if the path is what is missing"),),
    )


def _mock(_: Diagnosis, case: Case) -> Told:
    name = case.first("attr", "name")
    frame = case.frame("test")
    at = f" at {frame.path}:{frame.line}" if frame else ""
    return (
        f"Make the mock fit what it stands for{f': {name}' if NAME.fullmatch(name) else ''}",
        f"The double{at} and the product have parted ways: patch the name where it is used now, "
        "and build doubles from the original, so that this shows at once.",
        (Patch("tests/doubles.py", "python", SPECCED),),
    )


def _code(_: Diagnosis, case: Case) -> Told:
    frame = case.frame("test", "fixture")
    at = f"{frame.path}:{frame.line}" if frame else _at(case)
    return (f"Fix the test's own line {at}", "The traceback ends in the test itself.", ())


def _expectation(_: Diagnosis, case: Case) -> Told:
    frame = case.frame("test")
    at = f"{frame.path}:{frame.line}" if frame else _at(case)
    update = "pytest --snapshot-update" if "snapshot" in case.text.lower() else "git log -p -3"
    return (
        f"Decide at {at} which is right, the snapshot in the test or the product",
        "The value that the test has stored is not the one that the product gives now; if the new "
        "one is meant, store it in the same change.",
        (Patch("update.sh", "shell", f"{update} {listed(case.ids)}\ngit diff\n"),),
    )


CAUSES: dict[str, Callable[[Diagnosis, Case], Told]] = {
    "fixture_error": _fixture,
    "import_error": _import,
    "mock_mismatch": _mock,
    "bad_test_code": _code,
    "stale_expectation": _expectation,
}
