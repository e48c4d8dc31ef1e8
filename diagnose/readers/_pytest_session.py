"""A session while it is being read: its header, its workers, what stopped it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from diagnose.model import Session, Source
from diagnose.readers import _pytest_rules as rules
from diagnose.readers import _pytest_tally as tally
from diagnose.readers._lines import Line
from diagnose.readers._pytest_blocks import Blocks
from diagnose.readers._pytest_progress import Progress

VERSION = re.compile(r"platform \S+ -- Python \S+?, pytest-([^\s,]+)")
ROOT = re.compile(r"rootdir: (.+?)(?:, (?:inifile|configfile|testpaths): ?(.*?))?(?:, .*)?$")
COLLECTED = re.compile(r"(?:collecting .{0,80}?)?collected (\d{1,9}) items?\b")
CREATED = re.compile(r"created: (\d{1,5})/(\d{1,5}) workers?")
READY = re.compile(r"(\d{1,5}) workers? \[(\d{1,9}) items?\]")
GATEWAYS = re.compile(r"gw\d{1,5} (?:I|C|ok|\[\d+\])(?: / gw\d{1,5} (?:I|C|ok|\[\d+\]))*\s*$")
GATEWAY = re.compile(r"gw(\d{1,5}) (?:\[(\d{1,9})\])?")
SCHEDULING = re.compile(r"scheduling tests via (\w+?)(?:Scheduling)?$")
SEED = re.compile(r"Using --(randomly-seed|random-order-seed|random-order-bucket)=(\S+)")
DISTS = {"WorkStealing": "worksteal"}
LONGEST_HEADER = 8192
OWN = re.compile(r"[a-z][\w .-]{1,40}: \S")  # what a hook of the project, or a plug-in, reports


@dataclass(slots=True)
class Draft:
    """What is known of a session so far."""

    source: Source
    headed: bool = True
    width: int = 80
    started: float | None = None
    version: str = ""
    workers: int = 0
    basis: str = ""
    replaced: int = 0
    collected: int | None = None
    sum: rules.Sum | None = None
    stopped: str = ""
    exit_code: int | None = None
    collecting_only: bool = False
    retry: bool = False  # pytest says that it runs the last failures again
    listing: bool = False  # tests are drawn as a tree, as --collect-only does
    parts: dict[str, int] = field(default_factory=dict)
    subfailures: Counter[str] = field(default_factory=Counter)
    details: dict[str, str] = field(default_factory=dict)
    progress: Progress = field(default_factory=Progress)
    sections: list[Blocks] = field(default_factory=list)
    summary: list[tuple[str, str, int]] = field(default_factory=list)
    durations: dict[str, float] = field(default_factory=dict)

    def header(self, line: Line) -> bool:
        """Read a line of the header, and say whether it was one."""
        text = line.text
        if len(text) > LONGEST_HEADER or not text:
            return False
        reads = HEADERS.get(text.partition(" ")[0])
        if reads:
            return reads(self, text)
        known = (text[0].isdecimal() and _ready(self, text)) or (
            text.startswith("gw") and _gateways(self, text)
        )
        if not known and self.version and self.collected is None and OWN.match(text):
            self.details["header"] = f"{self.details.get('header', '')}{text}\n"[:LONGEST_HEADER]
        return known

    def build(self) -> Session:
        """Return the finished fact."""
        finished = self.sum is not None
        certain = not tally.collects_only(self) and (
            self.progress.parallel or bool(self.stopped) or not finished
        )
        unfinished = tuple(self.progress.started) if certain else ()
        details = self.details | dict(tally.numbers(self))
        if not finished and not unfinished and self.progress.path:
            details["running"] = self.progress.path
        workers, basis = self._workers()
        if basis:
            details["workers_basis"] = basis
        elif workers:
            details["workers_at_least"], workers = str(workers), 0
        return Session(
            self.source,
            "pytest",
            self.version,
            workers=workers or None,
            collected=tally.to_run(self),
            started=self.started,
            seconds=self.sum.seconds if self.sum else None,
            counts=tally.counts_of(self),
            finished=finished,
            stopped=self.stopped,
            exit_code=self.exit_code,
            unfinished=unfinished,
            details=details,
        )

    def _workers(self) -> tuple[int, str]:
        """Return how many there are, and who says so; nobody does where only failures name them."""
        if self.workers:
            return self.workers, self.basis
        names = {block.worker for part in self.sections for block in part.blocks if block.worker}
        names |= self.progress.workers | self.progress.died
        seen = max((int(name[2:]) + 1 for name in names), default=0)
        number = max(seen - self.replaced, int(bool(names) or self.progress.parallel))
        return number, "worker names" if len(self.progress.workers) > 1 and number > 1 else ""


def _platform(draft: Draft, text: str) -> bool:
    match = VERSION.match(text)
    if match:
        draft.version = match[1]
    return bool(match)


def _root(draft: Draft, text: str) -> bool:
    match = ROOT.match(text)
    if match:
        draft.details["rootdir"] = match[1]
        if match[2] and match[2] != "None":
            draft.details["configfile"] = match[2]
    return bool(match)


def _said(name: str) -> Callable[[Draft, str], bool]:
    def note(draft: Draft, text: str) -> bool:
        draft.details.setdefault(name, text.partition(": ")[2].strip())
        return True

    return note


def _collected(draft: Draft, text: str) -> bool:
    match = COLLECTED.match(text)
    if match:
        draft.collected, draft.parts = tally.selected(int(match[1]), text[match.end() :])
    return bool(match)


def _listing(draft: Draft, text: str) -> bool:
    draft.listing = draft.listing or text.endswith(">")
    return True


def _stated(draft: Draft, workers: int, text: str) -> bool:
    draft.progress.parallel = True
    if workers > draft.workers:
        draft.workers, draft.basis = workers, text.strip()[:200]
    return True


def _created(draft: Draft, text: str) -> bool:
    match = CREATED.match(text)
    return bool(match) and match is not None and _stated(draft, int(match[2]), text)


def _ready(draft: Draft, text: str) -> bool:
    match = READY.match(text)
    if not match:
        return False
    draft.collected = int(match[2])
    return _stated(draft, int(match[1]), text)


def _gateways(draft: Draft, text: str) -> bool:
    if not GATEWAYS.match(text):
        return False
    for number, items in GATEWAY.findall(text):
        _stated(draft, int(number) + 1, text)
        if items:
            draft.collected = int(items)
    return True


def _scheduling(draft: Draft, text: str) -> bool:
    match = SCHEDULING.match(text.rstrip())
    if match:
        draft.details["dist"] = DISTS.get(match[1], match[1].lower())
    return bool(match)


def _retry(draft: Draft, text: str) -> bool:
    draft.retry = draft.retry or "rerun previous" in text or "skipping" in text
    return True


def _bringing_up(draft: Draft, text: str) -> bool:
    draft.progress.parallel = draft.progress.parallel or text.startswith("bringing up nodes")
    return draft.progress.parallel


def _seed(draft: Draft, text: str) -> bool:
    match = SEED.match(text)
    if match:
        name = {"randomly-seed": "random_seed", "random-order-seed": "random_order_seed"}
        draft.details[name.get(match[1], "random_order")] = match[2]
    return bool(match)


HEADERS: dict[str, Callable[[Draft, str], bool]] = {
    "platform": _platform,
    "rootdir:": _root,
    "configfile:": _said("configfile"),
    "plugins:": _said("plugins"),
    "collected": _collected,
    "collecting": _collected,
    "created:": _created,
    "scheduling": _scheduling,
    "Using": _seed,
    "run-last-failure:": _retry,
    "stepwise:": _retry,
    "bringing": _bringing_up,
    "<Dir": _listing,
    "<Package": _listing,
    "<Module": _listing,
}
