"""The whole way, from files to a diagnosis."""

import zipfile
from pathlib import Path

import pytest

import diagnose

RED = (
    '<testsuite name="pytest" tests="1" time="1"><testcase classname="tests.test_a" name="test_x"'
    ' time="0.5"><failure message="assert 0">E   assert 0</failure></testcase></testsuite>'
)
GREEN = RED.replace('<failure message="assert 0">E   assert 0</failure>', "")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_of_folders_is_a_run_each(here: Path) -> None:
    for label, text in (("serial", GREEN), ("n8", RED)):
        (here / "runs" / label).mkdir(parents=True)
        (here / "runs" / label / "junit.xml").write_text(text)
    found = diagnose.examine(["runs"])
    assert [run.label for run in found.runs] == ["n8", "serial"]
    assert dict(found.incidents[0].tests[0].outcomes) == {"n8": "failed", "serial": "passed"}


def test_a_folder_of_files_is_one_run(here: Path) -> None:
    (here / "run").mkdir()
    (here / "run" / "a.xml").write_text(RED)
    (here / "run" / "b.xml").write_text(RED.replace("test_a", "test_b"))
    (run,) = diagnose.read(["run"])
    assert run.counts["failed"] == 2


def test_a_file_that_is_there_twice_counts_once(here: Path) -> None:
    (here / "run").mkdir()
    (here / "run" / "a.xml").write_text(RED)
    (here / "run" / "copy.xml").write_text(RED)
    (run,) = diagnose.read(["run"])
    assert run.counts["failed"] == 1
    assert [problem.source.path for problem in run.problems] == ["run/copy.xml"]


def test_inputs_are_named_as_the_user_named_them(here: Path) -> None:
    with zipfile.ZipFile(here / "logs.zip", "w") as archive:
        archive.writestr("reports/junit.xml", RED)
    (run,) = diagnose.read(["./logs.zip"])
    assert run.inputs[0].path == "./logs.zip!reports/junit.xml"


def test_what_no_reader_knows_is_a_problem_not_a_guess(here: Path) -> None:
    (here / "run").mkdir()
    (here / "run" / "a.xml").write_text(RED)
    (here / "run" / "notes.txt").write_text("Killed the bug, timeout raised to 30\n")
    found = diagnose.examine(["run"])
    assert [(p.source.path, p.message) for p in found.problems] == [
        ("run/notes.txt", "no reader knows this file")
    ]


def test_nothing_to_read_is_the_users_mistake() -> None:
    with pytest.raises(diagnose.DiagnoseError, match="nothing to read"):
        diagnose.examine([])


def test_a_kernel_log_alone_is_enough(here: Path) -> None:
    (here / "dmesg.txt").write_text(
        "[ 1755.135764] Memory cgroup out of memory: Killed process 14492 (python3)"
        " total-vm:512345kB, anon-rss:320936kB, file-rss:0kB, shmem-rss:0kB\n"
    )
    assert diagnose.examine([], kernel=["dmesg.txt"]).incidents == ()


def test_each_failed_test_is_in_exactly_one_incident(here: Path) -> None:
    (here / "a.xml").write_text(RED)
    (here / "b.xml").write_text(RED.replace("assert 0", "KeyError: 1"))
    found = diagnose.examine(["a.xml", "b.xml"])
    tests = [test.id for incident in found.incidents for test in incident.tests]
    assert len(tests) == len(set(tests)) == 1


def test_every_public_name_is_there() -> None:
    assert sorted(diagnose.__all__) == diagnose.__all__
    for name in diagnose.__all__:
        assert getattr(diagnose, name) is not None
    with pytest.raises(AttributeError):
        _ = diagnose.nothing_of_the_kind


def test_a_torn_archive_gives_what_stood_before_and_is_not_complete(here: Path) -> None:
    import gzip

    cases = "".join(f'<testcase classname="a" name="t{n}" time="0.1"/>' for n in range(20_000))
    whole = gzip.compress(f'<testsuite name="pytest">{cases}</testsuite>'.encode())
    (here / "r.xml.gz").write_bytes(whole[: len(whole) // 2])
    (run,) = diagnose.read(["r.xml.gz"])
    assert 5_000 < run.counts["passed"] < 15_000
    assert not run.complete
    assert any("could not be read to its end" in problem.message for problem in run.problems)


def test_failed_tests_that_a_log_only_counts_are_not_green(here: Path) -> None:
    (here / "c.log").write_text(
        "============================= test session starts ==============================\n"
        "collected 2 items\n\ntest_a.py .F                                   [100%]\n\n"
        "========================= 1 failed, 1 passed in 0.02s =========================\n"
    )
    found = diagnose.examine("c.log")
    assert "1 failed test that no file names" in diagnose.render(found)
    from diagnose.api import verdicts

    assert verdicts(found) == {"inconclusive"}


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_a_device_without_an_end_is_refused() -> None:
    with pytest.raises(diagnose.DiagnoseError, match="device"):
        diagnose.examine("/dev/zero")
