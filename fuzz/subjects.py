"""What an input is given to, and what must hold of the answer."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from jsonschema import Draft202012Validator

import diagnose
from diagnose.errors import DiagnoseError
from diagnose.readers import READERS, read, recognise
from diagnose.readers._file import File
from diagnose.reports import REPORTS

Subject = Callable[[bytes], None]
SCHEMA = Draft202012Validator(json.loads(diagnose.schema()))
CONTROLS = {*map(chr, range(32)), "\x7f", "\u202e", *map(chr, range(0x80, 0xA0))} - {"\n"}


def reader(name: str, data: bytes) -> None:
    """Read with that one: it may not raise for what a file says."""
    READERS[name].recognises(data)
    for _ in read(File.of(data), name):
        pass


def readers(data: bytes) -> None:
    """Read with those that know it, and with all others."""
    known = recognise(File.of(data))
    for name in (*known, *(name for name in READERS if name not in known)):
        reader(name, data)


def report(name: str, data: bytes) -> None:
    """Take it for a saved report, and write that in this format; what is none is refused."""
    with tempfile.TemporaryDirectory() as folder, suppress(DiagnoseError):
        path = Path(folder) / "report.json"
        path.write_bytes(data)
        text = diagnose.render(diagnose.api.saved(path), name)
        if name != "json" or SCHEMA.is_valid(json.loads(data)):  # else, the same faults come back
            _sound(name, text)


def reports(data: bytes) -> None:
    """Go the whole way; each report must be one, whatever it reports on."""
    with tempfile.TemporaryDirectory() as folder, suppress(DiagnoseError):
        path = Path(folder) / "input"
        path.write_bytes(data)
        diagnosis = diagnose.examine([path])
        written = {name: diagnose.render(diagnosis, name) for name in REPORTS}
        for name, text in written.items():
            _sound(name, text)
        saved = Path(folder) / "report.json"
        saved.write_text(written["json"], "utf-8")
        diagnose.api.verify(saved)  # the lines of a damaged file may be others, but are no bug


def _sound(name: str, text: str) -> None:
    text.encode()
    if name == "json":
        SCHEMA.validate(json.loads(text))
    if name == "terminal" and (controls := CONTROLS & set(text)):
        raise AssertionError(f"the terminal would get {sorted(controls)}")


SUBJECTS: dict[str, Subject] = {
    "readers": readers,
    "reports": reports,
    **{f"readers.{name}": partial(reader, name) for name in READERS},
    **{f"reports.{name}": partial(report, name) for name in REPORTS},
}
SINGLE = tuple(name for name in SUBJECTS if "." in name)  # where coverage shows the way
