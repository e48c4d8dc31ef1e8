"""One comment on the pull request, whatever the forge, and whatever befalls it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from diagnose import api
from diagnose.errors import DeliveryError, InputError
from tests.publishers.dialects import DIALECTS
from tests.publishers.forge import ME, TOKEN, Fault
from tests.publishers.forge import serving as serve
from tests.publishers.scenes import Scene, green


@pytest.fixture(params=sorted(DIALECTS))
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """Serve each forge in turn."""
    with serve(request.param) as forge:
        yield Scene(request.param, forge)


@pytest.fixture
def github() -> Iterator[Scene]:
    """Serve GitHub."""
    with serve("github") as forge:
        yield Scene("github", forge)


def test_the_first_comment_is_created(scene: Scene) -> None:
    assert scene.deliver().what == "created"
    (body,) = scene.ours()
    assert body.startswith(f"{scene.marker}\n\n**31 failed; ")
    assert scene.hours.slept == []


def test_the_next_one_is_the_same_comment(scene: Scene) -> None:
    scene.forge.have("looks good", author="a-person", machine=False)
    scene.forge.have(f"{scene.marker}\n\nold")
    assert scene.deliver().what == "edited"
    assert len(scene.ours()) == 1
    assert scene.ours()[0].startswith(f"{scene.marker}\n\n**31 failed; ")
    assert scene.forge.bodies()[0] == "looks good"
    assert "POST" not in scene.forge.methods()


def test_what_is_the_same_is_not_written_again(scene: Scene) -> None:
    scene.deliver()
    before = len(scene.forge.asked)
    assert scene.deliver().what == "unchanged"
    assert set(scene.forge.methods()[before:]) == {"GET"}


def test_green_needs_no_comment(scene: Scene) -> None:
    assert scene.deliver(green()).what == "left alone"
    assert scene.forge.bodies() == []


def test_a_comment_is_folded_when_all_is_green_again(scene: Scene) -> None:
    scene.deliver()
    assert scene.deliver(green()).what == "edited"
    (body,) = scene.ours()
    assert body.startswith(f"{scene.marker}\n\nAll green: 1 test, no failure.")
    assert body.count("\n") <= 4


def test_what_is_below_the_noise_is_not_said(scene: Scene) -> None:
    assert scene.deliver(only_on=frozenset({"test_isolation"})).what == "left alone"
    assert scene.deliver(only_on=frozenset({"service_fault"})).what == "created"
    assert scene.deliver(only_on=frozenset({"test_isolation"})).what == "edited"
    (body,) = scene.ours()
    assert body.startswith(f"{scene.marker}\n\nNo longer test isolation: 31 failed; ")


def test_each_key_has_a_comment_of_its_own(scene: Scene) -> None:
    scene.deliver(key="unit")
    scene.deliver(key="unit-2")
    scene.deliver(key="unit")
    assert len(scene.forge.bodies()) == 2


def test_the_marker_is_found_on_a_late_page(scene: Scene) -> None:
    scene.forge.page = 5
    for number in range(33):
        scene.forge.have(f"comment {number}", author="a-person", machine=False)
    scene.forge.have(f"{scene.marker}\nold")
    assert scene.deliver().what == "edited"
    assert scene.forge.methods().count("GET") >= 7
    assert len(scene.ours()) == 1


@pytest.mark.parametrize("may_delete", [True, False])
def test_of_two_comments_the_first_is_kept(scene: Scene, may_delete: bool) -> None:
    scene.forge.may_delete = may_delete
    scene.forge.page = 1
    for text in ("one", "two", "three"):
        scene.forge.have(f"{scene.marker}\n\n{text}")
    scene.deliver()
    assert [row.id for row in scene.forge.rows if row.body in scene.ours()] == [1]
    assert len(scene.ours()) == 1
    assert len(scene.forge.bodies()) == (1 if may_delete else 3)


def test_a_second_comment_that_may_not_be_touched_does_not_fail_the_job(scene: Scene) -> None:
    scene.deliver()
    scene.forge.have(f"{scene.marker}\n\nof another machine")
    edit = scene.forge.dialect.edit
    scene.forge.faults += [Fault("status", word, 403, body=b"{}") for word in ("DELETE", edit)]
    assert scene.deliver().what == "unchanged"
    assert scene.forge.faults == []


def test_a_marker_that_somebody_else_wrote_is_not_ours(scene: Scene) -> None:
    scene.forge.have(f"{scene.marker}\n\nmine, all mine", author="mallory", machine=False)
    assert scene.deliver().what == "created"
    assert scene.ours()[0].endswith("mine, all mine")
    assert scene.deliver().what == "unchanged"


def test_a_marker_further_down_is_a_quote(scene: Scene) -> None:
    scene.forge.have(f"> {scene.marker}\n\n{scene.marker}")
    assert scene.deliver().what == "created"


def test_a_comment_of_a_personal_token_is_found_again(scene: Scene) -> None:
    scene.forge.have(f"{scene.marker}\r\n\r\nold", author=ME, machine=False)
    assert scene.deliver().what == "edited"


def test_who_may_not_ask_who_he_is_takes_the_marker_as_it_is(scene: Scene) -> None:
    if scene.name == "github":
        pytest.skip("on GitHub, every person may ask")
    scene.forge.knows_me = False
    scene.forge.have(f"{scene.marker}\n\nold", author=ME, machine=False)
    assert scene.deliver().what == "edited"
    assert len(scene.forge.bodies()) == 1


def test_the_token_of_a_job_takes_no_comment_of_a_person_for_its_own(github: Scene) -> None:
    github.forge.knows_me = False
    github.forge.have(f"{github.marker}\n\nmine, all mine", author="mallory", machine=False)
    assert github.deliver().what == "created"
    assert github.ours()[0].endswith("mine, all mine")
    assert github.deliver().what == "unchanged"


def test_two_jobs_at_the_same_moment_leave_one_comment(scene: Scene) -> None:
    with ThreadPoolExecutor(6) as jobs:
        list(jobs.map(lambda _: scene.deliver(), range(6)))
    scene.deliver()
    assert len(scene.ours()) == 1


def test_the_token_goes_to_no_other_host(github: Scene) -> None:
    with serve("github") as other:
        move = Fault("status", "GET", 302, {"Location": f"{other.url}/elsewhere"})
        github.forge.faults.append(move)
        with pytest.raises(DeliveryError, match="another host"):
            github.deliver()
        link = f'<{other.url}/repos/octo/app/issues/7/comments?page=2>; rel="next"'
        github.forge.faults.append(Fault("status", "GET", 200, {"Link": link}, b"[]"))
        with pytest.raises(DeliveryError, match="another host"):
            github.deliver()
        assert other.asked == []


def test_a_redirect_on_the_same_host_is_followed_with_the_same_words(github: Scene) -> None:
    place = "/repos/octo/app/issues/7/comments"
    github.forge.faults += [
        Fault("status", "GET", 301, {"Location": place}),
        Fault("status", "POST", 307, {"Location": place}),
    ]
    assert github.deliver().what == "created"
    github.forge.faults += [Fault("status", "GET", 302, {"Location": place})] * 50
    with pytest.raises(DeliveryError, match="one redirect after another"):
        github.deliver()


def test_pages_that_go_in_a_circle_come_to_an_end(github: Scene) -> None:
    url = f"{github.forge.url}/repos/octo/app/issues/7/comments?per_page=100"
    around = Fault("status", "GET", 200, {"Link": f'<{url}>; rel="next"'}, b"[]")
    github.forge.faults.append(around)
    assert github.deliver().what == "created"


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", "POST", 403, body=f'{{"message": "no, {TOKEN}"}}'.encode()),
        Fault("status", "GET", 302, {"Location": f"http://{TOKEN}.example.org/"}),
        Fault("status", "GET", 500, body=f'{{"message": "{TOKEN}"}}'.encode()),
    ],
)
def test_the_token_is_never_repeated(scene: Scene, fault: Fault) -> None:
    scene.forge.faults += [fault] * 50
    with pytest.raises(DeliveryError) as told:
        scene.deliver()
    shown = [str(told.value), told.value.hint, repr(told.value)]
    assert TOKEN not in " ".join([*shown, repr(told.value.__context__), repr(told.value.__cause__)])


def test_a_token_with_a_line_end_is_refused_without_being_shown(scene: Scene) -> None:
    name = next(name for name, value in environ(scene).items() if value == TOKEN)
    scene.environ = {name: f"{TOKEN}\nX-Evil: 1"}
    with pytest.raises(InputError, match="holds characters") as told:
        scene.deliver()
    assert TOKEN not in f"{told.value} {told.value.hint}"
    assert scene.forge.asked == []


def environ(scene: Scene) -> dict[str, str]:
    return scene.forge.dialect.environ(scene.forge.url)


def test_the_token_of_a_job_is_named_as_such() -> None:
    with serve("gitlab") as forge:
        scene = Scene("gitlab", forge, environ={"GITLAB_TOKEN": "", "CI_JOB_TOKEN": TOKEN})
        scene.deliver()
        assert {"job-token", "private-token"} & set(forge.asked[0].headers) == {"job-token"}


@pytest.mark.parametrize("key", ["", "a b", "-->", "a--b", "x\n", "a" * 51, "é", "a>"])
def test_a_key_that_would_end_the_marker_is_refused(github: Scene, key: str) -> None:
    with pytest.raises(InputError, match="can't be part of a marker"):
        github.deliver(key=key)


def test_a_dry_run_asks_nobody(scene: Scene) -> None:
    shown = scene.deliver(dry_run=True)
    assert shown.text.startswith(scene.marker)
    assert TOKEN not in repr(shown)
    assert scene.forge.asked == []


def test_a_forge_that_there_is_not_is_named() -> None:
    with pytest.raises(InputError, match="no forge 'svn'") as told:
        api.comment(green(), api.Order("svn"), {})
    assert "bitbucket, gitea, github, gitlab" in told.value.hint
