"""What an input is given to, and what must hold of the answer."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
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


def readers(data: bytes) -> None:
    """Read with those that know it, and with all others: none may raise for what a file says."""
    known = recognise(File.of(data))
    for name in (*known, *(name for name in READERS if name not in known)):
        for _ in read(File.of(data), name):
            pass


def reports(data: bytes) -> None:
    """Go the whole way; each report must be one, whatever it reports on."""
    with tempfile.TemporaryDirectory() as folder, suppress(DiagnoseError):
        path = Path(folder) / "input"
        path.write_bytes(data)
        diagnosis = diagnose.examine([path])
        written = {name: diagnose.render(diagnosis, name) for name in REPORTS}
        SCHEMA.validate(json.loads(written["json"]))
        if controls := CONTROLS & set(written["terminal"]):
            raise AssertionError(f"the terminal would get {sorted(controls)}")
        for text in written.values():
            text.encode()
        saved = Path(folder) / "report.json"
        saved.write_text(written["json"], "utf-8")
        diagnose.api.verify(saved)  # the lines of a damaged file may be others, but are no bug


SUBJECTS: dict[str, Subject] = {"readers": readers, "reports": reports}
