"""The form of a page, and what is said to the author of one that has it not."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnose.causes import catalogue, index, load
from diagnose.causes._page import parse
from diagnose.errors import InputError
from tests.conftest import Golden

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (Path(__file__).parent / "page.md").read_text("utf-8")


def test_a_page_is_a_title_a_rule_a_remedy_and_examples() -> None:
    page = parse(PAGE, "kettle")
    (pattern,) = page.patterns
    assert (page.cause, page.title, page.verdict) == ("kettle", "The kettle is dry", "environment")
    assert page.prose == "No water, no tea."
    assert page.remedy == "- Fill it."
    assert [(example.reader, example.matches) for example in page.examples] == [
        ("failure", True),
        ("captured", False),
    ]
    assert pattern.cause == "kettle"
    assert pattern.search("E   KettleError: dry after 3 cups")


def test_words_that_a_match_must_hold_are_derived_from_the_expression() -> None:
    (pattern,) = parse(PAGE, "kettle").patterns
    assert pattern.literals
    assert all(word in "kettleerror: dry after 3 cups" for word in pattern.literals)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("# The kettle is dry", "The kettle is dry", "does not begin with"),
        ('verdict = "environment"', 'verdict = "weather"', "'weather' is not a verdict"),
        ('strength = "strong"', 'strength = "mighty"', "strength is one of"),
        ('strength = "strong"', 'strength = "strong"\ncolour = "red"', "unknown keys: colour"),
        ('places = ["raised"]', 'places = ["attic"]', "places are raised"),
        ("(?P<cups>", "(?P<cups", "missing >"),
        ('id = "kettle.dry"', 'id = "Kettle Dry"', "an id is lower case"),
        ("```captured", "```tea", "no reader is called 'tea'"),
        ("## Does not match", "## Something else", "needs an example under"),
        ("## What to do", "## What to drink", "has no `## What to do`"),
        ("```toml", "```text", "exactly one toml fence"),
        ('verdict = "environment"', "verdict = ", "line 3"),
    ],
)
def test_a_page_that_is_not_well_formed_is_refused_with_a_reason(
    old: str, new: str, complaint: str
) -> None:
    assert old in PAGE
    with pytest.raises(InputError, match=complaint):
        parse(PAGE.replace(old, new, 1), "kettle")


def test_two_pages_may_not_use_one_id(tmp_path: Path) -> None:
    for name in ("kettle", "pot"):
        (tmp_path / f"{name}.md").write_text(PAGE, "utf-8")
    with pytest.raises(InputError, match=r"'kettle\.dry' is taken by kettle\.md"):
        load(tmp_path)


def test_a_team_may_have_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(PAGE, "utf-8")
    assert list(load(tmp_path)) == ["kettle"]


def test_a_folder_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        load(tmp_path / "nowhere")


def test_the_index_of_the_docs_is_what_the_pages_say(golden: Golden) -> None:
    golden(DOCS / "causes.md", index(catalogue()))
