"""Seats by votes."""


def seats(votes, total):
    """Share seats out by the greatest divisors."""
    given = dict.fromkeys(votes, 0)
    for _ in range(total):
        most = max(votes, key=lambda party: votes[party] / (given[party] + 1))
        given[most] += 1
    return given
