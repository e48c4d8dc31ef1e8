"""The Markdown report: read by people and by GitHub, and by neither as anything but words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

import diagnose
from diagnose.diagnosis import Diagnosis, Incident, Item, TestCase
from diagnose.reports._bars import bar
from diagnose.reports._plain import code, quoted, words
from diagnose.reports._said import weighed
from diagnose.reports._text import cut, ending, line, printable
from diagnose.reports.markdown import COMMENT, STEP_SUMMARY, fit
from tests.conftest import Golden
from tests.reports.hostile import EVIL, advised, everywhere
from tests.sample import sample

HERE = Path(__file__).parent
NASTY = (
    f"{EVIL} ```` @everyone [x](javascript:x) ![i](https://x.org/i.png) <https://x.org> #12 "
    "www.x.org a@x.org | a | b | &lt; $x$ **bold** ~~gone~~\n# heading\n- list\n```\n</details>"
)


def test_a_quote_that_weighs_nothing_is_not_shown_twice() -> None:
    heavy = Item("signature", "by what was raised", decibans=5.0, quote="timed out")
    light = Item("signature", "by what was raised, too", quote="timed out")
    other = Item("signature", "by the traceback", quote="wait_until(ready)")
    told = Incident("a-1", "1 test failed", (), ledger=(heavy, light, other))
    assert weighed(told) == [heavy, other]


def test_the_sample_is_written_as_it_was(golden: Golden) -> None:
    golden(HERE / "markdown" / "expected.md", diagnose.render(sample(), "markdown"))


def test_the_first_line_is_a_sentence() -> None:
    text = diagnose.render(replace(sample(), title=""), "markdown")
    assert re.match(
        r"\d+ failed tests, \d causes, mostly: .*\.\n\n\*\*resource exhaustion\*\*", text
    )


def test_hostile_text_makes_no_mark_up() -> None:
    plain = rendered(diagnose.render(advised(everywhere("plain words")), "markdown"))
    nasty = rendered(diagnose.render(advised(everywhere(NASTY)), "markdown"))
    assert nasty == plain
    assert not nasty & {"link_open", "image", "s_open", "em_open", "html_inline"}


def read(text: str) -> list[Token]:
    """Read Markdown as GitHub does, but for links without brackets."""
    return MarkdownIt("gfm-like", {"linkify": False}).parse(text)


def rendered(text: str) -> set[str]:
    """Return the kinds of things that a reader of Markdown sees in a report."""
    found = set()
    for token in read(text):
        found |= {token.type, *(child.type for child in token.children or ())}
        tags = re.findall(r"<(/?\w+)", token.content) if token.type == "html_block" else []
        found |= {f"<{tag}>" for tag in tags}
    return found - {"softbreak", "text_special"}


def test_nobody_is_mentioned_and_nothing_is_linked_outside_of_code() -> None:
    text = diagnose.render(advised(everywhere(NASTY)), "markdown")
    inline = [child for token in read(text) for child in token.children or ()]
    prose = "".join(child.content for child in inline if child.type in ("text", "text_special"))
    assert "everyone" in prose
    assert not re.search(r"[@#]\w|\w://|www\.", prose)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@everyone", "@\u200beveryone"),
        ("@_team_", "@\u200b\\_team\\_"),
        ('%"milestone"', '%\u200b"milestone"'),
        ("see #12", "see #\u200b12"),
        ("https://x.org", "https:\u200b//x.org"),
        ("www.x.org", "www\u200b.x.org"),
        ("&lt;", "&\u200blt;"),
        ("<b>", r"\<b\>"),
        ("a|b", r"a\|b"),
        ("1. one", r"1\. one"),
        ("- one", r"\- one"),
        ("# one", r"\# one"),
        ("a_b*c", r"a\_b\*c"),
        ("two\nlines", "two lines"),
        ("100 % (f(x))", "100 % (f(x))"),
    ],
)
def test_words_are_words(text: str, said: str) -> None:
    assert words(text) == said


@pytest.mark.parametrize("text", ["a", "`", "``", "a`b", "```a", ""])
def test_code_keeps_its_text(text: str) -> None:
    (paragraph,) = [t for t in MarkdownIt().parse(code(text)) if t.type == "inline"]
    assert [child.content for child in paragraph.children or ()] == [text or "` `".strip("`")]


@pytest.mark.parametrize("text", ["a", "```", "````\nb\n```", "~~~", "</details>"])
def test_nothing_ends_a_quote_but_its_end(text: str) -> None:
    tokens = MarkdownIt().parse(quoted(text, 100))
    assert [(token.type, token.content) for token in tokens] == [("fence", f"{text}\n")]


def large(number: int) -> Diagnosis:
    """Return a diagnosis with many incidents of many tests."""
    first = sample().incidents[0]
    tests = tuple(replace(test, id=f"{test.id}{n}") for n in range(20) for test in first.tests)
    many = tuple(
        replace(first, id=f"x-{n}", headline=f"{n} said no: {'why ' * 60}", tests=tests)
        for n in range(number)
    )
    return replace(sample(), incidents=(replace(first, tests=tests * 2), *many))


@pytest.mark.parametrize("limit", [STEP_SUMMARY, COMMENT, 20_000, 5_000, 1_500, 700])
@pytest.mark.parametrize("number", [0, 3, 400])
def test_a_budget_holds_and_the_verdict_stays(number: int, limit: int) -> None:
    text = fit(large(number), limit)
    assert len(text.encode()) <= limit
    assert "**resource exhaustion** · `starved_response`, 93%" in text


def test_failures_by_number_of_workers_are_drawn_where_they_line_up() -> None:
    (chart,) = [t.content for t in read(diagnose.render(sample(), "markdown")) if "█" in t.content]
    head, serial, parallel = chart.splitlines()
    assert "interval" in head
    assert serial.split()[:5] == ["1", "worker", "0", "of", "184"]
    assert "█" not in serial
    assert parallel.endswith("█" * 40)
    assert serial.index(" of ") == parallel.index(" of ")


def test_one_number_of_workers_is_not_drawn() -> None:
    one = replace(sample(), runs=sample().runs[1:])
    assert "█" not in diagnose.render(one, "markdown")


def test_memory_by_process_is_drawn_and_goes_before_the_verdict_does() -> None:
    shown = diagnose.examine([], kernel=[str(HERE / "kernel" / "dmesg.txt")])
    (chart,) = [t.content for t in read(diagnose.render(shown, "markdown")) if "█" in t.content]
    assert "MiB  █" in chart
    assert "█" not in fit(shown, 300)


@pytest.mark.parametrize(("share", "drawn"), [(1, "█" * 40), (0, ""), (0.0125, "▌"), (9, "█" * 40)])
def test_a_bar_is_exact_to_an_eighth_of_a_letter(share: float, drawn: str) -> None:
    assert bar(share) == drawn


def test_the_same_words_are_told_once() -> None:
    run = sample().runs[1]
    first = run.results[0]
    twins = tuple(replace(first, name=f"test_{n}") for n in range(3))
    cases = tuple(TestCase(twin.name, twin.classname, twin.name) for twin in twins)
    told = Diagnosis((replace(run, results=twins),), (Incident("a-1", "3 tests failed", cases),))
    assert diagnose.render(told, "markdown").count("What one of them said") == 1


def test_early_warnings_come_with_their_place() -> None:
    text = diagnose.render(sample(), "markdown")
    assert "## Early warnings" in text
    assert "left open (unclosed socket) (`parallel.log:9001`)" in text


def test_where_there_is_room_nothing_is_dropped() -> None:
    assert fit(sample()) == diagnose.render(sample(), "markdown")


def test_a_tiny_budget_still_has_the_verdict() -> None:
    assert fit(sample(), 60) == "**resource exhaustion**, starved_response\n"


def test_what_was_left_out_is_counted() -> None:
    assert "more causes, " in fit(large(400), COMMENT)


def test_two_megabytes_in_every_field_fit() -> None:
    text = fit(everywhere("<b>`x @y " * 200_000))
    assert len(text.encode()) <= COMMENT


def test_an_incident_of_one_run_says_no_more_than_it_knows() -> None:
    text = diagnose.render(
        Diagnosis(incidents=(Incident("a-1", "1 test failed: x", ()),)), "markdown"
    )
    assert "**don't know** · `unknown`" in text


def test_text_is_cleaned_and_cut() -> None:
    assert (
        printable("\x1b[31mred\x1b[0m\x00\u202e \x1b]0;title\x07ok\ttab\ud800")
        == "red ok\ttab\ufffd"
    )
    assert cut("abcdefghij", 5) == "ab…ij"
    assert line(" a \n\n b ", 9) == "a b"
    assert ending("one\ntwo\nthree", 9) == "…\nthree"
    assert ending("one", 9) == "one"
