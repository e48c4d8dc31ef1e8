"""The registry of fruit trees, of which one needs a pass."""

import os


class NotAdmitted(Exception):
    """Who has no pass stays outside."""


class Registry:
    def __init__(self, key):
        self.key = key

    @classmethod
    def from_environment(cls):
        key = os.environ.get("ORCHARD_PASS", "")
        if not key:
            raise NotAdmitted("the registry stays closed: ORCHARD_PASS is empty")
        return cls(key)

    def number(self, tree):
        return sum(map(ord, tree)) % 1000


def grafts(year):
    return year // 3
