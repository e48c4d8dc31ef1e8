"""pytest's console log, of any version since 2.8, with or without xdist, in any CI's wrapping."""

from collections.abc import Iterator

from diagnose.model import Problem, Record, Source
from diagnose.readers._file import File, TornError
from diagnose.readers._lines import lines
from diagnose.readers._pytest_log import Log
from diagnose.readers._pytest_signs import shows_pytest

WHOLE = False


def recognises(block: bytes) -> bool:
    """Find the rules, sums and progress lines that pytest alone prints."""
    return shows_pytest(block)


def read(file: File) -> Iterator[Record | Problem]:
    """Yield events as they come; tests and their session when it is over."""
    log = Log(file.path)
    take, ready = log.take, log.ready
    try:
        for line in lines(file):
            take(line)
            if ready:
                yield from ready
                ready.clear()
    except TornError as torn:
        ready.append(Problem(Source(file.path), f"could not be read to its end: {torn}"))
    log.close()
    yield from ready
