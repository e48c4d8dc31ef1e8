"""Lets atheris look for inputs that take new ways through the code; started by `fuzz.guided`.

All code is instrumented once; each subject then has a process of its own, a corpus and the limits
of all inputs. What breaks it ends that process, and lies in its folder, beside the log.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import resource
import sys
from pathlib import Path
from typing import NoReturn

import atheris

from fuzz.leaves import other_leaves

with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["diagnose"]):
    from diagnose.readers import READERS
    from diagnose.reports import REPORTS
    from fuzz.subjects import SUBJECTS, Subject
    from fuzz.trial import MEMORY, virtual

    LOADED = [*READERS.values(), *REPORTS.values()]

CLOCK = 30  # seconds for an input; one that took so long is tried again by its CPU
LONGEST = 1 << 16  # bytes; of longer ones, less is tried in the same time


def explore(names: list[str], folder: Path, words: list[str], jobs: int = 1) -> None:
    """Give each subject its turn, some at the same time; the words are for libFuzzer."""
    running = 0
    for name in names:
        if running == jobs:
            os.wait()
            running -= 1
        if not os.fork():
            _work(SUBJECTS[name], folder / name, words)
        running += 1
    for _ in range(running):
        os.wait()


def _work(subject: Subject, folder: Path, words: list[str]) -> NoReturn:
    """Be the process of a subject."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    atheris.Setup([__name__, *words, *_words(folder)], subject, custom_mutator=_mutated)
    most = virtual() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    atheris.Fuzz()
    sys.exit()  # all the way out: what broke it is written down by those who are told of the end


def _words(folder: Path) -> list[str]:
    return [
        f"-timeout={CLOCK}",
        f"-max_len={LONGEST}",
        "-len_control=100",  # short ones first, as without a mutator of one's own
        "-rss_limit_mb=0",  # the limit of address space does that
        "-print_final_stats=1",
        f"-artifact_prefix={folder / 'found'}-",
        f"-dict={folder / 'words'}",
        str(folder / "corpus"),  # what is new goes into the first
        str(folder / "seeds"),
    ]


def _mutated(data: bytes, most: int, seed: int) -> bytes:
    """Change the leaves of a document, or the bytes of anything as coverage and words suggest."""
    draw = random.Random(seed)
    changed = other_leaves(data, draw) if draw.random() < 0.8 else None
    if changed is None or len(changed) > most:
        return bytes(atheris.Mutate(data, most))
    return changed


if __name__ == "__main__":
    _, jobs, seconds, seed, folder, *names = sys.argv
    explore(names, Path(folder), [f"-max_total_time={seconds}", f"-seed={seed}"], int(jobs))
