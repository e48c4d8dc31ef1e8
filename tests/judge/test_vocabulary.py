"""What words lean to where no pattern knows them: little, and only where nothing else decides."""

from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diagnose
from diagnose.causes import catalogue
from diagnose.diagnosis import Diagnosis
from diagnose.judge.beliefs import Words
from diagnose.judge.tables import tables
from diagnose.judge.vocabulary import (
    HEAD,
    TAIL,
    Heard,
    Vocabulary,
    learn,
    quoted,
    vocabulary,
    words,
)
from diagnose.model import Source, TestResult

TAUGHT = [
    ("the ledger was locked by another till", "lock_contention"),
    ("the till found its drawer locked", "lock_contention"),
    ("the clocks went forward over night", "clock_timezone"),
    ("one hour is missing, the clocks changed", "clock_timezone"),
]
LEARNED = learn(TAUGHT)
OTHERS = {f"word{number}": dict.fromkeys(catalogue(), 5) for number in range(50)}
SOLD = "E   AssertionError: the sums of the project differ"
LOST = "E   AssertionError: assert 'till ready' in 'snapshot of the drawer'"


def failing(folder: Path, *texts: str) -> Path:
    cases = "".join(
        f'<testcase classname="tests.test_till" name="test_{number}" time="1">'
        f'<failure message="assert">{text}</failure></testcase>'
        for number, text in enumerate(texts)
    )
    report = folder / f"{len(list(folder.iterdir()))}.xml"
    report.write_text(f'<testsuites><testsuite name="s">{cases}</testsuite></testsuites>', "utf-8")
    return report


def leaning(found: Diagnosis) -> list[tuple[str, str, int]]:
    return [
        (item.text, item.quote or "", item.source.line if item.source else 0)
        for incident in found.incidents
        for item in incident.ledger
        if item.kind == "vocabulary"
    ]


def test_words_lean_to_the_cause_in_whose_failures_they_were_seen() -> None:
    said = LEARNED.hear("the drawer is locked")
    assert said["lock_contention"] > 0 > said["clock_timezone"]
    assert LEARNED.telling("a clocks locked", "clock_timezone") == ["clocks"]


def test_a_word_of_one_text_is_not_learned() -> None:
    assert "drawer" not in LEARNED.seen
    assert LEARNED.seen["locked"] == {"lock_contention": 2}


def test_a_word_seen_once_adds_less_than_one_seen_often() -> None:
    known = Vocabulary(OTHERS | {"once": {"memory": 1}, "often": {"memory": 9}})
    assert 0 < known.hear("once")["memory"] < known.hear("often")["memory"] / 2


def test_words_that_nobody_has_seen_say_nothing() -> None:
    assert LEARNED.hear("42 ≠ 41") == {}


def test_a_long_text_is_heard_by_how_it_begins_and_ends() -> None:
    text = "first " + "x" * HEAD + " middle " + "y" * TAIL + " last"
    assert {"first", "last"} <= words(text)
    assert "middle" not in words(text)


def test_frames_of_what_runs_and_compares_have_no_words() -> None:
    text = (
        "AssertionFailedError: the till differs\n"
        "\tat org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:55)\n"
        "\tat java.base/java.lang.reflect.Method.invoke(Method.java:568)\n"
        "    at Object.toBe (/srv/shop/node_modules/jest-circus/build/run.js:12:3)\n"
        "\tat com.example.Drawer.count(Drawer.java:21)\n"
    )
    assert {"till", "drawer", "count"} <= words(text)
    assert not {"jupiter", "reflect", "invoke", "circus", "fail"} & words(text)


@given(
    st.dictionaries(
        st.sampled_from(["oom_kill", "crash", "memory", "assertion"]), st.floats(-15, 15)
    )
)
def test_words_move_no_verdict_further_than_their_bound(heard: dict[str, float]) -> None:
    beliefs = {
        ("resource_exhaustion", "oom_kill"): 0.2,
        ("resource_exhaustion", "memory"): 0.1,
        ("service_fault", "crash"): 0.3,
        ("service_fault", "assertion"): 0.4,
    }
    scores = Words(beliefs, heard).lean.scores
    assert exp(max(scores.values()) - min(scores.values())) <= tables().lean.spread + 1e-9


def test_a_lone_failure_that_nothing_decides_is_told_by_its_words(tmp_path: Path) -> None:
    found = diagnose.examine([failing(tmp_path, f"x = 1\n{SOLD}")])
    ((text, quote, line),) = leaning(found)
    assert text.startswith("worded as failures of ")
    assert quote in SOLD
    assert line == 2


