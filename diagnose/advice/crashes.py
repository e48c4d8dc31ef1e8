"""Processes that died: keep the witness, then the stack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.advice._case import Case, cases, labels, listed, repeat
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.model import Event
from diagnose.words import some

RANK = 1
SIGNAL = re.compile(
    r"\b(SIG[A-Z]{3,6})\b|signal (\d{1,2})\b|exit(?:ed with)?(?: code)? (1[2-4]\d)\b"
)
NAMES = {
    4: "SIGILL",
    6: "SIGABRT",
    7: "SIGBUS",
    8: "SIGFPE",
    9: "SIGKILL",
    11: "SIGSEGV",
    15: "SIGTERM",
}
WITNESS = """\
# at the end of the job, whatever became of it
sudo dmesg -T | tail -200 > dmesg.txt || true
cat /sys/fs/cgroup/memory.events > memory.events.txt || true
"""
UPLOAD = """\
jobs:
  tests:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: pip install pytest-reportlog
      - run: pytest --report-log=report.jsonl --junitxml=junit.xml 2>&1 | tee console.log
        shell: bash
      - if: always()
        run: sudo dmesg -T | tail -200 > dmesg.txt
      - if: always()
        uses: actions/upload-artifact@v7
        with: {name: tests, path: "*.xml\\n*.jsonl\\n*.log\\ndmesg.txt"}
"""


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where a worker or the machine died."""
    for case in cases(diagnosis, {"worker_killed", "crash"}):
        yield _died(case)
    for case in cases(diagnosis, {"runner_lost"}):
        yield _lost(case)


def _signal(case: Case) -> str:
    said = "\n".join(
        [case.text, *(f"{event.text} {event.details.get('code', '')}" for event in _ends(case))]
    )
    match = SIGNAL.search(said)
    if match:
        number = int(match[2] or 0) or int(match[3] or 128) - 128
        return match[1] or NAMES.get(number, "")
    codes = {event.details.get("code", "") for event in _ends(case)}
    return "SIGKILL" if codes & {"137", "-9"} else "SIGSEGV" if codes & {"139", "-11"} else ""


def _ends(case: Case) -> list[Event]:
    return [*case.events("exit_code"), *case.events("killed"), *case.events("worker_")]


def _died(case: Case) -> Advice:
    signal = _signal(case)
    dumped = any(case.events("faulthandler"))
    stack = (
        ""
        if dumped
        else (
            " No stack was printed, as a crash under faulthandler would have done: look for who "
            "sends a SIGKILL (`os.kill`, `killpg`, `kill -9`, a supervisor), in the test first."
        )
    )
    alone = case.fewest == 1
    where = "serially too" if alone else f"with {case.dose}"
    same = (
        f" The same {case.tests} die{'s' if case.size == 1 else ''} {_again(case)}: not chance."
        if len(case.failing) > 1
        else ""
    )
    by = f" by {signal}" if signal else ""
    return Advice(
        "crashes",
        title=f"Run {_which(case)} alone under strace and faulthandler: who ended the process?",
        why=f"{case.tests} took the process down{by}, {where}.{same}{stack}",
        effect="The trace names the process that sent the signal, or the C stack that crashed.",
        proof=repeat(f"pytest -n 0 {listed(case.ids)}", 3),
        patches=(
            Patch(
                "job.sh",
                "shell",
                "export PYTHONFAULTHANDLER=1\nulimit -c unlimited\n"
                f"strace -f -e trace=kill,tgkill,tkill -o signals.txt pytest -n 0 "
                f"{listed(case.ids)}\ngrep -E 'SIGKILL|SIGSEGV|SIGABRT' signals.txt\n",
            ),
            *([] if _witnessed(case) else [Patch("after.sh", "shell", WITNESS)]),
        ),
        incidents=(case.id,),
    )


def _witnessed(case: Case) -> bool:
    """Say whether a kernel log was there to be asked."""
    return all(any(found.kind == "kernel" for found in run.inputs) for run in case.failing)


def _which(case: Case) -> str:
    return case.incident.tests[0].name[:80] if case.size == 1 else f"the {case.tests}"


def _again(case: Case) -> str:
    return f"in {labels(case.failing)}"


def _lost(case: Case) -> Advice:
    ends = [event.text.strip()[:160] for event in case.events("runner_lost")]
    said = f" ({some(ends, 1)})" if ends else ""
    return Advice(
        "crashes",
        title="Run the job again, and keep reports of a machine that goes away",
        why=f"The CI system lost the machine{said} in {labels(case.failing)}: {case.tests} say "
        "nothing about the code. Lost twice at the same point, it ran out of something.",
        effect="Written as tests run, the report names those that were under way at the next loss.",
        proof="pip install pytest-reportlog && pytest --report-log=report.jsonl",
        patches=(Patch(".github/workflows/tests.yml", "yaml", UPLOAD),),
        incidents=(case.id,),
    )
