"""What the catalogue of causes and the words of a failed test say to each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

from diagnose.model import Phase, Source

Place = Literal[
    "raised",  # the line of the innermost exception, or what a harness says instead of one
    "chain",  # other exceptions that led to it
    "assertion",  # the text of a failing assertion
    "traceback",  # source lines and frames
    "captured",  # what the test wrote: stdout, stderr, log
    "warning",
    "console",  # a line of text that is none of these
    "service",
    "kernel",
    "container",
]
PLACES: tuple[Place, ...] = get_args(Place)
Strength = Literal["decisive", "strong", "fair", "weak"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line-local expression of a cause, and where it may be believed."""

    id: str
    cause: str
    verdict: str
    regex: str
    strength: Strength
    literals: tuple[str, ...]
    places: frozenset[str]
    unless: str = ""
    unless_text: str = ""
    when: str = ""
    around: tuple[str, ...] = ()  # words of which one is wherever `when` matches

    def search(self, line: str) -> re.Match[str] | None:
        """Match the line, unless the pattern's own veto does too."""
        match = compiled(self.regex).search(line)
        if match and self.unless and compiled(self.unless).search(line):
            return None
        return match

    def fits(self, text: str) -> bool:
        """Say whether the text around allows the pattern at all."""
        if self.around:
            lower = text.lower()
            if not any(word in lower for word in self.around):
                return False
        if self.when and not compiled(self.when).search(text):
            return False
        return not (self.unless_text and compiled(self.unless_text).search(text))


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a page that must, or must not, lead to its cause."""

    reader: str
    text: str
    matches: bool
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """A cause: its usual verdict, its patterns, what to say and what to do about it."""

    cause: str
    title: str
    verdict: str
    patterns: tuple[Pattern, ...]
    prose: str
    remedy: str
    examples: tuple[Example, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Control:
    """The same pattern in what passing tests wrote: in how many, and how much it is then worth."""

    hits: int
    tests: int
    quote: str
    source: Source
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that was found: where, in which words, and with which details."""

    pattern: Pattern
    place: Place
    quote: str
    source: Source
    groups: Mapping[str, str] = field(default_factory=dict)
    explains: bool = False
    control: Control | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a failed test's texts say by their form, before any pattern is asked.

    `raised_by` is test, fixture, library or product: whose code the innermost frame is;
    `ours` is the same of the innermost frame that is no library's. `own_module`: a module that
    could not be imported belongs to the project, for a frame lies in it.
    `lacking`: whose the module is that a name was not found in. `called_back`: the product called
    what the test had given it, and that failed. `of_reply`: a reply was taken apart, or an exit
    code looked at: what was wrong with it is told elsewhere. `nothing`: what came was not wrong;
    it was missing (None, a row that is not there), or empty (a list, a count). `line` may put two
    lines together; `quote` is what stands in the file.
    """

    exception: str = ""
    chain: tuple[str, ...] = ()
    assertion: bool = False
    expected_status: int = 0
    actual_status: int = 0
    raised_by: str = ""
    ours: str = ""
    own_module: bool = False
    lacking: Literal["", "own", "foreign"] = ""
    called_back: bool = False
    of_reply: bool = False
    nothing: Literal["", "missing", "empty"] = ""
    phase: Phase = ""
    line: str = ""
    quote: str = ""
    source: Source | None = None


@cache
def compiled(regex: str) -> re.Pattern[str]:
    """Compile an expression once, and only if it is asked for."""
    return re.compile(regex)
