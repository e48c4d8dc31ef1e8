"""Prizes."""


def prizes(pot):
    return {"first": pot // 2, "second": pot // 4, "third": pot // 8}


def winners(tickets, every=3):
    return tickets[::every]
