"""Values of a document that anybody may have written: each is what its type says, or refused."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from diagnose.model import Source

LARGEST = 1 << 53


class WrongError(Exception):
    """A value of the report is not what it should be; the text says which and why."""


def moment(value: Any, at: str) -> float | None:
    """Return seconds since the epoch; a moment without a zone is taken for UTC."""
    said = checked(str | None, value, at)
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError) as error:
        raise WrongError(f"{at}: not a moment") from error


def rows(document: dict[str, Any], key: str, at: str = "") -> list[tuple[Any, str]]:
    """Return the members of a list, and where each stands."""
    found = document.get(key)
    if not isinstance(found, list):
        raise WrongError(f"{at}{key}: not a list")
    return [(row, f"{at}{key}[{number}]") for number, row in enumerate(found)]


def mapping(value: Any, at: str) -> dict[str, Any]:
    """Return the value if it is an object."""
    if not isinstance(value, dict):
        raise WrongError(f"{at}: not an object")
    return value


def make(kind: type[Any], value: Any, at: str, **known: Any) -> Any:
    """Make a value of the model of an object with the same names; null is what a field begins as.

    `known` are fields that the object says in other words.
    """
    row, hints = mapping(value, at), get_type_hints(kind, localns={"Source": Source})
    for field in fields(kind):
        name = field.name.rstrip("_")
        needed = field.default is MISSING and field.default_factory is MISSING
        if field.name in known:
            continue
        if needed or row.get(name) is not None:
            known[field.name] = checked(hints[field.name], row.get(name), f"{at}.{name}")
    return kind(**known)


def checked(hint: Any, value: Any, at: str) -> Any:
    """Return the value as its type has it, or say that it is of another."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        rest = [each for each in inner if each is not NoneType]
        return None if value is None and NoneType in inner else checked(rest[0], value, at)
    if origin is Literal:
        fits = isinstance(value, str) and value in inner
    elif is_dataclass(hint) and isinstance(hint, type):
        return make(hint, value, at)
    elif origin is not None:
        return _many(hint, value, at)
    else:
        fits = _fits(hint, value) or (at.endswith("_adj") and _fits(hint, value, -LARGEST))
    if not fits:
        raise WrongError(f"{at}: not what belongs there")
    return value


def _many(hint: Any, value: Any, at: str) -> Any:
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        if not isinstance(value, list) or (inner[-1] is not ... and len(value) != len(inner)):
            raise WrongError(f"{at}: not a list of the right length")
        return tuple(checked(inner[0], each, f"{at}[{n}]") for n, each in enumerate(value))
    return {key: checked(inner[1], each, f"{at}.{key}") for key, each in mapping(value, at).items()}


def _fits(hint: Any, value: Any, least: int = 0) -> bool:
    if hint is str:
        return isinstance(value, str)
    if hint is bool:
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if hint is int:
        return isinstance(value, int) and least <= value <= LARGEST
    return abs(value) < LARGEST * LARGEST  # what is infinite is not, nor is what is no number
