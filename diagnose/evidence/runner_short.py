"""The runner itself ran out of what its tests had used up: it could not even write its report.

It says in the system's words what was short, where the tests only say that they failed, or in words
of the product's own. A report that can't be written is no failure of any test, and so tells of all.
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.evidence._runner import SHORT_OF, short_of
from diagnose.evidence._wordless import FORM_ONLY
from diagnose.family import Evidence, Family


def gather(family: Family) -> Iterator[Evidence]:
    """Look for a run that its runner did not end for want of something."""
    if family.cause not in (*FORM_ONLY, *SHORT_OF):
        return
    for number in family.failed_runs:
        run = family.runs[number]
        cause, event = short_of(run) or ("", None)
        if event and family.cause in (*FORM_ONLY, cause):
            text = f"{run.label} ended with an error of the runner's own"
            quote, source = event.text, event.source
            yield Evidence("runner_short", text, quote=quote, source=source, cause=cause)
            return
