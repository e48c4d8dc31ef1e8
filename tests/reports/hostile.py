"""Text that does harm where it can, a diagnosis full of it, and what a parser finds in a page."""

from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from diagnose.causes import catalogue
from diagnose.diagnosis import (
    Advice,
    Alternative,
    Diagnosis,
    EarlyWarning,
    Incident,
    Item,
    Kernel,
    NextRun,
    Parallelism,
    Patch,
    TestCase,
)
from diagnose.model import Event, Failure, Gap, Input, Problem, Run, Source, TestResult
from diagnose.oom import (
    Culprit,
    KernelIncident,
    KernelKill,
    Moment,
    ProcessGroup,
    SafeWorkers,
    Trigger,
)
from diagnose.table import TestTable

VOID = {"meta", "link", "br", "input"}
EVIL = (
    "<script>alert(1)</script> ]]> --> <img src=x onerror=alert(1)> <!-- \"' onload=alert(1) "
    "\x1b[31mred\x1b[0m \x00 \u202eturned\u2066 {{ 7*7 }} {% raw %} </pre></details></style> \ud800"
)


@dataclass
class Found(HTMLParser):
    """What a parser finds in a page."""

    tags: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    policy: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.attributes.update(given.keys())
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.texts.append(data)


def parse(text: str) -> Found:
    found = Found()
    found.feed(text)
    found.close()
    return found


def everywhere(text: str) -> Diagnosis:
    """Put a text into every field that can hold one."""
    runs = (_run(text, 1), _run(text, 4))
    incident = _incident(text, {run.label: "failed" for run in runs})
    hostile = replace(
        catalogue()["assertion"], title=text, prose=f"{text}\n\n[x](javascript:x)", remedy=text
    )
    return Diagnosis(
        runs,
        (incident, replace(incident, cause="unknown", verdict="inconclusive")),
        (Gap(text, "lost", text, (text,), 1),),
        (Problem(Source(text, 7), text),),
        parallelism=Parallelism("scales", text),
        title=text,
        kernel=_kernel(text),
        warnings=(EarlyWarning(text, text, text, Source(text, 7), (text,)),),
        pages={"assertion": hostile},
    )


def _run(text: str, workers: int) -> Run:
    source = Source(text, 7)
    failure = Failure("failed", text, source, text, text, "call")
    result = TestResult(
        text, text, "failed", source, text, text, 3, 1.5, 10.0, text, (failure,)
    )  # fmt: skip
    table = TestTable()
    table.extend((text, f"{text}{n}", "passed", 0.1 * n, "gw0", 10.0 + n) for n in range(20))
    group = ProcessGroup(text, 3, 2048)
    kernel = KernelIncident(1, source, text, groups=(group,), culprit=Culprit(text), limit_kb=4096)
    return Run(
        f"{text}{workers}",
        (Input(text, text, 1),),
        (result, replace(result, worker=f"{text}2", name=f"{text}2")),
        table,
        (Event("kernel.oom_kill", text, source, 11.0),),
        (kernel,),
        workers=workers,
        workers_source="stated",
    )


def _kernel(text: str) -> Kernel:
    source = Source(text, 7)
    groups = tuple(ProcessGroup(text, 3, 2048 + n) for n in range(12))
    told = KernelIncident(
        1, source, text, groups=groups, culprit=Culprit(text), limit_kb=4096, limit_cgroup=text,
        trigger=Trigger(text, 1), victims=(2, 3), victim_is_culprit=False, kernel=text,
        safe_workers=SafeWorkers(2, text, 0.1),
    )  # fmt: skip
    kill = KernelKill(
        2, text, source, text, "memcg", Moment(10.0), 1, anon_rss_kb=2048, task_cgroup=text,
        limit_cgroup=text, worker=text, test=text, run=f"{text}4", in_place_of=text,
    )  # fmt: skip
    kills = (kill, replace(kill, pid=3, when=Moment(11.5)), replace(kill, pid=4, incident=0))
    other = (Event(f"kernel.{text}", text, source, 11.0, 12.0),)
    return Kernel(kills, (told, replace(told, id=2)), other, (Input(text, text, 1),))


def _incident(text: str, outcomes: dict[str, str]) -> Incident:
    heavy = Item(text, text, text, text, 9.0, text, Source(text, 7))
    return Incident(
        text,
        text,
        (TestCase(text, text, text, text, text, outcomes),),
        "service_fault",
        "assertion",
        0.9,
        "likely",
        {"service_fault": 0.9},
        (Alternative("environment", text, 0.1),),
        (heavy, Item(text, text, decibans=-3.0)),
        (text,),
        NextRun(text, text, 3),
    )


ADVICE = Advice("a-1", EVIL, EVIL, EVIL, EVIL, (Patch(EVIL, "text", EVIL),))


def advised(diagnosis: Diagnosis) -> Diagnosis:
    """Return the diagnosis with advice for its incidents."""
    ids = tuple(incident.id for incident in diagnosis.incidents)
    return replace(diagnosis, advice=(ADVICE, replace(ADVICE, id="a-2", incidents=ids)))


def crowded(name: str) -> Diagnosis:
    """Return two runs of more tests than a drawing can part."""
    tables = (TestTable(), TestTable())
    for table in tables:
        table.extend((f"{name}{n}", "test", "passed", 0.1 + n, "", 0.0) for n in range(1000))
    runs = (Run("serial", table=tables[0]), Run(name, table=tables[1], workers=8))
    return Diagnosis(runs)
