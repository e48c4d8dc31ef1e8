"""Who takes part, from where, and what one command leaves behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench import contenders as of
from bench import peers
from bench.comparison import WORKERS
from bench.data import megabytes, named, prepare
from bench.rounds import Contender
from bench.targets import WORK


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    prepare(folder, [1])
    return folder


@pytest.mark.parametrize(("text", "size"), [("100", 100), ("10MB", 10), ("1gb", 1000)])
def test_a_size_is_understood(text: str, size: int) -> None:
    assert megabytes(text) == size


@pytest.mark.parametrize("text", ["", "0", "MB", "1TB", "-1", "ten"])
def test_what_is_no_size_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        peers.options_of(["--sizes", text])
    assert "not like 100MB or 1GB" in capsys.readouterr().err or text == "-1"


@pytest.mark.parametrize("text", ["other=.", f"{of.PUBLISH}=/no/such/folder"])
def test_a_checkout_of_nobody_or_nowhere_is_refused(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        peers.options_of(["--checkout", text])
    assert f"{of.PUBLISH}=FOLDER" in capsys.readouterr().err


def test_the_page_says_what_was_asked_for_but_no_place(tmp_path: Path) -> None:
    words = ["--sizes", "10", "1GB", "--cache", str(tmp_path)]
    asked = peers.options_of([*words, "--checkout", f"{of.PUBLISH}={tmp_path}"])
    said = f"--sizes 10MB 1GB --rounds 3 --checkout {of.PUBLISH}=DIR"
    assert peers.words_of(asked) == said


def test_data_lies_outside_of_the_repository_unless_one_says_where() -> None:
    assert not peers.options_of([]).cache.is_relative_to(Path(peers.__file__).parent.parent)


def test_who_is_not_there_is_told_by_what_is_missing(cache: Path) -> None:
    everyone = of.reports(cache, 1, {})
    assert everyone[of.PUBLISHED].missing == f"--checkout {of.PUBLISH}=DIR is not given"
    assert everyone[of.ALLURE].missing == "allure is not installed"
    assert everyone[of.TO_HTML].missing == ""


def test_a_checkout_takes_part_with_the_python_of_the_peers(cache: Path, tmp_path: Path) -> None:
    contender = of.reports(cache, 1, {of.PUBLISH: tmp_path})[of.PUBLISHED]
    assert contender.missing == "publish is not installed"
    (tmp_path / "python" / "publish").mkdir(parents=True)
    assert contender.missing == "python is not installed"
    assert contender.command[0] == str(cache / "peers" / "bin" / "python")
    assert contender.command[-1] == str(tmp_path)


@pytest.mark.parametrize("kind", of.KINDS, ids=lambda kind: kind.data)
def test_a_gigabyte_is_for_those_alone_whose_memory_is_bounded(kind: of.Kind, cache: Path) -> None:
    large, small = kind.contenders(cache, 1000, {}), kind.contenders(cache, 1, {})
    assert kind.ours in large
    assert set(large) <= set(small)
    assert not {of.CTRF, of.ALLURE, of.JUNITPARSER, of.PUBLISHED} & set(large)
    assert str(named(cache, kind.data, 1000)) in large[kind.ours].command


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX: what children took")
def test_a_page_and_plots_come_of_one_command(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def contenders(folder: Path, size: int, _: of.Checkouts) -> of.Contenders:
        report = str(named(folder, "junit", size))
        return {of.READ: Contender((*WORK, "read", report)), "x": Contender((), ("no-such-peer",))}

    monkeypatch.setattr(peers, "KINDS", (of.Kind("JUnit XML", "junit", of.READ, contenders),))
    (cache / "runs").mkdir()
    for number, workers in enumerate(WORKERS):  # what is there is not written again
        (cache / "runs" / f"run{number:02}-n{workers}.xml").write_text("<testsuites/>")
    nothing = Contender((sys.executable, "-c", ""))
    monkeypatch.setattr(peers, "compare", lambda *_: {of.RUNS_COMPARED: nothing})
    monkeypatch.setattr(peers, "starting", lambda _: {of.BARE: nothing})
    words = ["--cache", str(cache), "--sizes", "1", "2", "--rounds", "1"]
    page = tmp_path / "figures.md"
    assert peers.main([*words, "--write", str(page)]) == 0
    text = page.read_text("utf-8")
    assert "| diagnose, reading alone |" in text
    assert "- x: skipped, no-such-peer is not installed" in text
    assert "(figures-junit.svg)" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures-junit.svg", "figures.md"]
