"""Originals lie on the scratch disk while they are made small."""

import time
import uuid
from pathlib import Path

SCRATCH = Path(__file__).parent.parent / "scratch"


def shrink(width, height):
    original = SCRATCH / f"{uuid.uuid4().hex}.raw"
    try:
        with original.open("wb") as file:
            file.write(bytes(1_200_000))
        time.sleep(0.4)
        return width // 8, height // 8, original.stat().st_size
    finally:
        original.unlink(missing_ok=True)
