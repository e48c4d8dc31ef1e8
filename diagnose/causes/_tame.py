"""Which expressions may take forever on a hostile line: they are refused, for they look at any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

REPEATS = ("MAX_REPEAT", "MIN_REPEAT")  # the possessive ones give nothing back, and do no harm
MANY = 16  # repeats that count as endless
LONG = 200
MOST_WILD = 2  # `.*` in one expression; with three, the time grows with the cube of a line


def endless(regex: str) -> bool:
    """Say whether a repeat repeats nothing but a repeat: `(a+)+` tries all ways to part a line."""
    try:
        from re import _parser  # type: ignore[attr-defined] # typeshed hides what is private
    except ImportError:
        return False
    tree = _parser.parse(regex)
    return _wild(tree) > MOST_WILD or any(_is_endless(body) for body in _repeated(tree))


def _wild(tree: Any) -> int:
    """Count the repeats of anything at all that stand in a row: each may end wherever it likes."""
    here = sum(
        1
        for kind, said in tree
        if kind.name in REPEATS and said[1] >= LONG and said[2][0][0].name == "ANY"
    )
    inner = (_wild(each) for _, said in tree for each in _inner(said))
    return max(here, max(inner, default=0))


def _repeated(tree: Any) -> Iterator[Any]:
    """Yield the bodies of all repeats without an end."""
    for kind, said in tree:
        if kind.name in REPEATS and said[1] >= MANY:
            yield said[2]
        for inner in _inner(said):
            yield from _repeated(inner)


def _inner(said: Any) -> Iterator[Any]:
    """Yield the expressions within one part of an expression."""
    if type(said).__name__ == "SubPattern":
        yield said
    elif isinstance(said, tuple | list):
        for each in said:
            yield from _inner(each)


def _is_endless(body: Any) -> bool:
    """Say whether one endless repeat of the body makes it up, all else being optional."""
    needed = [(kind, said) for kind, said in body if not _optional(kind, said)]
    if any(kind.name == "SUBPATTERN" for kind, _ in needed) and len(needed) == 1:
        return _is_endless(needed[0][1][-1])
    if any(kind.name == "BRANCH" for kind, _ in needed) and len(needed) == 1:
        return any(_is_endless(branch) for branch in needed[0][1][1])
    repeats = [said for kind, said in body if kind.name in REPEATS and said[1] >= MANY]
    alone = [kind for kind, said in needed if not (kind.name in REPEATS and said[1] >= MANY)]
    return bool(repeats) and not alone


def _optional(kind: Any, said: Any) -> bool:
    return kind.name == "AT" or (kind.name in REPEATS and said[0] == 0)
