"""What differs between the runs of the sample."""

from diagnose.diagnosis import Change, Comparison, Level


def compared(hostile: str) -> Comparison:
    """Compare two runs, with a change of several kinds."""
    return Comparison(
        ("serial",),
        ("parallel",),
        2.4,
        {"parallel_only": 30, "serial_only": 0, "both": 1, "slowed": 1, "lost": 3},
        (
            Change("tests/test_leak.py::test_export", "parallel_only", "oom_kill-1"),
            Change(
                f"tests.test_slow::test_name[{hostile}]",
                "slowed",
                outcomes={"serial": "passed", "parallel": "passed"},
                seconds={"serial": 0.25, "parallel": 31.5},
            ),
            Change("tests.test_users::test_gone", "lost", outcomes={"serial": "passed"}),
        ),
        (
            Level(1, ("serial",), 184, 1, {"assertion-1": 1}),
            Level(8, ("parallel",), 181, 31, {"starved_response-1": 28, "assertion-1": 1}),
        ),
    )
