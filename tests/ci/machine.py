"""A machine of a CI system, small: a project that really fails, and the programs it is run with."""

import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

needs_linux = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("bash"), reason="needs bash on Linux"
)
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PYTHON = sys.executable
PROGRAMS = {
    "python3": f'exec "{PYTHON}" "$@"',
    "python": f'exec "{PYTHON}" "$@"',
    "diagnose": f'exec "{PYTHON}" -P -m diagnose "$@"',
    # Two workers are enough to fail, and start quickly.
    "pytest": f'exec "{PYTHON}" -P -m pytest -p xdist.plugin "${{@/#8/2}}"',
    "pip": 'echo "pip $*" >>"$CALLS"',
    "sudo": 'echo "sudo: a password is required" >&2; exit 1',
    "dmesg": 'cat "$MACHINE/dmesg.txt"',
}
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


@dataclass
class Machine:
    """A folder with a checkout, programs, and the variables that a step gets."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.checkout = self.folder / "checkout"
        self.programs = self.folder / "bin"
        self.programs.mkdir()
        self.calls = self.folder / "calls.txt"
        self.calls.touch()
        for name, text in PROGRAMS.items():
            self.install(name, text)
        (self.folder / "dmesg.txt").write_bytes((HERE / "dmesg.txt").read_bytes())
        check_out(self.checkout)

    def install(self, name: str, text: str) -> None:
        """Put a program on the PATH."""
        path = self.programs / name
        path.write_text(f"#!/bin/bash\n{text}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of a process here: none of those that we were started with."""
        return {
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "MACHINE": str(self.folder),
            "CALLS": str(self.calls),
            **self.variables,
            **more,
        }

    def run(
        self, script: str, shell: Sequence[str] = BASH, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script in the checkout, from a file, as CI systems do."""
        path = self.folder / "script.sh"
        path.write_text(script, "utf-8")
        return subprocess.run(
            [*shell, str(path)],
            cwd=self.checkout,
            env=self.environment(more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def check_out(folder: Path) -> None:
    """Write the project's files into a folder."""
    suite = HERE / "suite"
    (folder / "tests").mkdir(parents=True)
    (folder / "pytest.ini").write_bytes((suite / "pytest.ini").read_bytes())
    (folder / "shop.py").write_bytes((suite / "shop.py.txt").read_bytes())
    (folder / "tests/test_shop.py").write_bytes((suite / "test_shop.py.txt").read_bytes())
