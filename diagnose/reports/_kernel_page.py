"""What kernels say as the HTML report shows it, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from diagnose.diagnosis import Kernel
from diagnose.model import Event
from diagnose.oom import KernelIncident, KernelKill, Moment, ProcessGroup
from diagnose.reports._kernel_text import clock, guilt, holders, mib, parted, stamp
from diagnose.reports._said import place
from diagnose.reports._text import cut, line
from diagnose.words import some

SHOWN_INCIDENTS = 20
SHOWN_KILLS = 50
SHOWN_GROUPS = 8
SHOWN_OTHERS = 50
NAME = 400
SENTENCE = 600


def kernel(found: Kernel) -> dict[str, Any]:
    """Return each time that memory ran out, kills by others than the kernel, and other trouble."""
    loose = [kill for kill in found.kills if not kill.incident]
    ours, theirs = parted(found)
    return {
        "incidents": [_incident(each, found.kills) for each in (ours + theirs)[:SHOWN_INCIDENTS]],
        "theirs": len(theirs),
        "more_incidents": len(found.incidents) - SHOWN_INCIDENTS,
        "kills": _kills(loose),
        "other": [_other(event) for event in found.other[:SHOWN_OTHERS]],
        "more_other": len(found.other) - SHOWN_OTHERS,
    }


def _incident(told: KernelIncident, kills: Iterable[KernelKill]) -> dict[str, Any]:
    own = [kill for kill in kills if kill.incident == told.id]
    return {
        "anchor": f"kernel-{told.id}",
        "text": _sentence(line(told.text, SENTENCE)),
        "guilt": line(guilt(told, own), SENTENCE).removeprefix(". "),
        "when": stamp(told.when).removesuffix(" · "),
        "during": some([line(run, 80) for run in dict.fromkeys(k.run for k in own if k.run)]),
        "place": place(told.source),
        "limit": mib(told.limit_kb) if told.limit_kb else "",
        "workers": _workers(told),
        "groups": _groups(told),
        "rest": _rest(holders(told)[SHOWN_GROUPS:]),
        "kills": _kills(own),
        "more_kills": len(own) - SHOWN_KILLS,
    }


def _sentence(text: str) -> str:
    """Begin with a capital, unless it begins with a name."""
    return f"T{text[1:]}" if text.startswith("the ") else text


def _workers(told: KernelIncident) -> dict[str, Any] | None:
    if not (safe := told.safe_workers):
        return None
    return {"n": safe.n, "risk": f"{safe.risk:.0%}", "basis": line(safe.basis, SENTENCE)}


def _groups(told: KernelIncident) -> list[dict[str, Any]]:
    shown = holders(told)[:SHOWN_GROUPS]
    most = max((group.rss_kb for group in shown), default=0) or 1
    return [
        {
            "name": line(group.name, 80),
            "processes": group.processes,
            "size": mib(group.rss_kb),
            "width": f"{100 * group.rss_kb / most:.1f}",
            "culprit": group.name == told.culprit.name,
        }
        for group in shown
    ]


def _rest(groups: Sequence[ProcessGroup]) -> dict[str, Any] | None:
    size = mib(sum(group.rss_kb for group in groups))
    return {"names": len(groups), "size": size} if groups else None


def _kills(kills: Sequence[KernelKill]) -> list[dict[str, Any]]:
    first = kills[0].when if kills else Moment()
    return [
        {
            "when": clock(kill.when).strip(),
            "after": _after(first, kill.when),
            "comm": line(kill.name, 80),
            "pid": kill.pid or "a process of it",
            "held": mib(kill.rss_kb) if kill.rss_kb is not None else "",
            "home": _home(kill),
            "test": line(kill.test, NAME),
        }
        for kill in kills[:SHOWN_KILLS]
    ]


def _after(first: Moment, when: Moment) -> str:
    """Say how much later it was than the first kill, where one clock tells both."""
    for began, ended in ((first.uptime, when.uptime), (first.time, when.time)):
        if began is not None and ended is not None and ended > began:
            return f"+{ended - began:,.1f} s"
    return ""


def _home(kill: KernelKill) -> str:
    """Say whose process it was: which worker of which run."""
    stead = f", in place of {line(kill.in_place_of, 40)}" if kill.in_place_of else ""
    worker = f"{line(kill.worker, 40)}{stead} of " if kill.worker else ""
    return f"{worker}{line(kill.run, 80)}"


def _other(event: Event) -> dict[str, Any]:
    return {
        "kind": line(event.kind.removeprefix("kernel.").replace("_", " "), 80),
        "when": "" if event.uptime is None else f"{event.uptime:,.3f} s after boot",
        "place": place(event.source),
        "text": cut(event.text.strip(), SENTENCE),
    }
