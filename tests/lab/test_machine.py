"""What a machine lacks is installed where that is allowed, and named where it is not."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab import __main__ as command
from lab import machine
from lab.scenario import ScenarioError, load


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A machine that has name spaces, and of all packages iproute2."""
    programs = {"iproute2": tmp_path / "ip", "redis-server": tmp_path / "redis-server"}
    programs["iproute2"].touch()
    monkeypatch.setattr(machine, "PROGRAMS", {k: str(path) for k, path in programs.items()})
    monkeypatch.setitem(machine.ABLE, "namespaces", lambda: True)
    monkeypatch.setitem(machine.ABLE, "cgroup memory", lambda: False)
    machine.has.cache_clear()
    yield tmp_path
    machine.has.cache_clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would be run."""
    words: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda given, **_: words.append(given))
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    return words


@pytest.mark.usefixtures("bare")
def test_what_is_lacking_is_named() -> None:
    assert machine.lacking(["redis-server", "cgroup memory"]) == ["redis-server", "cgroup memory"]
    assert machine.lacking([]) == []


@pytest.mark.usefixtures("bare")
def test_root_installs_what_is_missing_and_nothing_else(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    machine.install(["redis-server", "redis-server", "cgroup memory"])
    assert [words[:2] + words[4:] for words in asked] == [["apt-get", "install", "redis-server"]]


@pytest.mark.usefixtures("bare")
def test_nobody_else_installs_anything(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    machine.install(["redis-server"])
    assert asked == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("skipped: needs redis-server", 0),
        ("WRONG presence: no test met the fault", 1),
    ],
)
@pytest.mark.usefixtures("bare")
def test_a_scenario_is_skipped_by_name_and_a_wrong_one_fails_the_whole(
    said: str,
    code: int,
    bare: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: Any) -> Path:
        raise ScenarioError("presence: no test met the fault")

    monkeypatch.setattr(machine, "install", lambda _: None)
    monkeypatch.setattr(command, "record", refuse)
    if code:
        (bare / "redis-server").touch()
    assert load("presence").needs == ("redis-server",)
    monkeypatch.setattr("sys.argv", ["lab", "run", "presence", "--into", str(bare)])
    assert command.main() == code
    assert said in capsys.readouterr().out
