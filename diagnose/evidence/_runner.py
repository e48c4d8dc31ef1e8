"""What a run's own runner died of, where it was for want of something."""

from __future__ import annotations

import re

from diagnose.model import Event, Run

SHORT_OF = {
    "file_descriptors": re.compile(r"Errno 2[34]\b|Too many open files|\bE[MN]FILE\b"),
    "disk_space": re.compile(r"Errno (?:28|122)\b|No space left on device|Disk quota exceeded"),
    "memory": re.compile(r"\AMemoryError\b|Errno 12\b|Cannot allocate memory"),
    "processes_threads": re.compile(r"can't start new thread|BlockingIOError: \[Errno 11\]"),
}


def short_of(run: Run) -> tuple[str, Event] | None:
    """Return the cause that the runner's own error names, and where it stands."""
    for event in run.events:
        if event.kind == "internal_error":
            for cause, words in SHORT_OF.items():
                if words.search(event.text):
                    return cause, event
    return None
