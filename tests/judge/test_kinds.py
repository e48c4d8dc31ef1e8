"""Failures of a kind say the same, particulars aside."""

from collections import Counter
from random import Random

import pytest

from diagnose.judge._mask import mask
from diagnose.judge.kinds import Failure, Key, key_of, keys_of, raised_in
from tests.pace import within

REFUSED = Failure(0, "t", "httpx.ConnectError", "All connection attempts failed: refused", start=10)


def sizes(failures: list[Failure]) -> list[int]:
    """Count the failures of each kind."""
    return sorted(Counter(keys_of(failures)).values())


def test_assertions_of_different_places_are_different_things() -> None:
    one = Failure(0, "a", "AssertionError", "assert 3 == 4", "tests/test_a.py:3")
    assert sizes([one, one._replace(test="b", frame="tests/test_b.py:8")]) == [1, 1]
    assert sizes([one, one._replace(test="b", message="assert 5 == 6")]) == [2]


def stale(pier: str, frame: str = "ferries/gauge.py") -> Failure:
    return Failure(0, pier, "StaleReading", f"the reading of {pier} is too old", frame)


def test_one_statement_that_names_many_things_is_one_kind() -> None:
    piers = [stale(pier) for pier in ("east", "west", "fort", "fort")]
    assert sizes(piers) == [4]


def test_two_sentences_that_differ_in_a_word_may_be_two_statements() -> None:
    assert sizes([stale("east"), stale("fort"), stale("fort")]) == [1, 2]


def test_statements_of_several_files_are_several() -> None:
    assert sizes([stale("east"), stale("west"), stale("fort", "ferries/radar.py")]) == [1, 1, 1]


def test_sentences_that_differ_in_more_than_a_word_are_several() -> None:
    others = [stale("x")._replace(message=f"the {w} of {w} is too old") for w in ("ab", "cd", "ef")]
    assert sizes(others) == [1, 1, 1]


def test_ten_thousand_sentences_are_held_against_one_another_in_a_moment() -> None:
    names = ["".join(Random(n).choices("abcdefgh", k=12)) for n in range(10_000)]
    failures = [stale("x")._replace(message=f"{n} {n} {n} and {n} are not there") for n in names]
    with within(3):
        assert len(set(keys_of(failures))) == 10_000


@pytest.mark.parametrize(
    ("exception", "message"),
    [
        ("", "psycopg.OperationalError: no slots are left for 'job-2'"),
        ("psycopg.OperationalError", "no slots are left for 'job-3'"),
        ("OperationalError", "psycopg.OperationalError: no slots are left for 'job-4'"),
        ("", "failed on setup with \"psycopg.OperationalError: no slots are left for 'job-5'\""),
    ],
)
def test_an_error_is_the_same_however_it_is_reported(exception: str, message: str) -> None:
    first = Failure(0, "t", "psycopg.OperationalError", "no slots are left for 'job-1'")
    assert key_of(Failure(0, "u", exception, message)) == key_of(first)


def test_an_exception_of_a_module_may_be_written_small() -> None:
    assert (
        key_of(Failure(0, "t", "", "socket.gaierror: [Errno -3] no name")).exception == "gaierror"
    )
    assert key_of(Failure(0, "t", "", "took 3 s: too long")).exception == ""


def test_a_failure_was_raised_where_its_last_frame_is() -> None:
    text = "app/a.py:3: in get\n    x\ntests/test_a.py:9: KeyError\n---- Captured ----\nlib.py:1 ok"
    assert raised_in(text) == "tests/test_a.py"
    assert raised_in("KeyError: 'id'") == ""


def test_a_message_that_tells_little_is_told_apart_by_where_it_was_raised() -> None:
    bare = Failure(0, "t", "KeyError", "'id'", frame="tests/test_a.py")
    assert key_of(bare).frame == "tests/test_a.py"
    assert key_of(REFUSED._replace(frame="tests/test_a.py")).frame == ""


def lacking(*names: str) -> list[Failure]:
    """Fail in a file of its own for the lack of each name."""
    return [
        Failure(0, f"t{n}", "KeyError", repr(name), frame=f"tests/test_{n}.py")
        for n, name in enumerate(names)
    ]


def test_files_that_all_lack_one_name_lack_it_for_one_reason() -> None:
    assert set(keys_of(lacking("user_7", "user_12", "user_7"))) == {
        Key("KeyError", "user_<number>", "")
    }


def test_two_files_that_lack_a_name_or_three_that_lack_others_are_apart() -> None:
    assert len(set(keys_of(lacking("user_id", "user_id")))) == 2
    assert len(set(keys_of(lacking("user_id", "owner_id", "pier_id")))) == 3
    assert len(set(keys_of(lacking("7", "12", "it is a sentence")))) == 3


def test_an_assertion_about_a_name_is_known_by_its_file() -> None:
    failures = [
        each._replace(exception="AssertionError", message="got 'ready'")
        for each in lacking("a", "b", "c")
    ]
    assert len(set(keys_of(failures))) == 3


def test_a_fixture_that_is_not_found_says_so_below_the_first_line() -> None:
    message = 'failed on setup with "file /a/test_b.py, line 7\n  def test_c(d):\nE       {}\n>'
    one = key_of(Failure(0, "t", "", message.format("fixture 'd' not found")))
    other = key_of(Failure(0, "t", "", message.format("recursive dependency of fixtures")))
    assert one.message == "fixture <quoted> not found"
    assert other != one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bind ('127.0.0.1', 8001): in use", "bind ('127.0.0.1', 9317): in use"),
        ("no file /srv/a/b.txt", "no file /var/lib/c.txt"),
        ("KeyError: 'user-17'", 'KeyError: "user-18"'),
        ("object at 0x7f3a2b1c", "object at 0x7faa0001"),
        ("cannot reach redis:6379", "cannot reach db-1:5432"),
        ("url http://localhost:80/a?b=1 failed", "url https://host/c failed"),
        ("job 6f9619ff-8b86-d011-b42d-00cf4fc964ff", "job 00000000-8b86-d011-b42d-00cf4fc964f1"),
        ("took 404 ms", "took 200 ms"),
        ("got 200 rows", "got 17 rows"),
    ],
)
def test_particulars_do_not_tell_kinds_apart(one: str, other: str) -> None:
    assert mask(one) == mask(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("assert 500 == 200", "assert 404 == 200"),
        ("Server error '503 Service Unavailable' for url", "Server error '500 Internal' for url"),
        ("<Response [502]>", "<Response [409]>"),
        ("[Errno 24] Too many", "[Errno 28] Too many"),
        ("exit code 137", "exit code 1"),
        ("died with SIGKILL", "died with SIGSEGV"),
        ("limit is 1024 files", "limit is 999 files"),
    ],
)
def test_codes_and_known_limits_do(one: str, other: str) -> None:
    assert mask(one) != mask(other)


@pytest.mark.parametrize(
    "text", ["'", "/a", "1.", "a.", "0", "\\", "A", "a:", "-", "http://", "1,"]
)
def test_no_message_takes_long_to_mask(text: str) -> None:
    with within(0.1):
        mask(text * 100_000)


def test_a_message_of_no_words_masks_to_nothing() -> None:
    assert mask("") == mask("\n \n") == ""
    assert mask("\n\nE  first\nsecond") == "E first"
