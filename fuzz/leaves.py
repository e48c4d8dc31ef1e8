"""Damages a JSON document leaf by leaf, so that it stays one: deeper code sees what it holds."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from fuzz.mutations import WORDS

TEXTS = [word.decode("utf-8", "replace") for word in WORDS]
OTHERS: list[Any] = [None, True, 0, -1, 10**400, 1e308, "", [], {}, [[]], "9" * 400, "\ud800"]
Place = tuple[Any, Any]  # a list or an object, and an index or a key of it


def other_leaves(data: bytes, draw: random.Random) -> bytes | None:
    """Change some values of a document; nothing where it is none."""
    try:
        document = json.loads(data)
        places = list(_places(document))
    except (ValueError, RecursionError):
        return None
    if not places:
        return None
    for _ in range(draw.choice((1, 1, 2, 5))):
        _change(*draw.choice(places), draw)
    return json.dumps(document).encode()


def _places(value: Any) -> Iterator[Place]:
    """Yield where the values stand, in any depth."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield value, key
            yield from _places(inner)


def _change(holder: Any, key: Any, draw: random.Random) -> None:
    """Put another value there: of the same type as a rule, as the others are refused at once."""
    try:
        value = holder[key]
    except (LookupError, TypeError):
        return  # an earlier change took it away
    chance = draw.random()
    if chance < 0.1:
        holder[key] = draw.choice(OTHERS)
    elif chance < 0.2 and isinstance(holder, dict):
        del holder[key]
    elif isinstance(value, str):
        at = draw.randrange(len(value) + 1)
        holder[key] = value[:at] + draw.choice(TEXTS) * draw.choice((1, 1, 1, 500)) + value[at:]
    elif isinstance(value, list):
        holder[key] = value * draw.choice((0, 2, 3))
    elif isinstance(value, int | float):
        holder[key] = draw.choice((0, -1, value * 2, 10**18, 10**400, 0.5, -value, 1e300))
