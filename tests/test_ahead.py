"""What works ahead in a process of its own hands over the same as what works here."""

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from diagnose import ahead as module
from diagnose.ahead import ahead, beside
from tests.program import children

Work = Callable[[], Iterator[tuple[Any, ...]]]
Way = Callable[[Work], Iterator[tuple[Any, ...]]]
MANY = [(number, b"\n" * number, {"é": [1.5, None]}) for number in range(300)]


@pytest.fixture(params=[True, False], ids=["process", "here"])
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "may_fork", lambda: request.param)


def behind(work: Work) -> Iterator[tuple[Any, ...]]:
    with beside(work) as made:
        yield from made


ways = pytest.mark.parametrize("way", [ahead, behind])
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")


@ways
@pytest.mark.usefixtures("here")
def test_values_come_whole_and_in_order(way: Way) -> None:
    assert list(way(lambda: iter(MANY))) == MANY


@ways
@pytest.mark.usefixtures("here")
def test_nothing_comes_of_nothing(way: Way) -> None:
    assert list(way(lambda: iter(()))) == []


@ways
@pytest.mark.usefixtures("here")
def test_an_error_comes_after_what_was_made_before_it(way: Way) -> None:
    def work() -> Iterator[tuple[Any, ...]]:
        yield from MANY[:3]
        raise OSError("the end is torn")

    found = way(work)
    assert [next(found) for _ in range(3)] == MANY[:3]
    with pytest.raises(OSError, match="torn"):
        next(found)


@ways
@pytest.mark.usefixtures("here")
def test_what_a_killed_process_still_owes_is_made_here(way: Way) -> None:
    me = os.getpid()

    def work() -> Iterator[tuple[Any, ...]]:
        for value in MANY:
            if value[0] == 200 and os.getpid() != me:
                os.kill(os.getpid(), signal.SIGKILL)
            yield value

    assert list(way(work)) == MANY


@pytest.mark.usefixtures("here")
def test_whoever_takes_no_more_leaves_no_process_behind() -> None:
    before = children()
    found = ahead(lambda: ((number,) for number in range(10**9)))
    assert next(found) == (0,)
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert children() <= before


@pytest.mark.usefixtures("here")
def test_what_nobody_asks_for_is_ended() -> None:
    before = children()
    with beside(lambda: ((number,) for number in range(10**9))):
        pass
    assert children() <= before


@ways
def test_where_no_process_may_be_had_the_same_is_made_here(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError("no more processes may be had")

    monkeypatch.setattr(os, "fork", refused)
    assert list(way(lambda: iter(MANY))) == MANY


def test_where_nothing_can_be_kept_the_same_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert list(behind(lambda: iter(MANY))) == MANY
