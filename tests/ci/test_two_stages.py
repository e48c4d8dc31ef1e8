"""The second of two stages: it has rights, and what the first one left may be a stranger's work."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis
from diagnose.model import Run
from tests.ci.actions import Runner, Store, load
from tests.ci.forge import Forge, serving
from tests.ci.machine import PYTHON, Machine, needs_linux
from tests.ci.recipes import block
from tests.readers.packed import zipped
from tests.reports.hostile import EVIL, everywhere
from tests.sample import sample

NEEDED = [name for name in ("curl", "jq") if not shutil.which(name)]
pytestmark = [needs_linux, pytest.mark.skipif(bool(NEEDED), reason=f"needs {' '.join(NEEDED)}")]
HEAD = "a1" * 20
REPORT = diagnose.render(sample(), "json").encode()
GREEN = diagnose.render(Diagnosis((Run("n8", unnamed={"passed": 3}),)), "json").encode()
XML = """<testsuite name="pytest"><testcase classname="tests.test_a" name="test_x" time="0.5">
<failure message="assert 500 == 200">E   assert 500 == 200</failure></testcase></testsuite>"""
RECORDER = f"""
case "$*" in
  *" comment "*) echo "$*" >>"$CALLS"; exit "${{REFUSED:-0}}" ;;
  *) exec "{PYTHON}" "$@" ;;
