"""JSON that nobody vouches for: any value may be of any kind, or missing."""

import json
from collections.abc import Iterator
from typing import Any

from diagnose.readers._file import File

LARGEST = 256 << 20
LONGEST_LINE = 16 << 20


def load(data: bytes) -> Any:
    """Parse a document; raise ValueError where it is none, or nested beyond reason."""
    try:
        return json.loads(data.decode("utf-8-sig", "replace"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def load_file(file: File) -> Any:
    """Parse a file as one document; raise ValueError where it is none, or too large."""
    with file.open() as stream:
        data = stream.read(LARGEST + 1)
    file.progress(len(data))
    if len(data) > LARGEST:
        raise ValueError(f"larger than {LARGEST >> 20} MiB")
    return load(data)


def json_lines(file: File) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers; a huge one is cut."""
    with file.open() as stream:
        number, inside = 0, False
        while line := stream.readline(LONGEST_LINE):
            file.progress(len(line))
            number += not inside
            if not inside and line.strip():
                yield number, line
            inside = not line.endswith(b"\n")


def mapping(value: object) -> dict[str, Any]:
    """Return the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """Return the value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """Return the value as a text that can be written; nothing for what is not there."""
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).encode("utf-8", "replace").decode()


def number(value: object) -> float | None:
    """Return the value if it is a number that makes sense."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -1e300 < value < 1e300 else None


def whole(value: object) -> int | None:
    """Return the value as a whole number, if it is one."""
    known = number(value)
    return int(known) if known is not None else None
