"""The recipes of the documents: their files, and the commands in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.ci.actions import load
from tests.ci.machine import ROOT

DOCS = ROOT / "docs" / "ci"
FENCE = re.compile(r"^```(?P<word>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r"(?:#|//) (\S*(?:\.ya?ml|Jenkinsfile)\S*)\n")
STEP = re.compile(r"\bsh '([^']*)'")


@dataclass(frozen=True)
class Block:
    """A fenced block; `path` is where it belongs in a repository, if it says so."""

    page: str
    word: str
    text: str
    path: str = ""

    def __str__(self) -> str:
        return f"{self.page}:{self.path or self.word}"


def blocks() -> Iterator[Block]:
    """Yield every block of every page."""
    for page in sorted(DOCS.glob("*.md")):
        for found in FENCE.finditer(page.read_text("utf-8")):
            title = TITLE.match(found["text"])
            yield Block(page.name, found["word"], found["text"], title[1] if title else "")


def block(path: str) -> Block:
    """Return the block of a file."""
    (found,) = [each for each in blocks() if each.path == path]
    return found


def commands(found: Block) -> Iterator[tuple[str, str]]:
    """Yield every piece of shell with the shell that reads it."""
    if found.word == "sh":
        yield "bash", found.text
    elif found.word == "groovy":
        yield from (("sh", step) for step in STEP.findall(found.text))
    elif found.word == "yaml":
        yield from _within(load(found.text))


def _within(value: Any) -> Iterator[tuple[str, str]]:
    """Yield what stands below the words that all these systems have for a command."""
    if isinstance(value, list):
        for each in value:
            yield from _within(each)
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key in ("run", "bash", "command") and isinstance(inner, str):
            yield "bash", inner
        elif key in ("script", "before_script", "commands") and isinstance(inner, list):
            yield "bash", "\n".join(inner)
        else:
            yield from _within(inner)


def path_of_script() -> Path:
    """Return the script that most recipes call."""
    return DOCS / "tests.sh"
