"""The book of prescriptions."""

import os
import sqlite3

BOOK = os.environ.get("PHARMACY_BOOK", "/srv/tmp/prescriptions.db")


def opened():
    book = sqlite3.connect(BOOK, timeout=60, isolation_level=None)
    book.execute("pragma journal_mode = wal")
    book.execute("create table if not exists prescriptions (number text primary key, drugs text)")
    return book


def enter(book, number, drugs):
    book.execute("insert into prescriptions values (?, ?)", (number, ",".join(drugs)))


def drugs(book, number):
    row = book.execute("select drugs from prescriptions where number = ?", (number,)).fetchone()
    return row[0].split(",")


def strike(book, number):
    book.execute("delete from prescriptions where number = ?", (number,))
