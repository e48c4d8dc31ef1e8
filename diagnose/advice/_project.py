"""The files of the project that the artifacts show to be in use."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from diagnose.diagnosis import Diagnosis, Patch

SECTIONS = {
    "pytest.ini": "[pytest]",
    ".pytest.ini": "[pytest]",
    "tox.ini": "[pytest]",
    "setup.cfg": "[tool:pytest]",
    "pytest.toml": "[pytest]",
    ".pytest.toml": "[pytest]",
    "pyproject.toml": "[tool.pytest.ini_options]",
}
PATH = re.compile(r"[\w.][\w./-]{0,100}")


def settings(diagnosis: Diagnosis) -> str:
    """Return the file with pytest's settings that the console logs name, else `pytest.ini`."""
    for run in diagnosis.runs:
        for session in run.sessions:
            path = session.details.get("configfile", "").partition(" ")[0]
            if PATH.fullmatch(path) and PurePosixPath(path).name in SECTIONS:
                return path
    return "pytest.ini"


def option(diagnosis: Diagnosis, name: str, value: str, note: str = "") -> Patch:
    """Write a setting of pytest for the file that is in use."""
    path = settings(diagnosis)
    section = SECTIONS[PurePosixPath(path).name]
    toml = path.endswith(".toml")
    lines = [section, f"# {note}"] if note else [section]
    said = json.dumps(value) if toml else value
    return Patch(path, "toml" if toml else "ini", "\n".join([*lines, f"{name} = {said}"]) + "\n")
