"""Coins by value."""


def change(pence, coins=(50, 20, 10, 5, 2, 1)):
    given = []
    for coin in coins:
        count, pence = divmod(pence, coin)
        given += [coin] * count
    return given
