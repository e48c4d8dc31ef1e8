"""Advice as the reports show it: plain values, and nothing where there is none."""

from collections.abc import Iterable
from typing import Any

from diagnose.diagnosis import Diagnosis
from diagnose.reports._text import cut, line

LONGEST, LONGEST_PATCH = 2000, 50_000
FIELDS = ("id", "title", "why", "effect", "proof")


def advice(diagnosis: Diagnosis) -> list[dict[str, Any]]:
    """Return what is advised: words, patches as (path, content), ids of the incidents it is for."""
    return [_one(each) for each in getattr(diagnosis, "advice", ())]


def _one(each: object) -> dict[str, Any]:
    words = {name: cut(str(getattr(each, name, "") or ""), LONGEST) for name in FIELDS}
    patches = list(_patches(getattr(each, "patches", ())))
    return words | {"patches": patches, "incidents": list(getattr(each, "incidents", ()))}


def _patches(patches: Iterable[object]) -> Iterable[tuple[str, str]]:
    for patch in patches:
        path, content = str(getattr(patch, "path", "")), str(getattr(patch, "content", ""))
        yield line(path, 400), cut(content, LONGEST_PATCH)
