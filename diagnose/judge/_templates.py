"""One statement of the program says one thing of many names: what it fills in shows by its values.

`last reading of east is older than its buffer` is what somebody wrote once, and `east` is one of
several piers. Two values may be two statements; three at one place of one file are a blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

VALUES = 3
SHORTEST, LONGEST = 4, 30  # words of a message; of a shorter one too little would be left
MOST = 4096  # messages that are held against one another
BLANK = "<word>"


class Said(NamedTuple):
    """What was said, with its particulars masked, and in which file it was raised."""

    exception: str
    message: str
    place: str


def blanks(said: Iterable[Said]) -> Mapping[Said, str]:
    """Give messages that differ in one word, and have many of it, the sentence that they share."""
    known = _neighbours(dict.fromkeys(each for each in said if each.place))
    # A sentence with a word in its blank is one message: as many messages, as many values.
    values = Counter(sentence for each in known for sentence in _sentences(each))
    found = {}
    for each in known:
        fitting = [sentence for sentence in _sentences(each) if values[sentence] >= VALUES]
        if fitting:
            found[each] = max(fitting, key=values.__getitem__).message
    return found


def _neighbours(said: Iterable[Said]) -> list[Said]:
    """Leave out what was said where too little else is for a blank."""
    known = list(said)
    at = Counter((each.exception, each.place) for each in known)
    return [each for each in known if at[each.exception, each.place] >= VALUES][:MOST]


def _sentences(said: Said) -> Iterator[Said]:
    """Yield the sentence that is left without each of its words."""
    words = said.message.split()
    if SHORTEST <= len(words) <= LONGEST:
        for place, word in enumerate(words):
            if word.replace("<number>", "").isalpha():
                left = " ".join((*words[:place], BLANK, *words[place + 1 :]))
                yield Said(said.exception, left, said.place)