esac"""
Stage = Callable[..., Runner]


BRANCH = "fix/größe & more"


def pull(number: Any, sha: str = HEAD, label: str = f"stranger:{BRANCH}") -> dict[str, Any]:
    return {"number": number, "head": {"sha": sha, "label": label}}


def artifact(number: int = 5, **changed: Any) -> dict[str, Any]:
    usual = {"id": number, "name": "diagnose", "expired": False, "size_in_bytes": 1000}
    return usual | changed


@pytest.fixture
def forge() -> Iterator[Forge]:
    made = Forge()
    made.pulls, made.artifacts = [pull(7)], [artifact()]
    made.archive = zipped({"report.json": REPORT, "report.html": b"<p>x"})
    with serving(made):
        yield made


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "machine").mkdir()
    made = Machine(tmp_path / "machine")
    made.install("recorder", RECORDER)
    return made


@pytest.fixture
def stage(forge: Forge, machine: Machine, tmp_path: Path) -> Stage:
    def run(given: dict[str, str] | None = None, **changed: Any) -> Runner:
        usual = {
            "id": 77,
            "head_sha": HEAD,
            "head_branch": BRANCH,
            "head_repository": {"owner": {"login": "stranger"}},
        }
        github = {
            "repository": "octo/shop",
            "event_name": "workflow_run",
            "api_url": forge.address,
            "token": "fake-token",
            "event": {"workflow_run": usual | changed},
        }
        python = str(machine.programs / "recorder")
        job = load(block(".github/workflows/comment.yml").text)["jobs"]["comment"]
        job["steps"][-1]["with"] |= {"python": python} | (given or {})
        return Runner(machine, Store(tmp_path / "store"), github).job(job)

    return run


def calls(machine: Machine) -> list[list[str]]:
    """Return the comments that would have been made: the words behind `comment`."""
    rows = machine.calls.read_text("utf-8").splitlines()
    return [row.partition(" comment ")[2].split() for row in rows]


def test_the_comment_goes_where_github_says_that_the_commit_is(
    stage: Stage, machine: Machine, forge: Forge
) -> None:
    ran = stage({"key": "linux"})
    assert not ran.failed, ran.log
    ((report, *words),) = calls(machine)
    assert words == ["--to", "github", "--only-on", "--key", "linux", "--pr", "7"]
    assert Path(report).read_bytes() == REPORT
    assert forge.asked[0][1]["head"] == [f"stranger:{BRANCH}"]


def test_one_comment_is_made_and_then_changed(stage: Stage, forge: Forge) -> None:
    assert not stage({"python": PYTHON}).failed
    (first,) = [comment["body"] for comment in forge.comments]
    assert "31 failed; 4 causes" in first
    forge.archive = zipped({"report.json": GREEN})
    assert not stage({"python": PYTHON}).failed
    (second,) = [comment["body"] for comment in forge.comments]
    assert "All green" in second


def test_a_workflow_that_has_the_right_comments_at_once(
    machine: Machine, forge: Forge, tmp_path: Path
) -> None:
    (machine.checkout / "report.xml").write_text(XML, "utf-8")
    github = {
        "repository": "octo/shop",
        "event_name": "pull_request",
        "ref": "refs/pull/7/merge",
        "api_url": forge.address,
        "token": "fake-token",
    }
    given = {"runs": "report.xml", "comment": True, "key": "linux", "kernel": False}
    ran = Runner(machine, Store(tmp_path / "store"), github).job(
        {"steps": [{"uses": "./", "with": given}]}
    )
    assert not ran.failed, ran.log
    (comment,) = forge.comments
    assert comment["body"].startswith("<!-- diagnose:linux -->")
    assert "fake-token" not in ran.log


def test_the_token_is_seen_by_nobody_but_the_api(
    stage: Stage, machine: Machine, forge: Forge
) -> None:
    ran = stage()
    tokens = {path: token for path, _, token in forge.asked}
    assert tokens.pop("/files/artifact") == ""
    assert set(tokens.values()) == {"Bearer fake-token"}
    assert "fake-token" not in ran.log
    assert not [p for p in machine.folder.rglob("*.*") if b"fake-token" in p.read_bytes()]


@pytest.mark.parametrize(
    "pulls",
    [[], [pull(7, "b2" * 20)], [pull(7, label="victim:main")]],
    ids=["none", "moved on", "somebody else's"],
)
def test_a_commit_that_no_pull_request_has_gets_no_comment(
    stage: Stage, machine: Machine, forge: Forge, pulls: list[Any]
) -> None:
    forge.pulls = pulls
    assert not stage().failed
    assert calls(machine) == []
    assert not [path for path, *_ in forge.asked if "artifact" in path]


def test_a_commit_of_two_pull_requests_gets_two_comments(
    stage: Stage, machine: Machine, forge: Forge
) -> None:
    forge.pulls = [pull(7), pull(8), pull(9, "b2" * 20)]
    stage()
    assert [words[-1] for words in calls(machine)] == ["7", "8"]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "77; touch hacked"},
        {"id": "../../octo/other"},
        {"head_sha": "$(touch hacked)"},
        {"head_sha": f"{HEAD}\n7"},
        {"head_sha": ""},
        {"head_branch": ""},
        {"head_repository": None},
    ],
)
def test_an_event_that_is_none_is_refused(
    stage: Stage, machine: Machine, forge: Forge, changed: dict[str, Any]
) -> None:
    ran = stage(**changed)
    assert ran.failed
    assert forge.asked == []
    assert not list(machine.folder.rglob("*hacked*"))


def test_a_branch_of_any_name_is_only_a_name(stage: Stage, machine: Machine, forge: Forge) -> None:
    branch = "$(touch hacked)`touch hacked`'; touch hacked; '\"; touch hacked; &state=closed&head=b"
    forge.pulls = [pull(7, label=f"stranger:{branch}")]
    assert not stage(head_branch=branch).failed
    assert len(calls(machine)) == 1
    assert forge.asked[0][1]["head"] == [f"stranger:{branch}"]
    assert forge.asked[0][1]["state"] == ["open"]
    assert not list(machine.folder.rglob("*hacked*"))


@pytest.mark.parametrize("number", ["7; touch hacked", "$(touch hacked)", {"a": 1}, None])
def test_a_number_that_is_none_is_refused(
    stage: Stage, machine: Machine, forge: Forge, number: object
) -> None:
    forge.pulls = [pull(number)]
    assert stage().failed
    assert calls(machine) == []
    assert not list(machine.folder.rglob("*hacked*"))


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        (bytes((20 << 20) + 1), "artifact"),
        (zipped({"report.json": REPORT, "other.json": REPORT}), "2 reports"),
        (zipped({"number.txt": b"7; touch hacked"}), "0 reports"),
        (zipped({"r.json": b'{"schema": "diagnose/1"' + bytes(65 << 20)}), "too large"),
        (b"PK\x03\x04 no archive", "diagnose: "),
        (b"", "diagnose: "),
    ],
    ids=["more than it said", "two reports", "no report", "a bomb", "torn", "nothing"],
)
def test_a_hostile_artifact_is_refused(
    stage: Stage, machine: Machine, forge: Forge, archive: bytes, said: str
) -> None:
    forge.archive = archive
    ran = stage()
    assert ran.failed
    assert said in ran.log
    assert calls(machine) == []
    assert not list(machine.folder.rglob("*hacked*"))


def test_an_artifact_that_claims_2_gb_is_not_fetched(
    stage: Stage, machine: Machine, forge: Forge
) -> None:
    forge.artifacts = [artifact(size_in_bytes=2 << 30)]
    ran = stage()
    assert ran.failed
    assert "larger than a report: 2147483648 bytes" in ran.log
    assert not [path for path, *_ in forge.asked if path.endswith("/zip")]
    assert calls(machine) == []


def test_paths_that_lead_elsewhere_write_nothing_there(
    stage: Stage, machine: Machine, forge: Forge
) -> None:
    before = {path for path in machine.folder.parent.rglob("*") if "temporary" not in path.parts}
    evil = {"../../../../evil.sh": b"touch hacked", "/tmp/evil.py": b"", "../report.json": REPORT}
    forge.archive = zipped(evil)
    assert not stage().failed
    assert len(calls(machine)) == 1
    after = {path for path in machine.folder.parent.rglob("*") if "temporary" not in path.parts}
    assert {path.name for path in after - before} <= {"script.sh", "output", "step_summary"}


def test_a_forged_report_is_written_anew_of_checked_values(
    stage: Stage, machine: Machine, forge: Forge
) -> None:
    forged = json.loads(diagnose.render(everywhere(EVIL), "json"))
    forged["<script>"] = "@everyone"
    forge.archive = zipped({"report.json": json.dumps(forged).replace(
        '{"schema"', '{ "schema"', 1).encode()})  # fmt: skip
    assert not stage().failed
    ((report, *_),) = calls(machine)
    text = Path(report).read_text("utf-8")
    assert "<script>" in text, "as words, that a report in Markdown escapes"
    assert "everyone" not in text
    assert not set(text) & set("\x1b\x00\u202e")


def test_the_newest_artifact_of_the_name_is_taken(
    stage: Stage, machine: Machine, forge: Forge
) -> None:
    forge.artifacts = [
        artifact(5), artifact(9), artifact(11, expired=True), artifact(12, name="other"),
    ]  # fmt: skip
    stage()
    assert [path for path, *_ in forge.asked if path.endswith("/zip")] == [
        "/repos/octo/shop/actions/artifacts/9/zip"
    ]
    forge.artifacts = []
    assert not stage().failed
    assert len(calls(machine)) == 1


def test_a_comment_that_is_refused_does_not_fail_the_job(stage: Stage, machine: Machine) -> None:
    machine.variables["REFUSED"] = "3"
    ran = stage()
    assert not ran.failed
    assert "::warning title=diagnose::the comment was refused" in ran.log
    machine.variables["REFUSED"] = "70"
    assert stage().failed
