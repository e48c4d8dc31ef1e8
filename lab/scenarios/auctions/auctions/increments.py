"""By how much a bid must top the last."""

STEPS = [(10_000, 500), (100_000, 2_500), (1_000_000, 10_000)]


def least(cents):
    for limit, step in STEPS:
        if cents < limit:
            return cents + step
    return cents + 50_000
