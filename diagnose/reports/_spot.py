"""Where a failure is shown beside the code: a file of the repository, and its line."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from diagnose.diagnosis import TestCase
from diagnose.frames import read
from diagnose.model import TestResult

Spot = tuple[str, int]


def spot(test: TestCase, result: TestResult | None) -> Spot:
    """Find the line that failed: of the innermost frame in the project's own code."""
    for failure in result.failures if result else ():
        for raised in reversed(read(failure.text).chain):
            for frame in raised.frames:
                if frame.owner in ("test", "fixture", "product") and _inside(frame.path):
                    return frame.path.replace("\\", "/"), frame.line
    if _inside(test.file):
        return test.file.replace("\\", "/"), result.line if result else 0
    return "", 0


def _inside(path: str) -> bool:
    """Say whether a path can be one of the repository."""
    absolute = PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
    return bool(path) and not absolute and ".." not in path.replace("\\", "/").split("/")
