"""The hidden line by which a comment of ours is found again, whoever else writes in between."""

import re

from diagnose.errors import InputError

KEY = re.compile(r"[A-Za-z0-9](?:[._-]?[A-Za-z0-9]){0,49}")


def marker(key: str, *, html: bool) -> str:
    """Return the first line of a comment; where tags are shown as text, a link to nowhere hides."""
    if not KEY.fullmatch(key):
        hint = "letters and digits, up to 50; single . _ - between them"
        raise InputError(f"--key {key!r}: can't be part of a marker", hint=hint)
    return f"<!-- diagnose:{key} -->" if html else f"[//]: # (diagnose:{key})"


def marked(body: str, line: str) -> bool:
    """Say whether a comment begins with the marker; a quote of it further down is none."""
    return body.lstrip("\ufeff \r\n").partition("\n")[0].strip() == line
