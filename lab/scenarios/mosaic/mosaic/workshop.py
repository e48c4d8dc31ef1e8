"""Stones are laid out in a folder before they are set."""

import os
import shutil
import time
from pathlib import Path


class Workshop:
    def __init__(self, name):
        own = os.environ.get("PYTEST_XDIST_WORKER", "") if os.environ.get("MOSAIC_APART") else ""
        self.place = Path(os.environ["TMPDIR"], f"mosaic-{name}{own}")

    def open(self):
        self.place.mkdir()

    def lay(self, stones):
        for number, colour in enumerate(stones):
            (self.place / f"{number:03}.stone").write_text(colour)
            time.sleep(0.03)

    def colours(self):
        return sorted(file.read_text() for file in self.place.iterdir())

    def close(self):
        shutil.rmtree(self.place)


def area(tiles, edge=2):
    return tiles * edge * edge
