"""What `explain` says of a cause: for people, in 80 columns, without the rule."""

import pytest

from diagnose.causes import catalogue, manual
from diagnose.causes._page import parse

PAGES = catalogue()


@pytest.mark.parametrize("cause", PAGES)
def test_a_page_is_told_in_80_columns_without_its_rule(cause: str) -> None:
    said = manual(PAGES[cause])
    assert max(map(len, said.splitlines())) <= 80
    assert said.startswith(f"# {PAGES[cause].title}\n\n{cause} · ")
    assert "\n## What to do\n\n- " in said
    assert not any(word in said for word in ("regex =", "[[pattern]]", "## Matches", "```"))


@pytest.mark.parametrize("cause", PAGES)
def test_no_word_of_what_a_page_says_is_lost(cause: str) -> None:
    page = PAGES[cause]
    assert set(f"{page.prose} {page.remedy}".split()) <= set(manual(page).split())


PAGE = """# Cold

```toml
verdict = "environment"
```

It is.

## What to do

1. Put the kettle on, which takes a while, and wait until it whistles so long that all hear it.

"""
CODE = """```sh
kettle --on  # a comment that is on one line, however many letters that line may come to have
```"""


def test_code_of_a_teams_page_stays_as_it_stands_and_items_hang() -> None:
    said = manual(parse(f"{PAGE}{CODE}\n", "cold_tea"))
    assert CODE in said
    assert "whistles so long\n   that all hear it.\n" in said
