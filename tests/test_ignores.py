"""What is switched off, and what must not be said."""

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_architecture import ALL, ROOT, every_file, name_of

SWITCH = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:|pylint:|mypy:|ruff:)")
GIVEN = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\])"
    r"\s*(?:-|#)\s*\S+ \S+"
)
MADE = {"build", "dist", "__pycache__"}


def comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def unexplained(text: str) -> list[int]:
    """List the lines whose comment switches a check off without saying which and why."""
    return [n for n, said in comments(text) if SWITCH.search(said) and not GIVEN.search(said)]


@every_file
def test_a_check_that_is_switched_off_has_its_reason_on_the_line(path: Path) -> None:
    assert unexplained(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("x = 1  # noqa: E501", [1]),
        ("x = 1  # noqa", [1]),
        ("x = 1  # type: ignore", [1]),
        ("x = 1  # type: ignore[arg-type]", [1]),
        ("x = 1  # pragma: no cover", [1]),
        ("x = 1  # noqa: E501 - a URL can't be broken", []),
        ("x = 1  # type: ignore[arg-type]  # typer checks the words", []),
        ("x = '# noqa'", []),
        ("x = 1  # a plain comment", []),
    ],
)
def test_only_a_switch_without_a_reason_is_found(line: str, lines: list[int]) -> None:
    assert unexplained(f"{line}\n") == lines


def ours() -> Iterator[Path]:
    """Yield every file of the repository that a person wrote."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = parts[0].startswith(".") and parts[0] not in (".ci", ".github")
        if path.is_file() and not hidden and not MADE & set(parts):
            yield path


def test_no_file_knows_where_this_checkout_stands() -> None:
    here = [re.escape(str(place).encode()) for place in (ROOT, Path(sys.prefix))]
    known = re.compile(rb"(?<![\w./-])(?:" + b"|".join(here) + rb")(?![\w-])")
    assert [name_of(path) for path in ours() if known.search(path.read_bytes())] == []
    assert set(ALL) <= set(ours())
