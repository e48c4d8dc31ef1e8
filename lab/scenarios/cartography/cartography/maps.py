"""Draws maps into drafts, keeps an index of them, and copies them."""

import sqlite3
import subprocess
from pathlib import Path

VAR = Path(__file__).parent.parent / "var"


def draw(name, scale=25_000):
    """Draw a map; its draft is kept for the next edition."""
    draft = VAR / f"{name}-{scale}.draft"
    draft.write_bytes(bytes([scale % 251]) * 180_000)
    return draft


def preview(name):
    """Return the first bytes of a map, or nothing where it can't be drawn."""
    try:
        return draw(name, 100_000).read_bytes()[:4]
    except OSError:
        return b""


def index(name, region):
    with sqlite3.connect(VAR / f"{region}.index", timeout=60) as db:
        db.execute("create table if not exists maps (name text, note text)")
        db.execute("insert into maps values (?, ?)", (name, region * 9000))
        return db.execute("select count(*) from maps where name = ?", (name,)).fetchone()[0]


def copy(draft):
    target = draft.with_suffix(".copy")
    subprocess.run(["cp", str(draft), str(target)], check=True, capture_output=True)
    return target


def metres(centimetres, scale):
    return centimetres * scale / 100
