"""From grain to flour."""

import os
import time

from windmill.lock import mill

SECONDS = float(os.environ.get("WINDMILL_GRIND_SECONDS", "0.45"))


def grind(kilograms):
    with mill():
        time.sleep(SECONDS)
        return round(kilograms * 0.78, 2)


def sacks(kilograms, size=25):
    return -(-kilograms // size)
