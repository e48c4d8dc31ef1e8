"""Memory and connections that grow while the tests run, where a log counts them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from diagnose.diagnosis import Diagnosis, EarlyWarning
from diagnose.model import Event

RANK = 1
FEWEST = 8  # values; fewer show no trend
GROWN = 1.5  # times what it was in the beginning
RISING = 0.7  # share of the steps that may not go down
KINDS = {"memory": "memory", "connections": "open connections"}


def look(diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
    """Find what a service counted higher and higher, and never much lower again."""
    events = chain(diagnosis.events, *(run.events for run in diagnosis.runs))
    for event in events:
        if event.kind == "service.gauge" and (values := _grown(event)):
            name = KINDS.get(event.details["gauge"], event.details["gauge"])
            unit = event.details.get("unit", "")
            first, last = (f"{value:g} {unit}".strip() for value in (values[0], values[-1]))
            text = (
                f"{name} of the service grew from {first} to {last} over "
                f"{event.details['count']} lines of its log, and did not come down"
            )
            quote = event.text.partition("\n")[0]
            yield EarlyWarning("growth", text, quote, event.source)


def _grown(event: Event) -> list[float]:
    """Return the values if they grow all along; a warm-up that ends is no growth."""
    values = [float(value) for value in event.details.get("values", "").split()]
    if len(values) < FEWEST or values[-1] < GROWN * max(values[0], 1e-9):
        return []
    quarter = len(values) // 4
    first, third = values[:quarter], values[2 * quarter : 3 * quarter]
    last = values[-quarter:]
    steps = pairwise(values)
    rising = sum(after >= before for before, after in steps) / (len(values) - 1)
    grows = max(first) < min(third) and max(third) < max(last) and min(last) >= max(first)
    return values if grows and rising >= RISING else []
