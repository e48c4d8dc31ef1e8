"""The tools that the other tests share."""

from pathlib import Path

import pytest

from tests import conftest
from tests.conftest import cases

SUITE = """
def test_text(golden):
    golden(__import__("pathlib").Path("deep/expected.txt"), "said today\\n")
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(Path(conftest.__file__).read_text("utf-8"))
    pytester.makepyfile(SUITE)
    return pytester


def test_a_golden_file_that_differs_fails_and_names_the_flag(suite: pytest.Pytester) -> None:
    suite.mkdir("deep").joinpath("expected.txt").write_text("said before\n", "utf-8")
    result = suite.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*`pytest --golden` would rewrite *expected.txt*"])


def test_a_golden_file_that_is_missing_fails_and_names_the_flag(suite: pytest.Pytester) -> None:
    result = suite.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*`pytest --golden` would rewrite *expected.txt*"])


def test_the_flag_writes_the_golden_file(suite: pytest.Pytester) -> None:
    suite.runpytest("--golden").assert_outcomes(passed=1)
    assert (suite.path / "deep/expected.txt").read_bytes() == b"said today\n"
    suite.runpytest().assert_outcomes(passed=1)


def test_a_case_is_a_folder_that_holds_an_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conftest, "HERE", tmp_path)
    for name in ("junit/torn/input.xml", "junit/notes/readme.txt", "kernel/oom/input"):
        (tmp_path / "readers" / name).parent.mkdir(parents=True)
        (tmp_path / "readers" / name).touch()
    found = cases("readers")
    assert [case.id for case in found] == ["junit/torn", "kernel/oom"]
    assert found[0].values == ("junit", tmp_path / "readers/junit/torn")
