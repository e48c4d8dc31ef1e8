"""Advice as the reports show it: plain values, and nothing where there is none."""

from collections.abc import Iterable
from typing import Any

from diagnose.diagnosis import Diagnosis

FIELDS = ("id", "title", "why", "effect", "proof")


def advice(diagnosis: Diagnosis) -> list[dict[str, Any]]:
    """Return what is advised: id, title, why, effect, proof, and the patches as (path, content)."""
    return [_one(each) for each in getattr(diagnosis, "advice", ())]


def _one(each: object) -> dict[str, Any]:
    words = {name: str(getattr(each, name, "") or "") for name in FIELDS}
    return words | {"patches": list(_patches(getattr(each, "patches", ())))}


def _patches(patches: Iterable[object]) -> Iterable[tuple[str, str]]:
    for patch in patches:
        yield str(getattr(patch, "path", "")), str(getattr(patch, "content", ""))
