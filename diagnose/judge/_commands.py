"""The commands of the runs that would settle a case."""

from __future__ import annotations

from collections.abc import Sequence

from diagnose.words import for_shell

SHOWN = 5  # tests or files that a command names one by one
LOAD = "stress-ng --cpu {workers} --vm 1 --vm-bytes 60% --timeout 30m"  # one: the share is its own


def command(action: str, workers: int, tests: Sequence[str] = ()) -> str:
    """Write the command of an action; serial ones say `-n 0`, whatever the project's options."""
    counts = {"same": workers, "half": workers // 2, "two": 2}
    if action in counts:
        return f"pytest -n {counts[action]}"
    if action == "isolated":
        return _alone(tests)
    if action == "stress":
        load = LOAD.format(workers=workers)
        return f"{load} & pytest -n 0{_files(tests)}; kill $!"
    if action == "random_order":
        return "pytest -n 0 --random-order --random-order-bucket=global"
    return "pytest -n 0"


def _alone(tests: Sequence[str]) -> str:
    if len(tests) == 1:
        return f"pytest -n 0 {for_shell(tests[0])}"
    if not tests:
        return 'for test in FAILED_TESTS; do pytest -n 0 "$test"; done'
    return f'for test in {_listed(tests)}; do pytest -n 0 "$test"; done'


def _files(tests: Sequence[str]) -> str:
    """Name the files of the failed tests, or all tests where they are many."""
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    return f" {_listed(files)}" if 0 < len(files) <= SHOWN else ""


def _listed(words: Sequence[str]) -> str:
    return " ".join(for_shell(word) for word in words[:SHOWN])
