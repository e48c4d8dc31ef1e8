"""Numbers and moments as the writers of JUnit XML spell them."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from diagnose.readers._lines import seconds

NAN = float("nan")
LONGEST = 1e8  # three years; what is above is an epoch that somebody wrote for a duration
UNITS = {"": 1.0, "s": 1.0, "sec": 1.0, "seconds": 1.0, "ms": 1e-3}
AMOUNT = re.compile(r"([\d.,]{1,30})\s{0,9}([a-z]{0,9})")
DATE_ONLY = re.compile(r"\d{4}-\d\d-\d\d")
ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


def duration(text: str) -> float:
    """Return the seconds, or NaN where nobody can tell."""
    try:
        value = float(text)
    except ValueError:
        value = _odd(text)
    return value if 0.0 <= value < LONGEST else NAN


def _odd(text: str) -> float:
    """Read `2,503.1`, `1,5`, `1.234,5` and `12 ms`."""
    match = AMOUNT.fullmatch(text.strip())
    if not match or match[2] not in UNITS:
        return NAN
    number = match[1]
    if number.count(",") > 1 or 0 <= number.find(",") < number.find("."):
        number = number.replace(",", "")
    elif "," in number:
        number = number.replace(".", "").replace(",", ".")
    try:
        return float(number) * UNITS[match[2]]
    except ValueError:
        return NAN


def moment(text: str) -> tuple[float | None, bool]:
    """Return seconds since the epoch, and whether the zone had to be assumed (UTC)."""
    text = text.strip()
    if not text or len(text) > 64 or DATE_ONLY.fullmatch(text):
        return None, False
    if text.replace(".", "", 1).isdecimal():
        whole, _, rest = text.partition(".")
        epoch = seconds(whole)
        return (epoch + float(f"0.{rest or 0}") if epoch else None), False
    if text[0].isdecimal():
        iso = re.sub(r"\s*(?:UTC|GMT)$", "Z", text)
        iso = re.sub(r"[T\s]+", "T", iso, count=1)
        return seconds(iso), not ZONE.search(iso)
    return _mail_date(text)


def _mail_date(text: str) -> tuple[float | None, bool]:
    try:
        stamp = parsedate_to_datetime(text)
        assumed = stamp.tzinfo is None
        return (stamp.replace(tzinfo=UTC) if assumed else stamp).timestamp(), assumed
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, False
