"""What a failure's words are worth where no pattern decides: in which failures they were seen.

A pattern knows a phrase. Where none fits, the words still lean one way: how often each stands in
failures whose cause is known was counted beforehand (`vocabulary.txt`, by `python -m
lab.vocabulary`). A word that is as usual in failures of one cause as in all of them says nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import fsum, log, log1p, sqrt
from pathlib import Path
from typing import NamedTuple

from diagnose.family import Evidence, Family, lines_of
from diagnose.judge.beliefs import VOCABULARY
from diagnose.judge.posterior import DECIBANS
from diagnose.judge.tables import tables
from diagnose.model import TestResult

FILE = Path(__file__).with_name("vocabulary.txt")
HEAD, TAIL = 300, 700  # characters of a long text: how it begins, and what was raised
WORD = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])|\b\d{3}\b")
FRAMEWORK = re.compile(  # a frame of what runs and compares: it stands in failures of any cause
    r"^\s*at .{0,80}?(?:\b(?:java|jdk|sun|org\.junit|junit|org\.opentest4j|org\.testng"
    r"|org\.hamcrest|org\.assertj|org\.gradle|org\.apache\.maven|NUnit|Xunit|MSTest)\.[\w.$]"
    r"|node_modules/(?:@?jest|@vitest|vitest|expect|mocha|chai|jasmine)|\bnode:internal).*$",
    re.MULTILINE,
)
SEEN = 2  # texts that a word must stand in, for a name that one project gave tells of no other
USUAL = 0.1  # share of all texts: what stands in more is form, and rules weigh that
NAMED = 3  # words that a ledger names
LITTLE = 4  # letters, of words that are too small to name
AS_A_WHOLE = "how the failure is worded, as a whole"


class Heard(NamedTuple):
    """What the words of a failure say: decibans by cause, and the text in which they stand."""

    decibans: Mapping[str, float]
    text: str
    result: TestResult


@dataclass(frozen=True)
class Vocabulary:
    """In how many failures of each cause each word was seen."""

    seen: Mapping[str, Mapping[str, int]]

    @cached_property
    def _unseen(self) -> Mapping[str, float]:
        """Say what each cause loses by every word that its failures do not have, in nats."""
        totals: Counter[str] = Counter()
        for counts in self.seen.values():
            totals.update(counts)
        credit = tables().lean.credit
        return {
            cause: log(credit / (total + credit * len(self.seen)))
            for cause, total in totals.items()
        }

    @cached_property
    def _worth(self) -> Mapping[str, Sequence[tuple[str, float]]]:
        """Say what each word adds to the causes in whose failures it was seen, in nats.

        A word that was seen once adds little: it is no rarer in the failures of other causes than
        most words are.
        """
        credit = tables().lean.credit
        return {
            word: [(cause, log1p(times / credit)) for cause, times in counts.items()]
            for word, counts in self.seen.items()
        }

    def hear(self, text: str) -> dict[str, float]:
        """Weigh the words of a text; nothing is said where none of them is known.

        Words come in company, so that each added one says less; what they say is tempered.
        """
        known = [word for word in words(text) if word in self.seen]
        if not known:
            return {}
        lean = tables().lean
        scores = {cause: len(known) * lost for cause, lost in self._unseen.items()}
        for word in known:
            for cause, worth in self._worth[word]:
                scores[cause] += worth
        mean = fsum(scores.values()) / len(scores)
        share = DECIBANS * lean.share / sqrt(1 + len(known))
        return {
            cause: max(-lean.most, min(lean.most, share * (score - mean)))
            for cause, score in scores.items()
        }

    def telling(self, text: str, cause: str) -> list[str]:
        """Return the words of a text that speak for a cause, the most telling first."""
        worth = {word: dict(self._worth[word]) for word in words(text) if word in self.seen}
        told = [word for word, added in worth.items() if cause in added]
        return sorted(told, key=lambda word: (-worth[word][cause], word))

    def text(self) -> str:
        """Write it down, a word a line."""
        rows = (
            f"{word} {' '.join(f'{cause} {times}' for cause, times in sorted(counts.items()))}\n"
            for word, counts in sorted(self.seen.items())
        )
        return "".join(rows)


def words(text: str) -> set[str]:
    """Take a text's words, and those that names are made of."""
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n{text[-TAIL:]}"
    return {word.lower() for word in WORD.findall(FRAMEWORK.sub("", text))}


def learn(texts: Iterable[tuple[str, str]]) -> Vocabulary:
    """Count the words of texts whose cause is known."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    taught = 0
    for text, cause in texts:
        taught += 1
        for word in words(text):
            seen[word][cause] += 1
    form = tables().lean.form | {
        word for word, counts in seen.items() if counts.total() > max(SEEN, USUAL * taught)
    }
    return Vocabulary(
        {w: counts for w, counts in seen.items() if counts.total() >= SEEN and w not in form}
    )


@cache
def vocabulary() -> Vocabulary:
    """Read the file once, when it is first needed."""
    seen = {}
    for line in FILE.read_text("utf-8").splitlines():
        word, *counts = line.split(" ")
        seen[word] = dict(zip(counts[::2], map(int, counts[1::2]), strict=True))
    return Vocabulary(seen)


def hear(family: Family) -> Heard | None:
    """Say which way the words of a family's first failure lean.

    They are not asked beside a phrase that has one meaning alone.
    """
    if any(hit.pattern.strength == "decisive" for hit in family.read[0].hits):
        return None
    result = family.read[0].result
    text = next((failure.text or failure.message for failure in result.reasons[-1:]), "")
    said = vocabulary().hear(text)
    return Heard(said, text, result) if said and max(said.values()) > 0 else None


def quoted(heard: Heard, causes: Collection[str]) -> Evidence:
    """Name the words that speak for any of these causes, and quote where they stand."""
    best = max(
        sorted(heard.decibans.keys() & set(causes)), key=heard.decibans.__getitem__, default=""
    )
    told = [word for word in vocabulary().telling(heard.text, best) if _says_much(word)][:NAMED]
    if not told:
        return Evidence(VOCABULARY, AS_A_WHOLE)
    quote, source = next(
        (at for at in lines_of(heard.result) if not words(at[0]).isdisjoint(told)), (None, None)
    )
    fact = f"worded as failures of {best} often are: {', '.join(told)}"
    return Evidence(VOCABULARY, fact, quote=quote, source=source)


def _says_much(word: str) -> bool:
    """Say whether a word means anything to who reads it; "one" and "use" count, and say nothing."""
    return len(word) > LITTLE or word.isdigit()
