"""`diagnose comment`, as a step of a CI job runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishers.forge import TOKEN, FakeForge, Fault, serving

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "sample_reports" / "identity.json"
SENTENCE = "**28 failed; 1 cause; nothing is wrong with the service.**"
MARKED = f"<!-- diagnose:report -->\n\n{SENTENCE}\n"
SETTINGS = ("GITHUB_", "GITLAB_", "GITEA_", "BITBUCKET_", "CI_", "GH_")


def comment(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command with these variables and none of a CI system that may be around."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS)}
    return subprocess.run(
        [sys.executable, "-m", "diagnose", "comment", *words],
        env={**kept, "NO_PROXY": "127.0.0.1", "PYTHONUTF8": "1", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def forge() -> Iterator[FakeForge]:
    """Serve GitHub."""
    with serving("github") as forge:
        yield forge


def job(forge: FakeForge) -> dict[str, str]:
    """Return the variables of a job on a pull request."""
    return forge.dialect.environ(forge.url)


def test_a_job_writes_one_comment_and_keeps_it(forge: FakeForge) -> None:
    before = REPORT.read_bytes()
    first = comment(str(REPORT), **job(forge))
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("created: https://git.example.org/octo/app/pull/7#")
    again = comment(str(REPORT), "--to", "github", **job(forge))
    assert (again.returncode, again.stdout.partition(":")[0]) == (0, "unchanged")
    assert len(forge.bodies(MARKED)) == len(forge.bodies()) == 1
    assert REPORT.read_bytes() == before


def test_what_is_not_worth_a_comment_is_none(forge: FakeForge) -> None:
    done = comment(str(REPORT), "--only-on", "service_fault, inconclusive", **job(forge))
    assert (done.returncode, done.stdout) == (0, "left alone\n")
    assert forge.bodies() == []


def test_a_dry_run_prints_the_comment_and_sends_nothing(forge: FakeForge) -> None:
    done = comment(str(REPORT), "--dry-run", **job(forge))
    assert done.returncode == 0
    assert done.stdout.startswith(MARKED)
    assert done.stderr == "127.0.0.1 octo/app #7: to be written; nothing was sent\n"
    assert TOKEN not in done.stdout + done.stderr
    assert forge.asked == []


def test_a_dry_run_needs_no_ci_system() -> None:
    done = comment(str(REPORT), "--to", "bitbucket", "--dry-run")
    assert (done.returncode, done.stdout[:29]) == (0, "[//]: # (diagnose:report)\n\n**")
    assert "without --dry-run: comment: no repository (BITBUCKET_REPO_FULL_NAME)" in done.stderr


@pytest.mark.parametrize(
    "words", [(), ("--to", "gitlab"), ("--to", "svn"), ("--key", "-->"), ("--only-on", "rain")]
)
def test_what_is_missing_or_wrong_is_two_lines(words: tuple[str, ...]) -> None:
    done = comment(str(REPORT), *words)
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("diagnose: ")
    assert second.startswith("hint: ")


def test_a_refusal_exits_3_with_the_lines_to_add(forge: FakeForge) -> None:
    no = b'{"message": "Resource not accessible by integration"}'
    forge.faults.append(Fault("status", "POST", 403, body=no))
    done = comment(str(REPORT), **job(forge))
    assert (done.returncode, done.stdout) == (3, "")
    first, second = done.stderr.splitlines()
    said = "diagnose: 127.0.0.1 octo/app #7: 403: Resource not accessible by integration"
    assert first == said
    assert "permissions: {contents: read, pull-requests: write}" in second
    assert TOKEN not in done.stderr


def test_a_fork_is_answered_in_the_summary_and_is_no_failure(
    forge: FakeForge, tmp_path: Path
) -> None:
    sides = {
        "head": {"repo": {"full_name": "guest/app"}},
        "base": {"repo": {"full_name": "octo/app"}},
    }
    event, summary = tmp_path / "event.json", tmp_path / "summary.md"
    event.write_text(json.dumps({"pull_request": {"number": 7, **sides}}), "utf-8")
    told = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(event)}
    forge.faults.append(Fault("status", "POST", 403, body=b'{"message": "no"}'))
    done = comment(str(REPORT), **job(forge), **told, GITHUB_STEP_SUMMARY=str(summary))
    assert (done.returncode, done.stdout) == (0, "written to the step summary instead\n")
    assert "the pull request comes from a fork" in done.stderr
    assert "docs/ci/" in done.stderr
    assert SENTENCE in summary.read_text("utf-8")


def test_secrets_of_the_report_stay_out_of_the_comment(forge: FakeForge, tmp_path: Path) -> None:
    document = json.loads(REPORT.read_text("utf-8"))
    document["incidents"][0]["headline"] = "1: it broke (PASSWORD=hunter22 and pin 4711)"
    report, settings = tmp_path / "r.json", tmp_path / "diagnose.toml"
    report.write_text(json.dumps(document), "utf-8")
    settings.write_text("redact = ['pin (?P<secret>\\d+)']\n")
    comment(str(report), "--config", str(settings), **job(forge))
    (body,) = forge.bodies()
    assert "[redacted" in body
    assert "hunter22" not in body
    assert "4711" not in body
