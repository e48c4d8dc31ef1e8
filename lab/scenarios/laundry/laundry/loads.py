"""Loads of washing, in one book."""

import os
import sqlite3
import time

PLACE = os.environ.get("LAUNDRY_BOOK", "/srv/tmp/loads.db")
book = sqlite3.connect(PLACE, timeout=60, isolation_level=None)
book.execute("pragma journal_mode = wal")
book.execute("create table if not exists loads (owner text, kilograms real)")


class NoSuchLoad(LookupError):
    """Nobody brought it."""


def bring(owner, kilograms):
    book.execute("insert into loads values (?, ?)", (owner, kilograms))
    time.sleep(0.06)


def count():
    return book.execute("select count(*) from loads").fetchone()[0]


def kilograms(owner):
    row = book.execute("select kilograms from loads where owner = ?", (owner,)).fetchone()
    return row and row[0]


def owners():
    return [row[0] for row in book.execute("select owner from loads order by owner")]


def collect(owner):
    if kilograms(owner) is None:
        raise NoSuchLoad(f"nothing of {owner} is here")
    book.execute("delete from loads where owner = ?", (owner,))


def close_up():
    book.execute("delete from loads")
