"""Where the planets stand: calculated once, then kept."""

import json
import os
import time
from pathlib import Path

PLACE = Path(os.environ.get("ALMANAC_HOME", "kept"))
PLANETS = ["mercury", "venus", "mars", "jupiter", "saturn"]


class SpoiledAlmanac(Exception):
    """What is kept makes no sense."""


def kept():
    if os.environ.get("ALMANAC_EACH"):
        return PLACE / f"ephemeris{os.environ.get('PYTEST_XDIST_WORKER', '')}.json"
    return PLACE / "ephemeris.json"


def calculated(year):
    return {
        "year": year,
        "degrees": {planet: (year * (3 + n)) % 360 for n, planet in enumerate(PLANETS)},
    }


def keep(year):
    text = json.dumps(calculated(year), indent=1)
    kept().parent.mkdir(exist_ok=True)
    with kept().open("w") as file:
        for line in text.splitlines(keepends=True):
            file.write(line)
            file.flush()
            time.sleep(0.01)


def degrees(year, planet):
    if not kept().exists() or f'"year": {year}' not in kept().read_text():
        keep(year)
    text = kept().read_text()
    try:
        told = json.loads(text)
    except ValueError:
        raise SpoiledAlmanac(f"{kept().name} ends after {len(text)} letters") from None
    return told["degrees"][planet]


def sign(degree):
    return [
        "Aries",
        "Taurus",
        "Gemini",
        "Cancer",
        "Leo",
        "Virgo",
        "Libra",
        "Scorpio",
        "Sagittarius",
        "Capricorn",
        "Aquarius",
        "Pisces",
    ][degree // 30 % 12]
