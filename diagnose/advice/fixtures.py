"""One for the session instead of one for each test: what tests create again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.advice._case import Case, cases, repeat, short
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.frames import Frame

RANK = 1
CAUSES = {"starved_response", "rate_limit"}
CREATES = re.compile(
    r"(?:^|_)(?:new|create|add|make|register|provision|open|connect|start|login|sign_?up|build|"
    r"setup|get_token|authenticate)(?:_|$)"
)
WIDER = """\
import pytest


# Only the scope changes; the body stays as it is.
@pytest.fixture(scope="session")
def {name}({arguments}):
    ...
"""
SHARED = '''\
import pytest
from filelock import FileLock


@pytest.fixture(scope="session")
def shared_{noun}({parameters}):
    """Made once for each worker, one worker after the other; for tests that only read it."""
    with FileLock(tmp_path_factory.getbasetemp().parent / "{noun}.lock"):
        return {name}({arguments})
'''
ARGUMENTS = re.compile(r"def \w+\(([\w, ]{0,80})\)")


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Name the fixture, or the function, that makes something for every test."""
    for case in cases(diagnosis, CAUSES):
        frame = _maker(case)
        if frame and case.parallel_only and case.size > max(run.workers for run in case.failing):
            yield _advice(case, frame)


def _maker(case: Case) -> Frame | None:
    """Find who creates: a fixture, else a function of that kind of name."""
    fixture = [f for f in case.frames if f.owner == "fixture" and f.function.isidentifier()]
    named = [
        f for f in case.frames if CREATES.search(f.function) and not f.function.startswith("test")
    ]
    return next(iter([*fixture, *named]), None)


def _advice(case: Case, frame: Frame) -> Advice:
    name = frame.function
    workers = max(run.workers for run in case.failing)
    patch = SHARED if frame.owner != "fixture" else WIDER
    noun = re.sub(CREATES, "", name).strip("_") if CREATES.search(name) else ""
    title = f"Let `{name}` make one {noun} for a session, not one for every test"
    match = ARGUMENTS.search(case.text[case.text.find(f"def {name}(") :])
    first = match[1].partition(",")[0].strip() if match else ""
    arguments = first if first.isidentifier() and first != "self" else ""
    path = "conftest.py" if frame.owner != "fixture" else _plain(frame.path)
    content = patch.format(
        name=name,
        noun=noun or "one",
        arguments=arguments,
        parameters=", ".join(filter(None, (arguments, "tmp_path_factory"))),
    )
    return Advice(
        "fixtures",
        title=title if noun else f"Run `{name}` once for each worker, not once for every test",
        why=(
            f"{case.tests} each went through `{name}` ({short(frame.path)}:{frame.line}) and died "
            f"there; with {workers} workers, up to {workers} of these calls are under way at once."
        ),
        effect=(
            f"{workers} calls in a run with {workers} workers instead of at least {case.size}"
            f"{', one after the other' if patch is SHARED else ''}; tests that change "
            f"{f'the {noun}' if noun else 'what it makes'} keep their own."
        ),
        proof=repeat(f"pytest -n {workers}", case.repeats),
        patches=(Patch(path, "python", content),),
        incidents=(case.id,),
    )


def _plain(path: str) -> str:
    return path if re.fullmatch(r"[\w./-]{1,200}", path) else "conftest.py"
