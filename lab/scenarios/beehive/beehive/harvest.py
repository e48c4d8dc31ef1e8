"""How much honey there is."""

from itertools import pairwise


def harvest(frames, grams_each=1800):
    return sum(grams_each for _ in range(frames + 1))


def swarming(weights):
    drops = [later - earlier for earlier, later in pairwise(weights)]
    return any(drop < -1500 for drop in drops)
