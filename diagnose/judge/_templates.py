"""One statement of the program says one thing of many names: what it fills in shows by its values.

`last reading of east is older than its buffer` is what somebody wrote once, and `east` is one of
several piers. Two values may be two statements; three at one place of one file are a blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

VALUES = 3
SHORTEST, LONGEST = 5, 30  # words of a message; of a shorter one too little would be left
MOST = 4096  # messages that are held against one another
BLANK = "<word>"


class Said(NamedTuple):
    """What was said, with its particulars masked, and in which file it was raised."""

    exception: str
    message: str
    place: str


def blanks(said: Iterable[Said]) -> Mapping[Said, str]:
    """Give messages that differ in one word, and have many of it, the sentence that they share."""
    values: dict[Said, set[str]] = defaultdict(set)
    known = list(dict.fromkeys(each for each in said if each.place))[:MOST]
    for each in known:
        for word, sentence in _sentences(each):
            values[sentence].add(word)
    found = {}
    for each in known:
        fitting = [s for _, s in _sentences(each) if len(values[s]) >= VALUES]
        if fitting:
            found[each] = max(fitting, key=lambda sentence: len(values[sentence])).message
    return found


def _sentences(said: Said) -> Iterator[tuple[str, Said]]:
    """Yield each word with the sentence that is left without it."""
    words = said.message.split()
    if SHORTEST <= len(words) <= LONGEST:
        for place, word in enumerate(words):
            if word.isalpha():
                left = " ".join((*words[:place], BLANK, *words[place + 1 :]))
                yield word, said._replace(message=left)
