"""Writes JUnit XML as pytest does: all of it on one line, some 200 bytes a test."""

from __future__ import annotations

import random
from collections.abc import Iterator
from xml.sax.saxutils import escape

AREAS = ("orders", "billing", "search", "auth", "stock", "mail", "reports", "uploads")
THINGS = ("invoice", "cart", "token", "cursor", "page", "batch", "cache", "session", "label")
DOES = ("is_saved", "is_rejected", "expires", "can_be_undone", "keeps_order", "is_retried")
WITH = ("sqlite", "postgres", "utf-8", "a&b", "x<y", "empty", "None", "1000", "é")
RAISED = (
    "AssertionError: assert {0} == {1}",
    "ConnectionRefusedError: [Errno 111] Connection refused",
    "TimeoutError: QueuePool limit of size {0} overflow 10 reached, connection timed out",
    "KeyError: 'order-{0}'",
    "OSError: [Errno 24] Too many open files: '/srv/app/{0}.json'",
    'ValueError: "{0}" <is> no amount & never was',
)
START = (
    '<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests">'
    '<testsuite name="pytest" timestamp="2026-03-01T12:00:00.000000+00:00" hostname="ci-1">'
)
END = "</testsuite></testsuites>"


def report(size: int, failing: float, seed: int = 1) -> Iterator[str]:
    """Yield the text of a report of about `size` bytes, of whose tests a share fails."""
    draw = random.Random(seed)
    yield START
    size -= len(START) + len(END)
    while size > 0:
        for case in _module(draw, failing):
            size -= len(case)
            yield case
    yield END


def _module(draw: random.Random, failing: float) -> Iterator[str]:
    name = f"tests.{draw.choice(AREAS)}.test_{draw.choice(THINGS)}_{draw.randrange(500)}"
    if draw.random() < 0.5:
        name += f".Test{draw.choice(THINGS).title()}"
    for number in range(draw.randrange(5, 60)):
        test = f"test_{draw.choice(THINGS)}_{draw.choice(DOES)}_{number}"
        if draw.random() < 0.5:
            test += f"[{draw.choice(WITH)}-{draw.choice(WITH)}-{draw.randrange(100)}]"
        seconds = draw.expovariate(20)
        start = f'<testcase classname="{name}" name={_quoted(test)} time="{seconds:.3f}"'
        inside = _inside(draw, name, test, failing)
        yield f"{start}>{inside}</testcase>" if inside else f"{start} />"


def _inside(draw: random.Random, name: str, test: str, failing: float) -> str:
    chance = draw.random()
    if chance < failing:
        raised = draw.choice(RAISED).format(draw.randrange(1000), draw.randrange(1000))
        text = escape(_traceback(draw, name, test, raised))
        return f"<failure message={_quoted(raised)}>{text}</failure>"
    if failing < chance < failing + 0.03:
        return '<skipped type="pytest.skip" message="needs postgres">conftest.py:10: skip</skipped>'
    if chance > 0.99:
        lines = (f"{draw.choice(AREAS)}: took {draw.random():.4f} s" for _ in range(10))
        return f"<system-out>{escape(chr(10).join(lines))}</system-out>"
    return ""


def _traceback(draw: random.Random, name: str, test: str, raised: str) -> str:
    path = name.split(".Test")[0].replace(".", "/") + ".py"
    lines = [f"    def {test.split('[')[0]}(client, database):"]
    for _ in range(draw.randrange(3, 6)):
        for _ in range(draw.randrange(4, 10)):
            thing = draw.choice(THINGS)
            lines.append(f"        {thing} = client.{thing}s.get({draw.randrange(999)}, wait=True)")
        lines += [f">       {draw.choice(THINGS)}.check()", "", f"{path}:{draw.randrange(999)}: "]
        lines.append("_ " * 40)
    lines += [f"E       {raised}", "", f"{path}:{draw.randrange(999)}: {raised.split(':')[0]}"]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """Write an attribute as ElementTree does, and so pytest: always in double quotes."""
    return f'"{escape(text, {chr(34): "&quot;"})}"'
