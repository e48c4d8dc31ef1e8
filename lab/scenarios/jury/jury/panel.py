"""Jurors are drawn from a list that is not quite clean."""

import random


class NoVerdict(Exception):
    """A juror was drawn twice."""


def panel(people, size=6):
    drawn = [random.choice(people) for _ in range(size)]  # with repetition: a mistake
    if len(set(drawn)) < size:
        raise NoVerdict("a juror sits on two chairs")
    return drawn


def majority(votes):
    return sum(votes) * 2 > len(votes)
