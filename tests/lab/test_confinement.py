"""Limits are written where each version of the hierarchy wants them."""

from pathlib import Path

import pytest

from lab.confinement import groups, places, settings

OWN = "4:memory:/ci/4711\n8:pids:/\n1:cpu:/\n0::/\n"


@pytest.mark.parametrize(
    ("version", "limit", "value", "written"),
    [
        (1, "memory", 400, {"memory.limit_in_bytes": "419430400", "memory.swappiness": "0"}),
        (2, "memory", 400, {"memory.max": "419430400", "memory.swap.max": "0"}),
        (1, "pids", 60, {"pids.max": "60"}),
        (1, "cpus", 0.5, {"cpu.cfs_quota_us": "50000"}),
        (2, "cpus", 0.5, {"cpu.max": "50000 100000"}),
    ],
)
def test_limits_have_their_files(
    version: int, limit: str, value: float, written: dict[str, str]
) -> None:
    assert settings(version, limit, value) == written


def test_a_group_is_made_inside_our_own(tmp_path: Path) -> None:
    assert places(tmp_path, "memory", OWN) == (1, tmp_path / "memory" / "ci" / "4711")
    assert places(tmp_path, "pids", OWN) == (1, tmp_path / "pids")
    (tmp_path / "cgroup.controllers").touch()
    assert places(tmp_path, "memory", OWN) == (2, tmp_path)


def test_one_group_of_the_second_version_has_all_limits(tmp_path: Path) -> None:
    (tmp_path / "cgroup.controllers").touch()
    with groups("job-1", {"pids": 60, "cpus": 0.5}, tmp_path) as made:
        assert set(made) == {tmp_path / "job-1"}
        assert (tmp_path / "job-1" / "pids.max").read_text("utf-8") == "60"
        for file in (tmp_path / "job-1").iterdir():
            file.unlink()  # the kernel's files go with their folder
    assert not (tmp_path / "job-1").exists()
