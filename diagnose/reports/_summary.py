"""What all reports say first."""

from diagnose.diagnosis import Diagnosis, Incident
from diagnose.words import plural, some


def main_incident(diagnosis: Diagnosis) -> Incident | None:
    """Return the incident that took the most tests."""
    return max(diagnosis.incidents, key=lambda incident: len(incident.tests), default=None)


def headline(diagnosis: Diagnosis) -> str:
    """Say in one sentence what happened."""
    failed = sum(len(incident.tests) for incident in diagnosis.incidents)
    absent = sum(run.not_run for run in diagnosis.runs)
    tests = sum(run.counts["tests"] for run in diagnosis.runs)
    if failed:
        causes = plural(len(diagnosis.incidents), "cause")
        said = f"{plural(failed, 'failed test')}, {causes}: {_first(diagnosis)}"
        return f"{said}; {plural(absent, 'test')} never ran" if absent else said
    if absent:
        return f"Green, but {plural(absent, 'test')} never ran"
    if not tests:
        return "No test was found"
    if cut := [run.label for run in diagnosis.runs if not run.complete]:
        return f"Green as far as it goes: {some(cut)} was not seen to its end"
    return f"All green: {plural(tests, 'test')}, no failure"


def _first(diagnosis: Diagnosis) -> str:
    main = main_incident(diagnosis)
    return main.headline.partition(": ")[2] if main else ""
