"""Locks, their gates and who waits for them."""

import logging
import time

import redis

log = logging.getLogger("canals.locks")
NEVER = redis.retry.Retry(redis.backoff.NoBackoff(), 0)


def keeper():
    return redis.Redis(port=6379, retry=NEVER, decode_responses=True)


def enter(lock, boats):
    """Have boats wait at a lock; a second keeper writes the book."""
    gates, book = keeper(), keeper()
    try:
        book.ping()
        gates.rpush(f"boats:{lock}", *boats)
        time.sleep(0.35)
        return gates.lrange(f"boats:{lock}", 0, -1)
    finally:
        gates.close()
        book.close()


def board(lock, boats):
    """Show who waits; a board that can't be filled stays empty."""
    try:
        return enter(lock, boats)
    except redis.ConnectionError as error:
        log.warning("board of %s stays empty: %s", lock, error)
        return []


def gates(lock):
    """Return the gates by side, as far as they are known."""
    found = {}
    for side in ("upper", "lower"):
        waiting = board(f"{lock}-{side}", [side])
        if waiting:
            found[side] = len(waiting)
    return found
