"""Markdown for the summary of a step on GitHub: as much of it as a step may have."""

from diagnose.diagnosis import Diagnosis
from diagnose.reports.markdown import STEP_SUMMARY, fit


def render(diagnosis: Diagnosis) -> str:
    """Write as much as GitHub takes; one byte more, and it would drop all of it."""
    return fit(diagnosis, STEP_SUMMARY)
