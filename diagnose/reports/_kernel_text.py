"""What kernels say, for a terminal: when, how much of it was whose, who died of it, what fits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from diagnose.diagnosis import Kernel
from diagnose.model import Event, Source
from diagnose.oom import KernelIncident, KernelKill, Moment, ProcessGroup
from diagnose.reports._columns import WIDTH, cut, short, wrap
from diagnose.words import clean, plural, some

OURS = re.compile(r"(?i)\[?(?:python|pypy|py\.?test)")
SHOWN_INCIDENTS = 5
SHOWN_KILLS = 10
SHOWN_GROUPS = 6
SHOWN_OTHERS = 8
BAR = 32
WHOLE = (
    "the rest of the report, which says who had the memory: all lines of `dmesg -T`,"
    " or of `journalctl -k -o short-precise`"
)
WHICH_TEST = "Which test did it end? Add the run: diagnose oom LOG n8=junit.xml,console.log"
REASON = 600  # characters of a basis
SLIVER = 0.01  # of the largest: a bar that would show nothing


def section(kernel: Kernel, with_runs: bool) -> Iterator[str]:
    """Write the incidents with their timeline, bars and advice, and other trouble."""
    if not (kernel.kills or kernel.incidents or kernel.other):
        return
    yield "KERNEL"
    ours, theirs = parted(kernel)
    for number, incident in enumerate(ours[:SHOWN_INCIDENTS], start=1):
        kills = [kill for kill in kernel.kills if kill.incident == incident.id]
        head = f"  {number}. {stamp(incident.when)}"
        yield f"{head}{_place(incident.source, WIDTH - len(head))}"
        yield from _incident(incident, kills, with_runs)
    if (more := len(ours) - SHOWN_INCIDENTS) > 0:
        yield f"  … {plural(more, 'more incident')}; -o report.json has all"
    if theirs:
        yield f"  … {foreign(theirs)}; -o report.json has all"
    loose = [kill for kill in kernel.kills if not kill.incident]
    yield from _loose("not by the kernel", [k for k in loose if not k.unit], with_runs)
    yield from _loose(
        "as systemd tells; no line of the kernel is here", [k for k in loose if k.unit], with_runs
    )
    if not with_runs and any(OURS.match(kill.name) for kill in kernel.kills):
        yield from wrap(WHICH_TEST, "  ", "    ")
    yield from _others(kernel.other)


def parted(kernel: Kernel) -> tuple[list[KernelIncident], list[KernelIncident]]:
    """Part what befell the runs from what befell others; where nothing did, all is shown alike."""
    joined = {kill.incident for kill in kernel.kills if kill.run}
    ours = [each for each in kernel.incidents if each.id in joined]
    theirs = [each for each in kernel.incidents if each.id not in joined]
    return (ours, theirs) if ours else (theirs, [])


def foreign(incidents: Sequence[KernelIncident]) -> str:
    """Count what the kernel tells of others than the runs."""
    return f"{plural(len(incidents), 'more incident')} in this log, of none of these runs"


def _loose(how: str, kills: Sequence[KernelKill], with_runs: bool) -> Iterator[str]:
    if kills:
        yield f"  killed for memory, {how}"
        yield from _timeline(kills, with_runs)


def _incident(
    incident: KernelIncident, kills: Sequence[KernelKill], with_runs: bool
) -> Iterator[str]:
    yield from wrap(f"{incident.text}{guilt(incident, kills)}", "     ")
    yield from _bars(holders(incident))
    yield from _timeline(kills, with_runs)
    if safe := incident.safe_workers:
        most = f"at most {safe.n}, about {safe.risk:.0%} risk of another kill: " if safe.n else ""
        yield from wrap(f"     workers  {most}{safe.basis}", "", " " * 14, REASON)
    if not (incident.complete or incident.culprit.name):
        yield from wrap(f"     missing  {WHOLE}", "", " " * 14)


def guilt(incident: KernelIncident, kills: Sequence[KernelKill]) -> str:
    """Say in one sentence whether the victim was the culprit."""
    if incident.victim_is_culprit is None or not incident.culprit.name:
        return ""
    if incident.victim_is_culprit:
        return f". Victim and culprit are the same: {incident.culprit.name}"
    victims = some(list(dict.fromkeys(kill.name for kill in kills))) or "who was killed"
    return f". An innocent victim: {victims} died of what {incident.culprit.name} had taken"


def holders(incident: KernelIncident) -> list[ProcessGroup]:
    """List what held the memory, also where that was no process: files of tmpfs, or slabs."""
    groups, culprit = list(incident.groups), incident.culprit
    if groups and culprit.name and culprit.name not in [group.name for group in groups]:
        groups.append(ProcessGroup(culprit.name, culprit.processes, culprit.rss_kb))
    return sorted(groups, key=lambda group: -group.rss_kb)


def _bars(groups: Sequence[ProcessGroup]) -> Iterator[str]:
    """Draw the memory of the largest groups."""
    most = max((group.rss_kb for group in groups), default=0)
    if not most:
        return
    for group in groups[:SHOWN_GROUPS]:
        bar = "█" * max(round(BAR * group.rss_kb / most), group.rss_kb > SLIVER * most)
        number = f"{group.processes:,}×" if group.processes > 1 else ""
        name = cut(group.name, 16)
        yield f"     {name:<16} {number:>6} {mib(group.rss_kb):>11}  {bar}".rstrip()
    if rest := groups[SHOWN_GROUPS:]:
        total = mib(sum(group.rss_kb for group in rest))
        yield f"     {plural(len(rest), 'other name'):<23} {total:>11}"


def _timeline(kills: Sequence[KernelKill], with_runs: bool) -> Iterator[str]:
    for kill in kills[:SHOWN_KILLS]:
        held = f", {mib(kill.rss_kb)}" if kill.rss_kb is not None else ""
        who = _who(kill, held)
        yield from wrap(f"     {clock(kill.when)}  killed {who}{_home(kill, with_runs)}")
        if kill.test:
            yield f"                   in {cut(kill.test, WIDTH - 22)}"
    if (more := len(kills) - SHOWN_KILLS) > 0:
        yield f"     … {plural(more, 'more kill')}; -o report.json has all"


def _who(kill: KernelKill, held: str) -> str:
    if not kill.pid:
        return f"a process of {clean(kill.name)}"
    return f"{clean(kill.name)} ({kill.pid}{held})"


def _home(kill: KernelKill, with_runs: bool) -> str:
    if not kill.run:
        return ": of none of these runs" if with_runs else ""
    if not kill.worker:
        return f": during {kill.run}"
    place = f" (in place of {kill.in_place_of})" if kill.in_place_of else ""
    return f": {kill.worker}{place} of {kill.run}"


def _others(others: Iterable[Event]) -> Iterator[str]:
    events = list(others)
    if events:
        yield "  other trouble"
    for event in events[:SHOWN_OTHERS]:
        kind = event.kind.removeprefix("kernel.").replace("_", " ")
        yield f"     {kind}  {_place(event.source, WIDTH - len(kind) - 7)}"
        yield f"       {short(event.text.strip(), WIDTH - 7)}"
    if (more := len(events) - SHOWN_OTHERS) > 0:
        yield f"     … {plural(more, 'more message')}; -o report.json has all"


def _place(source: Source, width: int) -> str:
    """Write where something stands; of a long path the end, which tells files apart."""
    line = f":{source.line}" if source.line else ""
    return f"{cut(source.path, width - len(line))}{line}"


def stamp(when: Moment) -> str:
    """Write a moment for the head of a paragraph; nothing where none is known."""
    zone = " UTC" if when.zoned else ""
    if when.time is not None:
        return f"{datetime.fromtimestamp(when.time, UTC):%Y-%m-%d %H:%M:%S}{zone} · "
    if when.yearless is not None:
        moment = datetime.fromtimestamp(when.yearless, UTC)
        return f"{moment:%b} {moment.day} {moment:%H:%M:%S}{zone} · "
    return f"{when.uptime:.3f} s after boot · " if when.uptime is not None else ""


def clock(when: Moment) -> str:
    """Write a moment for a column: the time of day, or seconds since boot."""
    time = when.time if when.time is not None else when.yearless
    if time is not None:
        return f"{datetime.fromtimestamp(round(time, 3), UTC):%H:%M:%S.%f}"[:12]
    return f"{when.uptime:10.3f} s" if when.uptime is not None else " " * 12


def mib(kilobytes: int) -> str:
    """Write a size as a person would."""
    return f"{kilobytes / 1024:,.0f} MiB" if kilobytes >= 1024 else f"{kilobytes} KiB"
