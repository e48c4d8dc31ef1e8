"""Counts the words of failures whose cause is known: `python -m lab.vocabulary`.

It writes `diagnose/judge/vocabulary.txt`, from the train half of the texts alone: the test half
measures what the words are worth in failures that nobody counted.
"""

from __future__ import annotations

from argparse import ArgumentParser

from diagnose.judge.vocabulary import FILE, Vocabulary, learn
from lab.corpus import texts


def learned() -> Vocabulary:
    """Count the words of the train half; texts that cannot be told teach nothing."""
    known = (text for text in texts("train") if text.identifiable)
    return learn((text.text, text.cause) for text in known if text.verdict != "inconclusive")


if __name__ == "__main__":
    ArgumentParser(prog="python -m lab.vocabulary", description=__doc__).parse_args()
    FILE.write_text(learned().text(), "utf-8", newline="\n")
