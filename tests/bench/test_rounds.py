"""Who takes turns is measured whole, given up in time, and named where it is absent."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench import rounds
from bench.rounds import Contender, FailedError, interleaved, run

LOOP = "while True: pass"
limits = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: limits of CPU time")
measures = pytest.mark.skipif(os.name != "posix", reason="needs POSIX: what children took")
pytestmark = measures


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time: only CPU counts."""
    monkeypatch.setattr(rounds, "SLACK", 60)


@limits
def test_what_needs_too_long_is_given_up_and_has_what_it_took_until_then() -> None:
    cost = run(python(LOOP), limit=1)
    assert not cost.finished
    assert 0.8 < cost.cpu < 3


@limits
def test_what_does_nothing_is_given_up_by_the_clock_with_what_its_children_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rounds, "SLACK", 0.3)
    sleeper = "import time; kept = bytearray(b'x' * (90 << 20)); time.sleep(600)"
    starter = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {sleeper!r}])"
    cost = run(python(starter), limit=10)
    assert not cost.finished
    assert cost.rss > 90
    assert 3 <= cost.wall < 60


@limits
def test_a_limit_holds_for_what_was_started_even_if_its_starter_is_content() -> None:
    starter = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {LOOP!r}])"
    assert not run(python(starter), limit=1).finished


def test_what_ends_in_time_is_measured_with_its_memory_and_first_words() -> None:
    cost = run(python("kept = bytearray(90 << 20); print('done')"))
    assert cost.finished
    assert cost.rss > 90
    assert cost.said == "done"


def test_what_fails_says_why() -> None:
    with pytest.raises(FailedError, match="no such report"):
        run(python("import sys; sys.exit('reading\\nno such report')"))


@limits
def test_who_is_given_up_gets_no_other_turn_and_the_others_theirs(tmp_path: Path) -> None:
    def noted(turn: str, then: str) -> Contender:
        return Contender(python(f"print({turn!r}, end='', file=open({str(turns)!r}, 'a')); {then}"))

    turns = tmp_path / "turns"
    contenders = {
        "slow": noted("s", "exec('while True: pass')"),
        "quick": noted("q", "pass"),
        "broken": Contender(python("raise SystemExit('torn')"), ("sh",)),
    }
    costs, absent = interleaved(contenders, rounds=3, limit=1)
    assert turns.read_text() == "sqqq"
    assert not costs["slow"].finished
    assert costs["quick"].finished
    assert absent == {"broken": "sh failed: torn"}


@pytest.mark.parametrize(
    ("need", "why"),
    [
        ("no-such-program", "no-such-program is not installed"),
        ("/no/such/folder/tool", "tool is not installed"),
        ("--checkout it=DIR", "--checkout it=DIR is not given"),
        (__file__, ""),
        ("json", ""),
    ],
)
def test_a_need_that_is_not_there_is_named(need: str, why: str) -> None:
    assert Contender(python(""), (need,)).missing == why


def test_what_is_written_is_a_file_or_all_files_of_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = (
        "from pathlib import Path; import sys; out = Path(sys.argv[1]); "
        "(out / 'deep').mkdir(parents=True, exist_ok=True); "
        "[(out / name).write_bytes(bytes(500_000)) for name in ('a', 'deep/b')]"
    )
    contender = Contender((*python(code), str(out)))
    costs, _ = interleaved(
        {"folder": contender._replace(writes=out), "file": contender._replace(writes=out / "a")}, 1
    )
    assert costs["folder"].written == 1
    assert costs["file"].written == 0.5
