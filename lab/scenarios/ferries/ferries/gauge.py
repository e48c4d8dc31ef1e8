"""The tide gauge at the pier."""

import os
import random

ONE_IN = int(os.environ.get("FERRIES_STALE_ONE_IN", "5"))


class StaleReading(RuntimeError):
    """The gauge has not measured for a while."""


def metres(pier):
    age = random.SystemRandom().randrange(ONE_IN) * 30
    if age == 0:
        raise StaleReading(f"last reading of {pier} is older than its buffer")
    return 1.5 + len(pier) / 10
