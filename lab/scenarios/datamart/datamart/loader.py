"""Loads the day's figures."""

import os

import psycopg

PASSWORD = os.environ.get("DATAMART_PASSWORD", "loader-example")


def connect():
    return psycopg.connect(
        host="127.0.0.1", port=5432, user="app", dbname="postgres", password=PASSWORD
    )


def load(figures):
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("create temporary table day (figure int)")
        cursor.executemany("insert into day values (%s)", [[figure] for figure in figures])
        return cursor.execute("select sum(figure) from day").fetchone()[0]


def cleaned(texts):
    return [int(text) for text in texts if text.strip()]
