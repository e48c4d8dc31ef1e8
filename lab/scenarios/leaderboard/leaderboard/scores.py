"""The best players of the week."""

import time


def record(redis, player, points):
    redis.zincrby("week", points, player)
    time.sleep(0.12)


def place(redis, player):
    return redis.zrevrank("week", player) + 1


def points(redis, player):
    return int(redis.zscore("week", player))
