"""What all reports say first."""

from diagnose.diagnosis import Diagnosis, Incident, Kernel
from diagnose.oom import KernelIncident, KernelKill
from diagnose.reports._kernel_text import parted
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
        said = f"{plural(failed, 'failed test')}, {causes}{_share(diagnosis)}: {_first(diagnosis)}"
        return f"{said}; {plural(absent, 'test')} never ran" if absent else said
    nameless = sum(run.unnamed.get(w, 0) for run in diagnosis.runs for w in ("failed", "error"))
    if nameless:
        return f"{plural(nameless, 'failed test')} that no file names: only a count was kept"
    if any(gap.kind in ("truncated", "never_finished") for gap in diagnosis.gaps):
        cut = some([run.label for run in diagnosis.runs if not run.complete])
        done = f"{plural(tests, 'test')} without a failure" if tests else "no test that is named"
        return f"Broke off: {cut} was not seen to its end, after {done}"
    if absent:
        return f"Green, but {plural(absent, 'test')} never ran"
    if not tests:
        return _of_kernel(diagnosis.kernel) or "No test was found"
    return f"All green: {plural(tests, 'test')}, no failure"


def _share(diagnosis: Diagnosis) -> str:
    """Say whether the cause that is named accounts for most of the tests, or is one of several."""
    sizes = sorted(len(incident.tests) for incident in diagnosis.incidents)
    if len(sizes) == 1:
        return ""
    return ", mostly" if 2 * sizes[-1] > sum(sizes) else ", among them"


def _first(diagnosis: Diagnosis) -> str:
    main = main_incident(diagnosis)
    return (main.headline.partition(": ")[2] or main.headline) if main else ""


def _of_kernel(kernel: Kernel) -> str:
    """Say what the kernel logs come to, where there are no tests."""
    killed = [kill for kill in kernel.kills if kill.scope != "userspace"]
    if killed or kernel.incidents:
        first = _short(parted(kernel)[0][0]) if kernel.incidents else _told(killed[0])
        several = len(kernel.incidents) > 1
        where = f" in {plural(len(kernel.incidents), 'incident')}" if several else ""
        return f"{plural(len(killed), 'OOM kill')}{where}: {first}"
    if kernel.kills:
        times = plural(len(kernel.kills), "kill")
        return f"No OOM kill by the kernel, but {times} for memory by a daemon"
    if kernel.other:
        return f"No OOM kill, but {plural(len(kernel.other), 'message')} of other trouble"
    return "No OOM kill in the kernel log" if kernel.logs else ""


def _short(incident: KernelIncident) -> str:
    """Say what happened; what a log does not tell is said further below."""
    told, _, unknown = incident.text.rpartition("; ")
    return (
        told
        if told and not incident.culprit.name and unknown.startswith("the log")
        else incident.text
    )


def _told(kill: KernelKill) -> str:
    """Say who was killed where no report of the kernel says why."""
    if kill.comm:
        return kill.comm
    return f"a process of {kill.unit}, by the word of systemd; the kernel's own lines are missing"
