"""The comment on a pull request: understood in ten seconds, harmless whoever wrote the report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose import api
from diagnose.diagnosis import Advice, Diagnosis, Incident, NextRun, Patch, TestCase, Verdict
from diagnose.errors import InputError
from diagnose.model import Gap, Run
from diagnose.reports._comment import Frame, fold, worth_saying, write
from diagnose.reports._sentence import sentence
from tests.conftest import Golden
from tests.reports.hostile import everywhere
from tests.reports.test_markdown import NASTY, large, read, rendered
from tests.sample import sample

HERE = Path(__file__).parent
SAMPLES = sorted((HERE.parents[1] / "sample_reports").glob("*.json"))
GITHUB, GITLAB, BITBUCKET = Frame(65_536), Frame(1_000_000), Frame(32_768, html=False)
COMMANDS = "/close\n /merge\n\t/lgtm cancel\n/assign @octo\n/approve"
ORDERS = f"{NASTY}\n{COMMANDS}\nfixes #12, closes octo/app#3, resolves GH-4 <!-- diagnose:x -->"


def incident(verdict: Verdict, wording: str = "verdict", tests: int = 1, **more: Any) -> Incident:
    cases = tuple(TestCase(f"t.py::test_{n}", "t", f"test_{n}") for n in range(tests))
    return Incident(
        f"{verdict}-1",
        "1 test failed: it broke (E: x)",
        cases,
        verdict,
        "memory",
        0.9,
        wording,
        **more,
    )


def test_the_sample_is_said_as_it_was(golden: Golden) -> None:
    golden(HERE / "comment" / "expected.md", write(sample(), GITHUB))


@pytest.mark.parametrize("report", SAMPLES, ids=lambda path: str(path.stem))
@pytest.mark.parametrize(
    "frame", [GITHUB, GITLAB, BITBUCKET], ids=["github", "gitlab", "bitbucket"]
)
def test_each_sample_report_opens_with_a_sentence(report: Path, frame: Frame) -> None:
    text = write(api.saved(report), frame)
    assert re.match(r"\*\*\d+ failed; \d+ causes?; [^\n]+\.\*\*\n\n", text)
    assert len(text.encode()) <= frame.limit
    assert frame.html or not re.search(r"</?(details|summary)", text)
    top = text.partition("The evidence")[0]
    assert "### What to change" in top
    assert "needs a person" in top
    assert len(top.splitlines()) <= 70


def test_the_story_of_the_readme_is_told_in_one_sentence() -> None:
    (identity,) = [path for path in SAMPLES if path.stem == "identity"]
    said = "28 failed; 1 cause; nothing is wrong with the service"
    assert sentence(api.saved(identity)) == said


@pytest.mark.parametrize(
    ("incidents", "said"),
    [
        (
            (incident("resource_exhaustion", tests=28),),
            "28 failed; 1 cause; nothing is wrong with the service",
        ),
        ((incident("environment", "likely"),), "1 failed; 1 cause; nothing points at the service"),
        ((incident("service_fault"),), "1 failed; 1 cause; the service is at fault"),
        (
            (incident("service_fault", "likely"),),
            "1 failed; 1 cause; the service is probably at fault",
        ),
        (
            (incident("service_fault", tests=2), incident("environment")),
            "3 failed; 2 causes; 2 are the service's fault",
        ),
        (
            (incident("service_fault", "likely"), incident("environment")),
            "2 failed; 2 causes; 1 is probably the service's fault",
        ),
        (
            (incident("service_fault", "undetermined"),),
            "1 failed; 1 cause; whose fault that is, these runs don't tell",
        ),
        (
            (incident("service_fault"), incident("inconclusive"), incident("environment")),
            "3 failed; 3 causes; 1 is the service's fault; 1 is not explained yet",
        ),
    ],
)
def test_the_sentence_claims_no_more_than_the_verdicts(
    incidents: tuple[Incident, ...], said: str
) -> None:
    assert sentence(Diagnosis(incidents=incidents)) == said


def test_what_never_ran_is_in_the_sentence() -> None:
    told = Diagnosis((Run("n8", not_run=5),), (incident("environment"),))
    assert sentence(told).endswith("; 5 tests never ran")


def test_a_service_fault_needs_a_person_before_all_else() -> None:
    first = incident("test_defect", tests=9)
    text = write(Diagnosis(incidents=(first, incident("service_fault"))), GITHUB)
    tasks = text.partition("### What needs a person")[2]
    assert tasks.index("service fault") < tasks.index("test defect")
    assert "- … 4 more" in tasks


def test_what_nobody_can_tell_yet_comes_with_the_run_that_would() -> None:
    told = incident("inconclusive", "undetermined", next_run=NextRun("pytest -n 0", "alone"))
    text = write(Diagnosis(incidents=(told,)), GITHUB)
    assert "What would tell: alone\n```sh\npytest -n 0\n```" in text


def test_a_settled_cause_needs_nobody() -> None:
    text = write(Diagnosis(incidents=(incident("resource_exhaustion"),)), GITHUB)
    assert "**Nothing else needs a person:**" in text


@pytest.mark.parametrize("frame", [GITHUB, BITBUCKET], ids=["html", "plain"])
def test_hostile_text_makes_no_mark_up(frame: Frame) -> None:
    plain = rendered(write(everywhere_advised("plain words"), frame))
    nasty = rendered(write(everywhere_advised(ORDERS), frame))
    assert nasty == plain
    assert not nasty & {"link_open", "image", "s_open", "html_inline"}


@pytest.mark.parametrize("frame", [GITHUB, BITBUCKET], ids=["html", "plain"])
@pytest.mark.parametrize("folded", [False, True])
def test_nobody_is_mentioned_and_nothing_is_closed(frame: Frame, folded: bool) -> None:
    told = everywhere_advised(ORDERS)
    text = fold(told, frame, frozenset({"environment"})) if folded else write(told, frame)
    prose = outside_of_code(text)
    assert "everyone" in prose
    assert not re.search(r"[@#!&%$]\w|\w://|www\.|GH-\d", prose)
    assert obeyed(text) == []


def outside_of_code(text: str) -> str:
    """Return what a reader of Markdown takes for prose."""
    lines = []
    for token in read(text):
        parts = (
            each.content if each.type in ("text", "text_special") else "\n"
            for each in token.children or ()
        )
        lines.append("".join(parts))
    return "\n".join(lines)


def everywhere_advised(text: str) -> Diagnosis:
    """Put a text into every field, the advice's too."""
    patch = Patch(text, "text", f"{text}\n")
    advice = tuple(Advice(text, text, text, text, text, (patch,)) for _ in range(3))
    return replace(everywhere(text), advice=advice)


