"""What may be said of a suite's failures and parallelism, and with which words.

A scale is claimed where the Bayes factor exceeds 9 or the exact p value is at most .05, never
from one run against one: that pair is a coin flip. Tests that fail in every run are left out of
the counts; they are the same under every arrangement, and hide a trend in their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from diagnose.judge.dose_response import Response, respond
from diagnose.judge.doses import levels
from diagnose.judge.permutation import p_value
from diagnose.judge.tables import tables

Relation = Literal[
    "scales", "parallel_only", "independent", "serial_only", "undetermined", "not_compared"
]

SHOWN = 9.0  # Bayes factor that claims, whatever the p value
SUGGESTED = 3.0
ABSENT = 1 / 3
LEVEL = 0.05
FEWEST = 4  # runs that can claim a scale
ONE_PAIR = "one run of each kind cannot tell that from chance (p = .50)"
TIMES = "\N{MULTIPLICATION SIGN}"
STEP = 2.0  # Bayes factor among parallel runs that a small p value needs beside it
FLAT = 1.0  # Bayes factor among parallel runs below which the dose does not matter to them


@dataclass(frozen=True, slots=True)
class Count:
    """A run as the comparison sees it: `failures` are first attempts that failed."""

    workers: int
    dose: float
    failures: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, and what it rests on."""

    relation: Relation
    statement: str
    design: str = ""
    rate_ratio: float | None = None
    interval: tuple[float, float] | None = None
    p_value: float | None = None
    bayes_factor: float | None = None


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Runs at two doses or more, and the numbers that compare them."""

    serial: list[int]
    parallel: list[int]
    design: str
    doses: int
    least: int
    p: float
    response: Response
    among: float | None
    linked: float = 1.0

    @property
    def fair(self) -> bool:
        """Say whether there are enough runs for anything but a coin flip."""
        return len(self.serial) + len(self.parallel) >= FEWEST

    @property
    def flat(self) -> bool:
        """Say whether each parallel run fails, and the more parallel ones no more than others."""
        return self.among is not None and self.among < FLAT and all(self.parallel)


def state(runs: Sequence[Count], persistent: int = 0, linked: float = 1.0) -> Statement:
    """Compare the runs; `persistent` counts the tests that fail in every one of them.

    `linked` is the greatest chance, by all that is known of an incident, that it has to do with
    parallelism: one serial run that nothing happened in does not tell that from chance.
    """
    doses = levels([run.dose for run in runs])
    if len(set(doses)) < 2:
        return Statement("not_compared", _alone(runs), design(runs))
    counts = [max(run.failures - persistent, 0) for run in runs]
    if not any(counts):
        return _unmoved(runs, persistent)
    found = replace(_compare(runs, doses, counts), linked=linked)
    relation, text = _say(found)
    if persistent:
        relation, text = _beside(persistent, max(counts), found.p, relation, text)
    return Statement(
        relation,
        text,
        found.design,
        found.response.rate_ratio,
        (found.response.low, found.response.high),
        found.p,
        found.response.bayes_factor,
    )


def _beside(
    persistent: int, others: int, p: float, relation: Relation, text: str
) -> tuple[Relation, str]:
    """Say it beside the tests that fail in every run: if they are most, they are what is said."""
    if persistent > others and relation == "parallel_only" and p > LEVEL:
        always = f"{_tests(persistent)} in every run, whatever the worker count"
        return "independent", f"{always}; of the others, {text}"
    return (
        relation,
        f"{text}; {_tests(persistent)} besides them in every run, whatever the worker count",
    )


def design(runs: Sequence[Count]) -> str:
    """Write how many runs there are at each dose, the least parallel first: 3+3."""
    doses = levels([run.dose for run in runs])
    return "+".join(str(doses.count(dose)) for dose in sorted(set(doses)))


def _alone(runs: Sequence[Count]) -> str:
    if not runs:
        return "there is no run to compare"
    known = "is one run" if len(runs) == 1 else f"are {len(runs)} runs alike"
    return f"no comparison is possible: there {known}, and none that is more or less parallel"


def _unmoved(runs: Sequence[Count], persistent: int) -> Statement:
    if not persistent:
        return Statement("undetermined", "no run failed", design(runs))
    text = f"{_tests(persistent)} in every run, whatever the worker count"
    if min(run.workers for run in runs) > 1:
        return Statement("undetermined", f"{text}; no run was serial", design(runs))
    return Statement("independent", text, design(runs))


def _tests(count: int) -> str:
    return "1 test fails" if count == 1 else f"{count} tests fail"


def _compare(runs: Sequence[Count], doses: Sequence[float], counts: Sequence[int]) -> _Comparison:
    rows = list(zip(runs, doses, counts, strict=True))
    parallel = [(dose, count) for run, dose, count in rows if run.workers > 1]
    return _Comparison(
        serial=[count for run, _, count in rows if run.workers <= 1],
        parallel=[count for _, count in parallel],
        design=design(runs),
        doses=len(set(doses)),
        least=min(doses.count(dose) for dose in (min(doses), max(doses))),
        p=p_value(doses, counts),
        response=respond(doses, counts),
        among=_among(parallel),
    )


def _among(parallel: Sequence[tuple[float, int]]) -> float | None:
    """Return the Bayes factor among the parallel runs, where they have several doses."""
    doses = [dose for dose, _ in parallel]
    counts = [count for _, count in parallel]
    if len(set(doses)) < 2 or not any(counts):
        return None
    return respond(doses, counts).bayes_factor


def _say(found: _Comparison) -> tuple[Relation, str]:
    if found.serial and not any(found.serial):
        return _only_in_parallel(found)
    if found.parallel and found.serial and not any(found.parallel):
        return "serial_only", _only_serially(found)
    if _scales(found):
        return "scales", _growth(found)
    if found.serial and found.response.bayes_factor < ABSENT and found.least >= 3:
        return "independent", f"failures do not scale with parallelism ({_numbers(found)})"
    return "undetermined", _open(found)


def _only_in_parallel(found: _Comparison) -> tuple[Relation, str]:
    if found.flat and (found.least >= 2 or len(found.parallel) >= 3):
        text = "failures appear with any parallelism; that more of it brings more is not shown"
        return "parallel_only", f"{text} ({_numbers(found)})"
    if _scales(found):
        return "scales", _growth(found)
    relation: Relation = "parallel_only"
    if found.linked < tables().shapes.linked:
        relation = "undetermined"
    if len(found.serial) == len(found.parallel) == 1:
        return relation, f"failures occurred only in the parallel run; {ONE_PAIR}"
    text = f"failures occurred only in parallel runs ({_against(found)}, {_numbers(found)})"
    return relation, text + (_chance(found) or _suggestion(found))


def _chance(found: _Comparison) -> str:
    return "" if found.linked >= tables().shapes.linked else ", which chance explains as well"


def _only_serially(found: _Comparison) -> str:
    """Tell what comes and goes from what each serial run shows."""
    text = f"failures occurred only in serial runs ({_against(found)})"
    if all(found.serial) and found.fair and len(found.serial) > 1:
        return f"{text}, and in each of them: what one process has to do alone, not load"
    return f"{text}: intermittent, not load"


def _scales(found: _Comparison) -> bool:
    """Say whether growth is shown.

    A small p value may come from the one step between serial and parallel: where parallel runs
    have several doses, it counts only if these differ, too.
    """
    if not found.fair or found.response.bayes_factor <= 1:
        return False
    step = found.among is not None and found.among < STEP
    return found.response.bayes_factor > SHOWN or (found.p <= LEVEL and not step)


def _growth(found: _Comparison) -> str:
    ratio, low, high = found.response.rate_ratio, found.response.low, found.response.high
    return (
        f"the more tests run at once, the more fail: {TIMES}{ratio:.1f} for twice as many "
        f"(90 % interval {low:.1f} to {high:.1f}; {_numbers(found)}){_unsettled(found)}"
    )


def _unsettled(found: _Comparison) -> str:
    """Admit what two doses cannot tell: more of it, or any of it."""
    if found.doses > 2 or any(found.serial):
        return ""
    return "; load and isolation look alike until a run in between is made"


def _open(found: _Comparison) -> str:
    text = f"failures occur at several worker counts, and a trend is not shown ({_numbers(found)})"
    return text + _suggestion(found)


def _suggestion(found: _Comparison) -> str:
    if found.least < 2 or found.response.bayes_factor < SUGGESTED:
        return ""
    return "; the counts suggest that more parallelism brings more of them"


def _against(found: _Comparison) -> str:
    return f"{len(found.serial)} serial vs {len(found.parallel)} parallel"


def _numbers(found: _Comparison) -> str:
    factor = found.response.bayes_factor
    digits = f"{factor:.0f}" if factor >= 9.5 else f"{factor:.1f}"
    return f"{found.design} runs, p = {_bare(found.p)}, Bayes factor {digits}"


def _bare(p: float) -> str:
    """Write a probability without its leading zero: .05, .005."""
    digits = 2 if p >= 0.0095 else 3
    return f"{p:.{digits}f}".removeprefix("0") if p < 0.995 else "1"
