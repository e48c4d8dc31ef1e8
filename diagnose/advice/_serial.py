"""The list of tests that run alone, and what applies it."""

from __future__ import annotations

LIST = "serial_tests.txt"
GROUPED = "--dist loadgroup"
CONFTEST = '''\
"""Tests that serial_tests.txt names run one after another, whatever runs beside them."""

import fcntl
from pathlib import Path

import pytest

LISTED = Path(__file__).parent / "serial_tests.txt"


def pytest_configure(config):
    config.addinivalue_line("markers", "serial_only: does not bear others of its kind beside it")
    config.addinivalue_line("markers", "xdist_group(name): runs in the worker of its group")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    listed = set(LISTED.read_text("utf-8").splitlines())
    for item in items:
        if item.nodeid in listed:
            item.add_marker(pytest.mark.serial_only)
            item.add_marker(pytest.mark.xdist_group("serial_only"))


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    if item.get_closest_marker("serial_only") is None:
        yield
        return
    with LISTED.open() as turn:  # for schedulers, and versions of them, that know no groups
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
'''


def load() -> set[str]:
    """Return the causes for which tests that run beside each other ask too much."""
    return {
        *("oom_kill", "memory", "gpu_memory", "shared_memory", "db_connections"),
        *("starved_response", "rate_limit", "cpu_starvation", "lock_contention"),
    }


def causes() -> set[str]:
    """Return the causes of failures that go away where tests run one after another."""
    return load() | {"port_conflict", "shared_state", "data_collision", "file_collision"}
