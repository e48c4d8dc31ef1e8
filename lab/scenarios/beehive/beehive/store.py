"""Hives and what the scales under them say, in SQLite."""

import sqlite3

MIGRATIONS = [
    "create table hives (name text primary key, frames integer not null)",
    "create table readings (hive text references hives, grams integer not null)",
    "create index readings_by_hive on readings (hive)",
]


def connect(path):
    return sqlite3.connect(path, timeout=20, isolation_level=None)


def migrate(connection):
    for statement in MIGRATIONS:
        connection.execute(statement)


def register(connection, name, frames):
    connection.execute("insert into hives values (?, ?)", [name, frames])


def record(connection, hive, grams):
    connection.execute("insert into readings values (?, ?)", [hive, grams])


def weights(connection, hive):
    rows = connection.execute("select grams from readings where hive = ? order by rowid", [hive])
    return [grams for (grams,) in rows]
