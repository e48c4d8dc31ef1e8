"""Passing tests that wrote something: some of them, from all over the input."""

from __future__ import annotations

from dataclasses import replace

from diagnose.model import TestResult

MOST = 256  # tests of an input that are kept
LONGEST = 8192  # characters of each output


class Sample:
    """Keeps every test at first, then every second, every fourth: as many whatever the input."""

    def __init__(self) -> None:
        self.kept: list[TestResult] = []
        self._stride = 1
        self._offered = 0

    def offer(self, result: TestResult) -> None:
        """Keep the test if its turn has come, and it passed and wrote something."""
        if not result.output or result.outcome != "passed":
            return
        self._offered += 1
        if (self._offered - 1) % self._stride:
            return
        output = tuple(replace(each, text=each.text[:LONGEST]) for each in result.output)
        self.kept.append(replace(result, output=output))
        if len(self.kept) > MOST:
            self.kept = self.kept[::2]
            self._stride *= 2
