"""What befalls a delivery on its way, and where each such story ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.errors import DeliveryError
from diagnose.publishers import PUBLISHERS
from diagnose.publishers._address import Asked
from diagnose.publishers._order import Patience
from tests.publishers.dialects import DIALECTS
from tests.publishers.forge import Asked as Request
from tests.publishers.forge import Fault
from tests.publishers.forge import serving as serve
from tests.publishers.scenes import HASTY, Scene

LIMITED = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1768403930"}  # in 20 s


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


FLEETING = [
    Fault("status", status=500),
    Fault("status", status=502, body=b"<html>bad gateway</html>"),
    Fault("status", status=503, headers={"Retry-After": "3"}),
    Fault("reset"),
    Fault("silence"),
    Fault("drip"),
    Fault("drip_header"),
    Fault("status", status=403, headers=LIMITED),
    Fault("status", status=429, headers={"Retry-After": "7"}),
    Fault("status", status=403, body=b'{"message": "You have exceeded a secondary rate limit"}'),
]


def named(fault: Fault) -> str:
    return f"{fault.method}-{fault.kind}-{fault.status if fault.kind == 'status' else ''}"


@pytest.mark.parametrize("fault", FLEETING, ids=named)
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_a_fault_that_passes_leaves_one_comment(github: Scene, fault: Fault, method: str) -> None:
    if method == "PATCH":
        github.forge.have(f"{github.marker}\n\nold")
    github.patience = HASTY if fault.kind == "silence" else github.patience
    words = {**vars(fault), "method": method}
    github.forge.faults.append(Fault(**words))
    assert github.deliver().what == ("edited" if method == "PATCH" else "created")
    assert len(github.ours()) == 1
    assert github.forge.faults == []
    assert github.hours.slept


@pytest.mark.parametrize("kind", ["status", "reset", "silence", "drip"])
def test_a_comment_that_was_made_without_a_word_is_not_made_twice(scene: Scene, kind: str) -> None:
    scene.patience = HASTY if kind == "silence" else scene.patience
    scene.forge.faults.append(Fault(kind, "POST", status=502, done=True))
    assert scene.deliver().what == "unchanged"
    assert len(scene.forge.bodies()) == 1
    assert scene.forge.methods().count("POST") == 1


def test_two_comments_at_the_same_moment_become_one(scene: Scene) -> None:
    def meanwhile(asked: Request, *_: object) -> None:
        if asked.method == "POST":
            scene.forge.have(f"{scene.marker}\n\nof another job")

    scene.forge.looked_at = meanwhile
    assert scene.deliver().what == "unchanged"
    assert len(scene.forge.bodies()) == 1


def test_a_comment_was_made_though_nobody_can_look_whether_it_is_alone(scene: Scene) -> None:
    def meanwhile(asked: Request, *_: object) -> None:
        if asked.method == "POST":
            scene.forge.faults += [Fault("status", "GET", 500)] * 50

    scene.forge.looked_at = meanwhile
    assert scene.deliver().what == "created"


def test_all_of_it_ends_when_time_is_up(github: Scene) -> None:
    github.patience = Patience(tries=50, whole=9.5)
    github.forge.faults += [Fault("status", status=500)] * 100
    with pytest.raises(DeliveryError, match="no answer in time") as told:
        github.deliver()
    assert github.hours.slept == [1, 2, 4]
    assert "later" in told.value.hint


def test_an_answer_that_is_no_json_is_asked_for_again(github: Scene) -> None:
    github.forge.faults.append(Fault("status", "GET", 200, body=b"[{"))
    assert github.deliver().what == "created"


def test_a_comment_that_was_made_with_a_torn_answer_was_made(github: Scene) -> None:
    github.forge.faults.append(Fault("status", "POST", 201, body=b"{", done=True))
    assert github.deliver().what == "created"
    assert len(github.ours()) == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("status", status=500), "500"),
        (Fault("status", status=502, body=b"oops"), "502"),
        (Fault("reset"), r"(?i)reset|forcibly closed"),
        (Fault("silence"), "no answer in time"),
        (Fault("drip"), "no answer in time"),
        (Fault("drip_header"), "no answer in time"),
        (Fault("status", status=200, body=b"[{"), "no JSON"),
        (Fault("status", status=200, body=b'"words"'), "no list of comments"),
        (Fault("status", status=404, body=b'{"message": "Not Found"}'), "404: Not Found"),
        (Fault("status", status=403, headers=LIMITED), "too many requests"),
    ],
    ids=lambda each: named(each) if isinstance(each, Fault) else "",
)
def test_a_fault_that_stays_is_told_in_time(github: Scene, fault: Fault, said: str) -> None:
    github.forge.have(f"{github.marker}\n\nold")
    github.patience = HASTY if fault.kind == "silence" else github.patience
    github.forge.faults += [fault] * 100
    with pytest.raises(DeliveryError, match=said) as told:
        github.deliver()
    assert told.value.exit_code == 3
    assert told.value.hint
    assert github.ours() == [f"{github.marker}\n\nold"]
    assert sum(github.hours.slept) < 240
    assert len(github.forge.asked) <= 12


def test_a_rest_is_as_long_as_the_forge_says(github: Scene) -> None:
    github.forge.faults += [
        Fault("status", "GET", 403, LIMITED),
        Fault("status", "POST", 429, {"Retry-After": "7"}),
        Fault("status", "POST", 429, {"Retry-After": "Wed, 14 Jan 2026 15:18:41 GMT"}),
    ]
    github.deliver()
    assert github.hours.slept == [20, 7, 11]


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "3600"},
        {"Retry-After": "61"},
        {"Retry-After": "99999999999999999999"},
        {"Retry-After": "soon"},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1768407510"},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "never"},
    ],
)
def test_nobody_waits_for_an_hour(github: Scene, headers: dict[str, str]) -> None:
    github.forge.faults += [Fault("status", "GET", 429, headers)] * 50
    with pytest.raises(DeliveryError, match="too many requests") as told:
        github.deliver()
    assert "try again in" in told.value.hint
    assert max(github.hours.slept, default=0) <= 60


def test_a_body_that_is_too_long_is_made_shorter(scene: Scene) -> None:
    scene.forge.limit = 2500
    assert scene.deliver().what == "created"
    (body,) = scene.ours()
    assert len(body) <= 2500
    assert "**31 failed; " in body
    sent = [scene.forge.dialect.text(each.body) for each in scene.forge.asked if each.body]
    assert len(set(sent)) == len(sent) <= 6


def test_another_422_is_no_reason_to_say_less(github: Scene) -> None:
    locked = b'{"message": "Unable to create comment because issue is locked."}'
    github.forge.faults.append(Fault("status", "POST", 422, body=locked))
    with pytest.raises(DeliveryError, match="issue is locked"):
        github.deliver()
    assert github.forge.methods().count("POST") == 1


def test_a_refusal_names_the_lines_to_add(github: Scene) -> None:
    no = b'{"message": "Resource not accessible by integration"}'
    github.forge.faults.append(Fault("status", "POST", 403, body=no))
    with pytest.raises(DeliveryError, match="403: Resource not accessible") as told:
        github.deliver()
    assert "permissions: {contents: read, pull-requests: write}" in told.value.hint


@pytest.mark.parametrize("status", [401, 403, 404])
def test_every_forge_explains_a_refusal(scene: Scene, status: int) -> None:
    scene.forge.faults.append(Fault("status", "GET", status, body=b"{}"))
    with pytest.raises(DeliveryError) as told:
        scene.deliver()
    assert len(told.value.hint) > 40


def test_a_forge_that_is_not_there_is_told(scene: Scene) -> None:
    with serve(scene.name) as gone:
        absent = Scene(scene.name, gone)
    with pytest.raises(DeliveryError, match="refused") as told:
        absent.deliver()
    assert "the report is kept" in told.value.hint
    assert absent.hours.slept == [1, 2, 4]


QUICK = st.builds(
    Fault,
    st.sampled_from(["status", "reset"]),
    st.sampled_from(["", "GET", "POST", "PATCH", "PUT", "DELETE"]),
    st.sampled_from([200, 201, 302, 400, 403, 404, 422, 429, 500, 502, 503]),
    st.sampled_from(
        [{}, LIMITED, {"Retry-After": "2"}, {"Location": "/"}, {"Link": "<x>; rel=next"}]
    ),
    st.sampled_from([b"", b"{}", b"[]", b"[{", b"null", b'{"message": ["is too long"]}']),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(DIALECTS)), st.lists(QUICK, max_size=7), st.booleans())
def test_whatever_goes_wrong_in_whatever_order_one_comment_remains(
    name: str, faults: list[Fault], there: bool
) -> None:
    with serve(name, faults=faults) as forge:
        scene = Scene(name, forge)
        if there:
            forge.have(f"{scene.marker}\n\nold")
        with suppress(DeliveryError):
            scene.deliver()
        assert sum(scene.hours.slept) <= 240
        forge.faults.clear()
        scene.deliver()
        assert len(scene.ours()) == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "body", "user", "login", "author", "content", "raw", "links", "html"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(DIALECTS)),
    st.dictionaries(
        st.sampled_from(["id", "body", "user", "author", "content", "links"]), ANYTHING
    ),
)
def test_a_row_of_any_shape_is_a_comment_or_none(name: str, row: dict[str, object]) -> None:
    environ = DIALECTS[name].environ("https://git.example.org")
    publisher = PUBLISHERS[name]
    comment = publisher.forge(publisher.find(Asked(), environ)).read(row)
    assert comment is None or (comment.id > 0 and isinstance(comment.body, str))
