"""`diagnose oom`: kernel logs are known by what is in them, and cover all runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "reports" / "kernel"


def oom(*words: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "diagnose", "oom", *words],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=DATA,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        timeout=60,
    )


def test_a_kernel_log_among_runs_covers_them_all() -> None:
    done = oom("dmesg.txt", "unit=console.log")
    assert done.returncode == 0
    assert done.stdout.decode() == (DATA / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("order", [("dmesg.txt", "console.log"), ("console.log", "dmesg.txt")])
def test_the_order_does_not_matter(order: tuple[str, str]) -> None:
    report = json.loads(oom(*order, "--format", "json").stdout)
    assert [run["label"] for run in report["runs"]] == ["console"]
    assert [kill["worker"] for kill in report["kernel"]["kills"]] == [None, "gw2", "gw0"]


def test_a_pipe_is_a_kernel_log_too() -> None:
    done = oom("-", stdin=(DATA / "dmesg.txt").read_bytes())
    assert done.stdout.startswith(b"3 OOM kills in 2 incidents: /docker/transcode reached")
    assert b"RUNS" not in done.stdout


def test_a_quiet_kernel_log_is_an_answer() -> None:
    done = oom("-", stdin=b"".join(b"[    %d.000000] fine\n" % n for n in range(5)))
    assert (done.returncode, done.stdout) == (0, b"No OOM kill in the kernel log\n")


def test_without_a_log_it_says_how_to_give_one() -> None:
    done = oom()
    assert done.returncode == 2
    assert b"hint: diagnose oom --dmesg" in done.stderr


def test_tests_alone_are_told_to_be_no_kernel_log(tmp_path: Path) -> None:
    report = tmp_path / "junit.xml"
    report.write_text('<testsuite tests="1"><testcase classname="a" name="b"/></testsuite>')
    done = oom(str(report))
    assert done.returncode == 0
    assert b"none of this is a kernel log" in done.stderr
    assert b"dmesg -T > dmesg.txt" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a program that is a shell script")
@pytest.mark.parametrize("more", [(), ("-o", "oom.json"), ("--kernel", str(DATA / "dmesg.txt"))])
def test_this_machines_log_is_no_file_to_look_for(tmp_path: Path, more: tuple[str, ...]) -> None:
    program = tmp_path / "dmesg"
    program.write_text("#!/bin/sh\necho '[    1.000000] fine'\necho '[    2.000000] fine'\n")
    program.chmod(0o755)
    report = ("-o", str(tmp_path / more[1])) if more[:1] == ("-o",) else more
    done = oom("--dmesg", *report, PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert (done.returncode, done.stderr) == (0, b"")
    expected = b"3 OOM kills" if "--kernel" in more else b"No OOM kill in the kernel log"
    assert done.stdout.startswith(expected)
