"""The report for the log of a job on GitLab: the terminal's, in sections that fold."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.diagnosis import Diagnosis
from diagnose.reports.terminal import blocks

OPEN = ("advice", "failures")
PLAIN = ("title", "headline", "redactions")
ERASE = "\x1b[0K"
MARK = "section_{}:0:diagnose_{}{}\r" + ERASE  # the moment is only for a duration: there is none


def render(diagnosis: Diagnosis) -> str:
    """Write the sentence, then a section for each part; what one rarely reads is folded."""
    return "\n".join(line for part in blocks(diagnosis).items() for line in _part(*part)) + "\n"


def _part(name: str, lines: list[str]) -> Iterator[str]:
    if name in PLAIN:
        yield from lines
        return
    folded = "" if name in OPEN else "[collapsed=true]"
    yield f"{ERASE}{MARK.format('start', name, folded)}{lines[0]}"
    yield from lines[1:]
    yield f"{ERASE}{MARK.format('end', name, '')}"
