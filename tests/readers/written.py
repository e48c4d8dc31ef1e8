"""Records as a text that a golden file can hold."""

import json
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass

from diagnose.table import TestTable

ALWAYS = {"outcome", "name", "finished"}


def written(records: Iterable[object]) -> str:
    """Write each record with its kind, leaving out what is empty."""
    told = [_told(record) for record in records]
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _told(record: object) -> object:
    if isinstance(record, TestTable):
        rows = [[value if value == value else None for value in row] for row in record]
        return {"kind": "table", "rows": rows}
    assert is_dataclass(record)
    assert not isinstance(record, type)
    return {"record": type(record).__name__, **_bare(asdict(record))}


def _bare(fields: dict[str, object]) -> dict[str, object]:
    """Drop empty values; a source becomes the number of its line."""
    bare: dict[str, object] = {}
    for name, value in fields.items():
        if name == "source":
            assert isinstance(value, dict)
            bare["line"] = value["line"]
        elif isinstance(value, tuple):
            if value:
                bare[name] = [_bare(one) if isinstance(one, dict) else one for one in value]
        elif name in ALWAYS or (value not in ("", None, {}) and value is not False):
            bare.setdefault(name, value)
    return bare
