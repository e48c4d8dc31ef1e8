"""Lines that an expression has the most trouble with: what its repeats eat, over and over."""

from collections.abc import Callable, Iterator, Mapping
from re import _parser  # type: ignore[attr-defined] # typeshed hides what is private
from typing import Any

SAMPLES = "a0A ._-/'\"(<[:=,\t"
MANY = 16  # repeats that count as endless


def lines_against(regex: str, size: int) -> set[str]:
    """Make lines of so many characters of every endless repeat, and of what leads to it."""
    made = set()
    for before, body in _repeats(_parser.parse(regex), ""):
        for piece in (body, before + body, before):
            if piece:
                made |= {(piece * size)[:size], (before + piece * size)[:size]}
    return made


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield the body of every endless repeat, and the least that may stand before it."""
    for kind, said in tree:
        name = kind.name
        if name.endswith("_REPEAT"):
            least, most, body = said
            if most >= MANY:
                yield before, _least(body)
            yield from _repeats(body, before)
            before += _least(body) * max(least, 1)
            continue
        for branch in _branches(name, said):
            yield from _repeats(branch, before)
        before += _least([(kind, said)])


def _branches(name: str, said: Any) -> list[Any]:
    if name == "BRANCH":
        return list(said[1])
    if name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT"):
        return [said[-1]]
    return [said] if name == "ATOMIC_GROUP" else []


def _least(tree: Any) -> str:
    """Return a short text that fits, as far as it takes no looking around."""
    text = ""
    for kind, said in tree:
        name = kind.name
        if name == "LITERAL":
            text += chr(said)
        elif name == "IN":
            text += next((one for one in SAMPLES if _fits(said, one)), _first(said))
        elif name in ("ANY", "NOT_LITERAL"):
            text += "a"
        elif name.endswith("_REPEAT"):
            text += _least(said[2]) * said[0]
        elif not name.startswith("ASSERT"):
            text += "".join(map(_least, _branches(name, said)[:1]))
    return text


def _first(said: Any) -> str:
    return next(
        (chr(one if isinstance(one, int) else one[0]) for k, one in said if k.name in _OWN), "a"
    )


_OWN = ("LITERAL", "RANGE")
_CLASSES: Mapping[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda one: one.isalnum() or one == "_",
}


def _fits(said: Any, one: str) -> bool:
    found = False
    for kind, value in said:
        if kind.name == "LITERAL":
            found |= value == ord(one)
        elif kind.name == "RANGE":
            found |= value[0] <= ord(one) <= value[1]
        elif kind.name == "CATEGORY":
            bare = value.name.replace("_NOT_", "_")
            found |= _CLASSES[bare](one) is (bare == value.name)
    return found is not any(kind.name == "NEGATE" for kind, _ in said)