def obeyed(text: str) -> list[str]:
    """Return the lines that GitLab, or a bot that reads along, would take for an order."""
    return re.findall(r"(?mi)^\s*/[a-z][\w-]*(?=\s|$)", text)


def test_an_order_is_broken_in_quotes_too_and_a_path_is_not() -> None:
    patch = Patch("a.sh", "shell", "/usr/bin/env true\n/close\n   /merge now\n")
    told = replace(sample(), advice=(Advice("a-1", "t", "w", patches=(patch,)),))
    text = write(told, GITHUB)
    assert "/usr/bin/env true\n\u200b/close\n   \u200b/merge now\n" in text


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("/@#!<>-`~|[]()\n \\*_a1:.w\u200b\r\t&$%"), max_size=60))
def test_no_text_at_all_gets_out_of_its_place(text: str) -> None:
    told = replace(
        sample(),
        incidents=(
            replace(sample().incidents[0], headline=f"1: {text} ({text})", cause=text or "x"),
        ),
        advice=(Advice("a-1", text, text, text, text, (Patch(text, "text", text),)),),
    )
    shown = write(told, replace(GITHUB, html=False))
    assert obeyed(shown) == []
    kinds = rendered(shown)
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "hr", "blockquote_open"}
    assert not re.search(r"@\w", outside_of_code(shown))


@pytest.mark.parametrize("limit", [1_000_000, 65_536, 32_768, 8_000, 3_000, 700, 400])
@pytest.mark.parametrize("number", [0, 3, 400])
@pytest.mark.parametrize("html", [True, False])
def test_a_budget_holds_and_the_sentence_stays(number: int, limit: int, html: bool) -> None:
    text = write(large(number), Frame(limit, html))
    assert len(text.encode()) <= limit
    assert re.match(r"\*\*[\d,]+ failed; \d+ causes?; ", text)


def test_two_megabytes_in_every_field_fit() -> None:
    assert len(write(everywhere("<b>`x @y " * 200_000), BITBUCKET).encode()) <= BITBUCKET.limit


def test_it_says_what_it_is_about() -> None:
    frame = replace(GITHUB, commit="0123abcd", run="https://git.example.org/o/r/runs/1")
    said = "*for 0123abcd · [the run](https://git.example.org/o/r/runs/1)*"
    assert said in write(sample(), frame)
    assert said in fold(Diagnosis(), frame, frozenset())


@pytest.mark.parametrize(
    ("told", "worth"),
    [
        (Diagnosis((Run("a", unnamed={"passed": 3}),)), False),
        (Diagnosis((Run("a", unnamed={"passed": 3}, not_run=1),)), True),
        (Diagnosis((Run("a", unnamed={"passed": 3, "failed": 1}),)), True),
        (Diagnosis((Run("a", unnamed={"passed": 3}),), gaps=(Gap("a", "truncated", "x"),)), True),
        (Diagnosis((Run("a"),)), True),
        (Diagnosis(incidents=(incident("environment"),)), True),
    ],
)
def test_only_what_is_green_and_whole_needs_no_comment(told: Diagnosis, worth: bool) -> None:
    assert worth_saying(told) is worth


def forged(folder: Path, **changes: Any) -> Path:
    """Write a report that nobody made, but somebody sent."""
    document = json.loads(SAMPLES[0].read_text("utf-8"))
    document["incidents"][0].update(changes)
    path = folder / "forged.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_a_forged_report_says_its_words_and_no_more(tmp_path: Path) -> None:
    orders = ORDERS.replace("\ud800", "")  # with which no report is read at all
    report = forged(tmp_path, headline=f"1: {orders}", cause="<img src=x onerror=y>", remedy=orders)
    text = write(api.saved(report), GITHUB)
    assert obeyed(text) == []
    assert not rendered(text) & {"link_open", "image", "html_inline"}
    tags = {tag for tag in rendered(text) if tag.startswith("<")}
    assert tags <= {"<details>", "</details>", "<summary>", "</summary>"}


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "@team"},
        {"confidence": "**1**"},
        {"tests": "all"},
        {"wording": "<b>"},
        {"headline": {"a": 1}},
    ],
)
def test_a_forged_report_of_other_shapes_is_refused(tmp_path: Path, changes: Any) -> None:
    with pytest.raises(InputError):
        api.saved(forged(tmp_path, **changes))
