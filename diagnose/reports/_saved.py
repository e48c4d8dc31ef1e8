"""A saved JSON report, read back: from anywhere, so nothing in it is believed unchecked."""

import json
from collections.abc import Iterator
from typing import Any

from diagnose.errors import InputError

WRITTEN_BY = "a report is what `diagnose analyze RUN -o report.json` writes"


def parsed(data: bytes, name: str) -> dict[str, Any]:
    """Return the report that bytes are, or say why they are none."""
    try:
        document = json.loads(data.decode("utf-8"), parse_constant=_refuse)
        if b"\\ud" in data.lower():  # half a character can be escaped, but never be written
            json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not JSON: {error}", hint=WRITTEN_BY) from error
    if not isinstance(document, dict) or document.get("schema") != "diagnose/1":
        raise InputError(f"{name}: not a report of diagnose", hint=WRITTEN_BY)
    return document


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def quotes_of(document: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Yield every quote with the path and the line where it should stand."""
    kernel = document.get("kernel")
    items = _rows(kernel.get("kills")) if isinstance(kernel, dict) else []
    for incident in _rows(document.get("incidents")):
        items += _rows(incident.get("ledger"))
    items += _rows(document.get("warnings"))
    for item in items:
        source, quote = item.get("source"), item.get("quote")
        if isinstance(source, dict) and isinstance(quote, str):
            path, line = source.get("path"), source.get("line")
            if isinstance(path, str) and isinstance(line, int):
                yield path, line, quote


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
