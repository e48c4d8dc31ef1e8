"""What a ride costs."""

from taxis.roads import NoAnswer, kilometres


def fare(distance, night=False):
    return round(3.9 + distance * (2.6 if night else 2.2), 2)


def offer(start, end):
    """Return a price, or nothing where there is none to be had."""
    try:
        return fare(kilometres(start, end))
    except NoAnswer:
        return None