def test_words_are_named_for_the_side_that_they_speak_for(tmp_path: Path) -> None:
    (incident,) = diagnose.examine([failing(tmp_path, SOLD)]).incidents
    (item,) = (item for item in incident.ledger if item.kind == "vocabulary")
    side = item.for_ if item.decibans > 0 else item.against
    cause = item.text.removeprefix("worded as failures of ").partition(" ")[0]
    assert catalogue()[cause].verdict == side


def test_words_are_named_for_the_cause_that_the_report_names_if_they_speak_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = diagnose.examine([failing(tmp_path, LOST)]).incidents[0]
    same = [cause for cause, page in catalogue().items() if page.verdict == found.verdict]
    beside = next(cause for cause in same if cause != found.cause)
    other = {"bystander": dict.fromkeys(catalogue(), 100)}
    heard = Vocabulary({"drawer": {found.cause: 100, beside: 110}, **other})
    monkeypatch.setattr("diagnose.judge.vocabulary.vocabulary", lambda: heard)
    (incident,) = diagnose.examine([failing(tmp_path, LOST)]).incidents
    (item,) = (item for item in incident.ledger if item.kind == "vocabulary")
    assert item.text == f"worded as failures of {incident.cause} often are: drawer"


def test_words_that_hardly_lean_are_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = dict.fromkeys(catalogue(), 100)
    heard = Vocabulary({"drawer": usual | {"assertion": 101}})
    monkeypatch.setattr("diagnose.judge.vocabulary.vocabulary", lambda: heard)
    found = diagnose.examine([failing(tmp_path, LOST)])
    assert leaning(found) == [("how the failure is worded, as a whole", "", 0)]


def test_words_tip_what_nothing_else_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Vocabulary(OTHERS | {word: {"shared_state": 9} for word in words(LOST)})
    report = failing(tmp_path, LOST)
    monkeypatch.setattr("diagnose.judge.vocabulary.vocabulary", lambda: Vocabulary({}))
    assert diagnose.examine([report]).incidents[0].cause == "assertion"
    monkeypatch.setattr("diagnose.judge.vocabulary.vocabulary", lambda: heard)
    assert diagnose.examine([report]).incidents[0].cause == "shared_state"


@pytest.mark.parametrize("cause", ["memory", "assertion", "shared_state", "credentials"])
def test_words_alone_leave_a_verdict_undetermined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    heard = Vocabulary(OTHERS | {word: {cause: 9} for word in words(LOST)})
    monkeypatch.setattr("diagnose.judge.vocabulary.vocabulary", lambda: heard)
    (incident,) = diagnose.examine([failing(tmp_path, LOST)]).incidents
    assert incident.wording == "undetermined"
    assert incident.confidence <= tables().lean.surest


def test_no_little_word_is_named() -> None:
    text = "use one more of the items in it"
    result = TestResult("tests.test_till", "test_sum", "failed", Source("r.xml", 1))
    heard = Heard(vocabulary().hear(text), text, result)
    said = [quoted(heard, [cause]).text.partition(": ")[2] for cause in heard.decibans]
    named = {word for words in said if words for word in words.split(", ")}
    assert "items" in named
    assert not {"use", "one", "more", "of", "it"} & named


def test_words_are_not_asked_where_a_pattern_decides(tmp_path: Path) -> None:
    text = "E   sqlite3.OperationalError: database is locked"
    assert leaning(diagnose.examine([failing(tmp_path, text)])) == []


def test_words_are_not_asked_where_phrases_of_one_meaning_each_disagree(tmp_path: Path) -> None:
    said = (
        "OSError: [Errno 98] Address already in use",
        "ssl.SSLCertVerificationError: certificate verify failed: certificate has expired",
        "OSError: [Errno 28] No space left on device",
    )
    found = diagnose.examine([failing(tmp_path, "".join(f"E   {line}\n" for line in said))])
    assert found.incidents[0].confidence < 0.5
    assert leaning(found) == []


def test_words_are_not_asked_where_runs_can_be_compared(tmp_path: Path) -> None:
    runs = [failing(tmp_path, LOST), failing(tmp_path, LOST)]
    assert leaning(diagnose.examine(runs)) == []


def test_the_words_of_a_report_with_thousands_of_causes_are_asked_from_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnose.judge.ASKED", 1)
    other = "E   TypeError: 'NoneType' object is not iterable"
    found = diagnose.examine([failing(tmp_path, LOST, other)])
    assert len(found.incidents) == 2
    assert len(leaning(found)) == 1


def test_every_cause_of_the_vocabulary_has_a_page() -> None:
    assert {cause for counts in vocabulary().seen.values() for cause in counts} <= set(catalogue())
