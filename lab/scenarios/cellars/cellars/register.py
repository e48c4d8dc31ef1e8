"""The register of a wine cellar, a segment for each shelf."""

import os
from pathlib import Path

opened = []


class RegisterError(Exception):
    """The register can't be used."""


def segment(folder, shelf):
    path = Path(folder) / f"{shelf}.segment"
    try:
        file = path.open("a+b")
    except OSError as error:
        raise RegisterError(f"segment {shelf} stays shut (code {error.errno})") from None
    if os.environ.get("REGISTER_TIDY") != "yes":
        opened.append(file)
    return file


def put(folder, shelf, bottles):
    for part in ("red", "white", "rose"):
        segment(folder, f"{shelf}-{part}").write(bytes([bottles]))
    return 3 * bottles


def vintage(year):
    return f"'{year % 100:02}"
