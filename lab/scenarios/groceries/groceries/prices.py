"""Prices by weight and by piece."""


def by_weight(cents_a_kilo, grams):
    return (cents_a_kilo * grams + 500) // 1000


def change(paid, due):
    left, coins = paid - due, []
    for coin in (200, 100, 50, 20, 10, 5, 2, 1):
        coins += [coin] * (left // coin)
        left %= coin
    return coins
