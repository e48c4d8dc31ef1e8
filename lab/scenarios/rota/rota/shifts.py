"""When shifts begin."""

from datetime import datetime

FIRST = 1_767_225_600


def start(number):
    return datetime.fromtimestamp(FIRST + number * 8 * 3600).astimezone().isoformat()


def hours(shifts):
    return shifts * 8
