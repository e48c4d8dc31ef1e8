"""Polls, and who has voted."""

_polls = {}


class PollClosed(Exception):
    """Nobody can vote here."""


class Poll:
    def __init__(self, name):
        self.name, self.votes = name, {}

    def vote(self, voter, choice):
        if voter in self.votes:
            raise ValueError(f"{voter} has voted")
        self.votes[voter] = choice
        return len(self.votes)

    def winner(self):
        counts = {}
        for choice in self.votes.values():
            counts[choice] = counts.get(choice, 0) + 1
        return max(counts, key=counts.__getitem__) if counts else None


def open_poll(name):
    return _polls.setdefault(name, Poll(name))


def poll(name):
    if name not in _polls:
        raise PollClosed(f"there is no open poll {name!r}")
    return _polls[name]


def find(name):
    return _polls.get(name)
