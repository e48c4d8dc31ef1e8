"""Where the test of a live OOM kill makes its group, on hierarchies that are only folders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.runs.memory_groups import memory_group, places

MIB = 1 << 20


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder that behaves as the kernel's: a new group has files, and goes with them."""
    made = tmp_path / "cgroup"
    made.mkdir()
    mkdir = Path.mkdir

    def with_files(self: Path, *args: object, **options: object) -> None:
        mkdir(self, *args, **options)  # type: ignore[arg-type] # handed on as they came
        if made not in self.parents:
            return
        control = self.parent / "cgroup.subtree_control"
        if control.exists():
            (self / "cgroup.subtree_control").write_text("")
            if "memory" in control.read_text():
                for name in ("memory.max", "memory.swap.max"):
                    (self / name).write_text("max")
        elif made / "memory" in self.parents:
            (self / "memory.limit_in_bytes").write_text("-1")

    monkeypatch.setattr(Path, "mkdir", with_files)
    monkeypatch.setattr(Path, "rmdir", shutil.rmtree)
    return made


def own(root: Path, text: str) -> Path:
    path = root.parent / "self"
    path.write_text(text)
    return path


def version_2(root: Path, *groups: str) -> None:
    (root / "cgroup.subtree_control").write_text("")
    for group in groups:
        (root / group).mkdir()


def test_version_2_asks_for_the_controller_and_limits_memory_and_swap(root: Path) -> None:
    version_2(root, "user.slice")
    found = places(root, own(root, "0::/user.slice\n"))
    with memory_group("live", 240 * MIB, found) as group:
        assert group == root / "user.slice" / "live"
        assert (root / "user.slice" / "cgroup.subtree_control").read_text() == "+memory"
        assert (group / "memory.max").read_text() == str(240 * MIB)
        assert (group / "memory.swap.max").read_text() == "0"
    assert not (root / "user.slice" / "live").exists()


def test_a_group_that_may_hand_nothing_down_is_left_for_the_one_above(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version_2(root, "session.scope")
    write = Path.write_text

    def busy(self: Path, text: str) -> int:
        if self.parent.name == "session.scope" and text == "+memory":
            raise OSError(16, "Device or resource busy")
        return write(self, text)

    monkeypatch.setattr(Path, "write_text", busy)
    found = places(root, own(root, "0::/session.scope\n"))
    with memory_group("live", MIB, found) as group:
        assert group == root / "live"
    assert not (root / "session.scope" / "live").exists()


def test_a_container_in_its_own_namespace_is_at_the_root(root: Path) -> None:
    version_2(root)
    assert list(places(root, own(root, "0::/\n"))) == [root]


def test_version_1_is_beside_the_controllers_that_share_its_line(root: Path) -> None:
    (root / "memory").mkdir()
    (root / "memory" / "docker").mkdir()
    told = own(root, "12:cpu,cpuacct:/docker\n4:memory:/docker\n1:name=systemd:/docker\n")
    with memory_group("live", MIB, places(root, told)) as group:
        assert group == root / "memory" / "docker" / "live"
        assert (group / "memory.limit_in_bytes").read_text() == str(MIB)


def test_of_a_hybrid_the_version_that_has_the_memory_is_taken(root: Path) -> None:
    (root / "memory").mkdir()
    (root / "unified").mkdir()
    (root / "unified" / "cgroup.procs").write_text("")
    told = own(root, "4:memory:/\n0::/init.scope\n")
    with memory_group("live", MIB, places(root, told)) as group:
        assert group == root / "memory" / "live"


def test_without_a_place_there_is_no_group(root: Path) -> None:
    with memory_group("live", MIB, places(root, own(root, "0::/gone\n"))) as group:
        assert group is None
