"""The one sentence that a comment opens with: how many failed, of how many causes, whose fault."""

from __future__ import annotations

from collections.abc import Sequence

from diagnose.diagnosis import Diagnosis, Incident
from diagnose.reports._summary import headline
from diagnose.words import plural


def sentence(diagnosis: Diagnosis) -> str:
    """Say it as a colleague would, in passing."""
    incidents = [incident for incident in diagnosis.incidents if incident.tests]
    if not incidents:
        return headline(diagnosis)
    parts = [f"{_tests(incidents):,} failed", plural(len(incidents), "cause")]
    absent = sum(run.not_run for run in diagnosis.runs)
    never = [f"{plural(absent, 'test')} never ran"] if absent else []
    return "; ".join([*parts, *_whose(incidents), *never])


def open_question(incident: Incident) -> bool:
    """Say whether nobody knows yet whose problem an incident is."""
    return incident.verdict == "inconclusive" or incident.wording == "undetermined"


def needs_a_person(incident: Incident) -> bool:
    """Say whether no setting will do: somebody has to look at the code, or find out more."""
    return open_question(incident) or incident.verdict in ("service_fault", "test_defect")


def _whose(incidents: Sequence[Incident]) -> list[str]:
    unknown = [each for each in incidents if open_question(each)]
    known = [each for each in incidents if not open_question(each)]
    faults = [each for each in known if each.verdict == "service_fault"]
    said = []
    if faults:
        sure = all(each.wording == "verdict" for each in faults)
        said.append(_blamed(faults, incidents, sure=sure))
    if unknown:
        said.append(_open(unknown, incidents))
    if said:
        return said
    if all(each.wording == "verdict" for each in known):
        return ["nothing is wrong with the service"]
    return ["nothing points at the service"]


def _blamed(faults: Sequence[Incident], incidents: Sequence[Incident], *, sure: bool) -> str:
    perhaps = "" if sure else "probably "
    if len(faults) == len(incidents):
        return f"the service is {perhaps}at fault"
    verb = "is" if _tests(faults) == 1 else "are"
    return f"{_tests(faults):,} {verb} {perhaps}the service's fault"


def _open(unknown: Sequence[Incident], incidents: Sequence[Incident]) -> str:
    if len(unknown) == len(incidents):
        return "whose fault that is, these runs don't tell"
    verb = "is" if _tests(unknown) == 1 else "are"
    return f"{_tests(unknown):,} {verb} not explained yet"


def _tests(incidents: Sequence[Incident]) -> int:
    return sum(len(incident.tests) for incident in incidents)
