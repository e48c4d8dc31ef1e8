"""Where a comment goes is found in what a CI system sets, and what is missing is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from diagnose.errors import DeliveryError, InputError
from diagnose.publishers import PUBLISHERS
from diagnose.publishers._address import Address, Asked
from tests.publishers.dialects import DIALECTS
from tests.publishers.forge import TOKEN, Fault
from tests.publishers.forge import serving as serve
from tests.publishers.scenes import Scene, green

FORGES = sorted(DIALECTS)
SHA = "89abcdef0123456789abcdef0123456789abcdef"


def find(name: str, environ: dict[str, str], asked: Asked | None = None) -> Address:
    return PUBLISHERS[name].find(asked or Asked(), environ)


def environ_of(name: str) -> dict[str, str]:
    return DIALECTS[name].environ("https://git.example.org/api/v3")


def pull(number: object = 12, *, head: str = "octo/app", base: str = "octo/app") -> dict[str, Any]:
    """Return the event of a pull request."""
    return {
        "pull_request": {
            "number": number,
            "head": {"sha": SHA, "repo": {"full_name": head} if head else None},
            "base": {"repo": {"full_name": base}},
        }
    }


def with_event(folder: Path, event: object, **more: str) -> dict[str, str]:
    """Return what a runner sets for an event."""
    path = folder / "event.json"
    path.write_text(event if isinstance(event, str) else json.dumps(event), "utf-8")
    set_ = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(path)}
    return environ_of("github") | set_ | more


@pytest.mark.parametrize("name", FORGES)
def test_every_forge_finds_its_pull_request(name: str) -> None:
    found = find(name, environ_of(name))
    assert found.number == 7
    assert found.repo == ("12" if name == "gitlab" else "octo/app")
    assert TOKEN not in repr(found)


@pytest.mark.parametrize("name", FORGES)
def test_what_is_missing_is_named_with_where_it_would_be(name: str) -> None:
    with pytest.raises(InputError) as told:
        find(name, {})
    said = str(told.value)
    assert "pull request (" in said
    assert "_TOKEN" in said
    assert told.value.hint
    assert told.value.exit_code == 2


@pytest.mark.parametrize("name", FORGES)
def test_the_user_has_the_last_word(name: str) -> None:
    found = find(name, environ_of(name), Asked("team/thing", "9", "https://other.example.org/x/"))
    assert (found.repo, found.number, found.api) == ("team/thing", 9, "https://other.example.org/x")


@pytest.mark.parametrize(
    "api", ["http://u:p@h/", "ftp://h", "//h", "h", "http://h?token=1", "http://[", "http://h:x"]
)
def test_an_address_that_hides_something_is_refused_and_not_shown(api: str) -> None:
    with pytest.raises(InputError, match="no plain") as told:
        find("github", environ_of("github"), Asked(api=api))
    assert "u:p" not in f"{told.value}{told.value.hint}"


@pytest.mark.parametrize(
    "repo", ["a/../b", "a//b", "a b/c", "a/b?x", "a/b#c", "a/%2e", "a\\b", "/", "a/\x00"]
)
def test_a_repository_that_would_lead_elsewhere_is_refused(repo: str) -> None:
    with pytest.raises(InputError, match="no name of a repository"):
        find("github", environ_of("github"), Asked(repo=repo))


@pytest.mark.parametrize("number", ["0", "-1", "7; rm", "١", "9999999999", "7\n", "0x7"])
def test_a_number_is_a_number(number: str) -> None:
    with pytest.raises(InputError, match="is no number of a pull request"):
        find("github", environ_of("github"), Asked(pr=number))


def test_a_path_of_a_project_is_one_word_of_a_url() -> None:
    found = find(
        "gitlab", environ_of("gitlab"), Asked(repo="group/sub group/app".replace(" ", "-"))
    )
    assert "/projects/group%2Fsub-group%2Fapp/" in PUBLISHERS["gitlab"].forge(found).comments


def test_the_event_tells_the_number_and_the_commit(tmp_path: Path) -> None:
    found = find("github", with_event(tmp_path, pull(12)))
    assert (found.number, found.commit) == (12, SHA[:8])
    assert found.run == "https://git.example.org/octo/app/actions/runs/99"


@pytest.mark.parametrize(
    ("event", "number"),
    [
        ({"issue": {"number": 5, "pull_request": {}}}, 7),
        ({"issue": {"number": 5, "pull_request": {"url": "x"}}}, 5),
        ({"workflow_run": {"pull_requests": [{"number": 6}], "head_sha": SHA}}, 6),
        ({"workflow_run": {"pull_requests": []}}, 7),
        ({"pull_request": "words"}, 7),
        ([], 7),
        ("{torn", 7),
        ("[" * 100_000, 7),
    ],
)
def test_an_event_of_any_kind_is_read_as_far_as_it_goes(
    tmp_path: Path, event: object, number: int
) -> None:
    assert find("github", with_event(tmp_path, event)).number == number


@pytest.mark.parametrize(
    ("event", "more", "closed"),
    [
        (pull(head="mallory/app"), {}, True),
        (pull(head=""), {}, True),
        (pull(), {}, False),
        (pull(), {"GITHUB_ACTOR": "dependabot[bot]"}, True),
        (pull(head="mallory/app"), {"GITHUB_EVENT_NAME": "pull_request_target"}, False),
    ],
)
def test_a_fork_is_seen(tmp_path: Path, event: object, more: dict[str, str], closed: bool) -> None:
    assert bool(find("github", with_event(tmp_path, event, **more)).closed) is closed


NO = Fault("status", "POST", 403, body=b'{"message": "Resource not accessible by integration"}')


def test_a_fork_gets_the_summary_of_the_step_and_a_hint(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    with serve("github") as forge:
        event = with_event(tmp_path, pull(7, head="mallory/app"))
        scene = Scene("github", forge, environ={**event, "GITHUB_API_URL": forge.url})
        scene.environ["GITHUB_STEP_SUMMARY"] = str(summary)
        forge.faults.append(NO)
        posted = scene.deliver()
    assert posted.what == "written to the step summary instead"
    assert "fork" in posted.note
    assert "docs/ci/" in posted.hint
    text = summary.read_text("utf-8")
    assert text.startswith("before\n\n**31 failed; ")
    assert "<!-- diagnose" not in text


def test_a_fork_without_a_summary_is_a_failed_delivery(tmp_path: Path) -> None:
    with serve("github") as forge:
        event = with_event(tmp_path, pull(7, head="mallory/app"))
        scene = Scene("github", forge, environ={**event, "GITHUB_API_URL": forge.url})
        forge.faults.append(NO)
        with pytest.raises(DeliveryError, match="from a fork") as told:
            scene.deliver()
        assert "docs/ci/" in told.value.hint
        scene.environ["GITHUB_STEP_SUMMARY"] = str(tmp_path)
        forge.faults.append(NO)
        with pytest.raises(DeliveryError, match=r"(?i)directory|denied"):
            scene.deliver()


def test_a_fork_that_is_green_has_nothing_to_say(tmp_path: Path) -> None:
    with serve("github") as forge:
        event = with_event(tmp_path, pull(7, head="mallory/app"))
        scene = Scene("github", forge, environ={**event, "GITHUB_API_URL": forge.url})
        assert scene.deliver(green()).what == "left alone"


def test_a_fork_that_is_green_again_does_not_fail_for_a_comment_it_may_not_fold(
    tmp_path: Path,
) -> None:
    with serve("github") as forge:
        event = with_event(tmp_path, pull(7, head="mallory/app"))
        scene = Scene("github", forge, environ={**event, "GITHUB_API_URL": forge.url})
        forge.have(f"{scene.marker}\n\nold")
        forge.faults.append(Fault("status", "PATCH", 403, body=b"{}"))
        posted = scene.deliver(green())
    assert posted.what == "left alone"
    assert "fork" in posted.note
