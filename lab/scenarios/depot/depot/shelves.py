"""Stores deliveries in files."""

from pathlib import Path

SHELVES = Path(__file__).parent.parent / "shelves"


def store(delivery, text):
    file = SHELVES / f"{delivery}.txt"
    file.write_text(text)
    return file.read_text()


def index(deliveries):
    folder = SHELVES / "index"
    folder.mkdir(exist_ok=True)
    return folder.is_dir() and sorted(deliveries)
