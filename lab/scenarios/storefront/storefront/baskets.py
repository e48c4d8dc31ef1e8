"""Baskets, kept in one SQLite file."""

import os
import sqlite3
import time
from pathlib import Path

FILE = Path(__file__).parent.parent / "storefront.db"
BUSY = float(os.environ.get("STOREFRONT_BUSY_SECONDS", "0.5"))


def connect():
    connection = sqlite3.connect(FILE, timeout=60, isolation_level=None)
    connection.execute(
        "create table if not exists lines (basket text, sku text, quantity int, cents int)"
    )
    connection.close()
    return sqlite3.connect(FILE, timeout=BUSY, isolation_level=None)


def put(basket, sku, quantity, cents):
    connection = connect()
    try:
        connection.execute("begin immediate")
        connection.execute("insert into lines values (?, ?, ?, ?)", (basket, sku, quantity, cents))
        time.sleep(0.25)
        connection.execute("commit")
        (total,) = connection.execute(
            "select sum(quantity * cents) from lines where basket = ?", (basket,)
        ).fetchone()
    finally:
        connection.close()
    return total
