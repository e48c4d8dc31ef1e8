"""What all reports say first."""

from typing import Any

from diagnose.model import Diagnosis, Incident
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
        kinds = plural(len(diagnosis.incidents), "kind")
        said = f"{plural(failed, 'failed test')}, {kinds} of failure: {_first(diagnosis)}"
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


def parallelism(diagnosis: Diagnosis) -> dict[str, Any]:
    """Say what the runs allow to say of parallelism: nothing is claimed before it is weighed."""
    compared = len({run.workers for run in diagnosis.runs}) > 1
    relation = "undetermined" if compared else "not_compared"
    statement = (
        "the runs differ in their workers; whether failures depend on that is not weighed yet"
        if compared
        else "there are no runs with different numbers of workers to compare"
    )
    return {
        "relation": relation,
        "statement": statement,
        "rate_ratio": None,
        "interval": None,
        "p_value": None,
        "bayes_factor": None,
        "design": design(diagnosis),
    }


def design(diagnosis: Diagnosis) -> str:
    """Return how many serial and parallel runs there are, as "1+2"."""
    serial = sum(run.workers == 1 for run in diagnosis.runs)
    return f"{serial}+{len(diagnosis.runs) - serial}"
