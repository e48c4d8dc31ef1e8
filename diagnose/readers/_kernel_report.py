"""What the kernel says in one call of the OOM killer, gathered line by line."""

from __future__ import annotations

from dataclasses import dataclass, field

from diagnose.oom import Scope, Trigger
from diagnose.readers import _kernel_grammar as grammar
from diagnose.readers._kernel_grammar import Killed
from diagnose.readers._kernel_lines import Message
from diagnose.readers._kernel_table import Table

MOST_DEATHS = 4096


@dataclass(slots=True)
class Report:
    """What was read so far of one call of the OOM killer; sizes in kB, `pages` in pages."""

    first: Message
    invoked: bool = False
    trigger: Trigger | None = None
    manual: bool = False
    kernel: str = ""
    stated: Scope | None = None
    task_cgroup: str | None = None
    limit_cgroup: str | None = None
    stats_cgroup: str | None = None
    usage_kb: int | None = None
    limit_kb: int | None = None
    kmem_kb: int = 0
    stats_kb: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    bucket_kb: int = 0
    swap_kb: dict[str, int] = field(default_factory=dict)
    ram: dict[str, int] = field(default_factory=dict)
    huge_kb: int = 0
    table: Table = field(default_factory=Table)
    chosen: tuple[Killed, Message] | None = None
    decided: bool = False
    deaths: list[tuple[Killed, Message]] = field(default_factory=list)
    grouped: bool = False
    helpless: bool = False
    lost: bool = False
    in_stats: bool = False

    @property
    def kills(self) -> list[tuple[Killed, Message]]:
        """Return who died: a line that says so, else the one that says who is to die."""
        return self.deaths or ([self.chosen] if self.chosen else [])

    @property
    def scope(self) -> Scope | None:
        """Return whose memory ran out, by what says so most surely."""
        if self.manual:
            return "manual"
        told = [*self.deaths, self.chosen] if self.chosen else self.deaths
        said = (death[0].scope for death in told)
        by_wording = next((scope for scope in said if scope), None)
        # a machine's memory is only told of where no group's limit was hit
        by_sums: Scope | None = "memcg" if self.limit_kb is not None else None
        return self.stated or by_wording or by_sums or ("global" if self.pages else None)

    @property
    def counts(self) -> bool:
        """Say whether this was a call of the OOM killer at all."""
        return bool(self.invoked or self.kills or self.helpless)


def die(report: Report, said: Killed, message: Message) -> None:
    """Count one more who was killed."""
    if len(report.deaths) < MOST_DEATHS:
        report.deaths.append((said, message))


def take(report: Report, message: Message) -> None:
    """Take one more line into a report."""
    text = message.text
    if report.table.header(text) or report.table.row(text):
        report.in_stats = False
        return
    if report.in_stats and (match := grammar.STAT.match(text)):
        report.stats_kb.setdefault(match[1], int(match[2]) // 1024)
        return
    for literals, read in _READERS:
        if any(literal in text for literal in literals) and read(report, message):
            return


def _invoked(report: Report, message: Message) -> bool:
    if not (match := grammar.INVOKED.match(message.text)):
        return False
    report.invoked = True
    report.manual = match["order"] == "-1"
    if match["comm"]:
        report.trigger = Trigger(match["comm"])
    return True


def _dead(report: Report, message: Message) -> bool:
    text = message.text
    if said := grammar.killed(text):
        die(report, said, message)
    elif said := grammar.decided(text):
        report.chosen, report.decided = report.chosen or (said, message), True
        at = text.find("Killed process")
        if at > 0 and (dead := grammar.killed(text[at:])):
            die(report, dead, message)
    return said is not None


def _sentence(report: Report, message: Message) -> bool:
    if not (match := grammar.SENTENCE.match(message.text)):
        return False
    report.stated = grammar.CONSTRAINTS.get(match["constraint"])
    rest = match["rest"]
    if limited := grammar.LIMITED.search(rest):
        report.limit_cgroup = limited[1]
    if task := grammar.TASK.search(rest):
        report.task_cgroup = task[1]
        if task[3]:
            report.chosen = Killed(int(task[3]), task[2], report.stated), message
    return True


def _task_in(report: Report, message: Message) -> bool:
    if not (match := grammar.TASK_IN.match(message.text)):
        return False
    report.stated = "memcg"
    report.task_cgroup, report.limit_cgroup = match["task"], match["limit"]
    return True


def _usage(report: Report, message: Message) -> bool:
    if match := grammar.USAGE.match(message.text):
        report.usage_kb, report.limit_kb = int(match[1]), int(match[2])
    elif match := grammar.KMEM.match(message.text):
        report.kmem_kb = int(match[1])
    return match is not None


def _stats(report: Report, message: Message) -> bool:
    if not (match := grammar.STATS.match(message.text)):
        return False
    report.stats_cgroup = report.stats_cgroup or match["cgroup"]
    report.in_stats = not match["inline"]
    for name, size in grammar.INLINE.findall(match["inline"]):
        report.stats_kb[name] = report.stats_kb.get(name, 0) + int(size)
    return True


def _mem_info(report: Report, message: Message) -> bool:
    if not grammar.MEM_INFO.match(message.text):
        return False
    for name, number in grammar.PAGES.findall(message.text):
        report.pages.setdefault(name, int(number))
    return True


def _node(report: Report, message: Message) -> bool:
    if match := grammar.BUCKET.match(message.text):
        report.bucket_kb = report.bucket_kb or int(match[1])
    elif match := grammar.HUGE.match(message.text):
        report.huge_kb += int(match[1]) * int(match[2])
    return match is not None


def _totals(report: Report, message: Message) -> bool:
    if match := grammar.SWAP.match(message.text):
        report.swap_kb.setdefault(match[1], int(match[2]))
    elif match := grammar.RAM.match(message.text):
        report.ram.setdefault(match[2], int(match[1]))
    return match is not None


def _who(report: Report, message: Message) -> bool:
    match = grammar.WHO.match(message.text)
    if not match:
        return False
    if version := grammar.VERSION.search(match["rest"]):
        report.kernel = report.kernel or version[1]
    trigger = report.trigger
    if trigger and trigger.pid is None and match["comm"] == trigger.comm:
        report.trigger = Trigger(trigger.comm, int(match["pid"]))
    return True


def _helpless(report: Report, message: Message) -> bool:
    if not grammar.HELPLESS.match(message.text):
        return False
    report.helpless = True
    return True


def _lost(report: Report, message: Message) -> bool:
    if not grammar.LOST.match(message.text):
        return False
    report.lost = True
    return True


_READERS = (
    (("oom-killer: gfp",), _invoked),
    (("illed process", "ill process"), _dead),
    (("oom-kill:",), _sentence),
    (("killed as a result",), _task_in),
    (("usage ",), _usage),
    (("Memory cgroup stats",), _stats),
    (("anon:", "file:", "unevictable:", "slab_", "mapped:", "free:"), _mem_info),
    (("Node ",), _node),
    (("swap ", "pages RAM", "pages reserved"), _totals),
    (("omm: ",), _who),
    (("no killable", "deadlocked", "not syncing"), _helpless),
    (("dropped", "lost", "issed"), _lost),
)
