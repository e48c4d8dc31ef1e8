"""One run of one suite, inside namespaces of its own: `python -m lab.session NAME LABEL FOLDER`.

What it mounts, names and listens on is seen by nobody else, and goes when it ends.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lab.confinement import bind, enter, groups, let_others_in, mount
from lab.kernel_log import ours, since
from lab.scenario import Scenario, load, workers_of
from lab.services import started

ROOT = Path(__file__).parent.parent
HERE = Path("/srv")
LONGEST = 120.0
STEADY = {"CI": "true", "COLUMNS": "120", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


class Place:
    """Where a product stands while it is tested."""

    def __init__(self, scenario: Scenario) -> None:
        self.product = HERE / str(scenario.spec["product"])
        self.notes = HERE / ".notes"
        self.temporary = HERE / "tmp"
        self.python = HERE / "venv" / "bin" / "python"

    def furnish(self, scenario: Scenario) -> None:
        """Copy the suite in, and show the Python and the recorder at places without a past."""
        mount("tmpfs", HERE, "size=1g,mode=755")
        shutil.copytree(
            scenario.folder, self.product, ignore=shutil.ignore_patterns("scenario.toml", "__py*")
        )
        for part in scenario.spec.get("parts", ()):
            shutil.copy(Path(__file__).parent / "parts" / part, self.product)
        bind(Path(sys.prefix), HERE / "venv")
        bind(Path(__file__).parent / "recorder", HERE / ".recorder")
        for folder in (self.notes, self.temporary, self.product / "reports"):
            folder.mkdir()
            folder.chmod(0o777)
        for path, size in scenario.spec.get("limits", {}).get("disks", {}).items():
            mount("tmpfs", self.product / path, f"size={size},mode=777")
        if user := scenario.spec.get("user"):
            shutil.chown(self.product, user)
            let_others_in((Path(sys.base_prefix), Path(sys.prefix), ROOT), HERE / ".kept")

    def variables(self, scenario: Scenario) -> dict[str, str]:
        """Return the environment of the product and its tests: nothing of this machine's."""
        return {
            **STEADY,
            "PATH": f"{self.python.parent}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": "/root",
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": f"{self.product}:{HERE / '.recorder'}",
            "PYTEST_PLUGINS": "ci_recorder",
            "LAB_NOTES": str(self.notes),
            **scenario.spec.get("env", {}),
        }


def run(scenario: Scenario, label: str, out: Path) -> None:
    """Run the suite once, and leave what CI would keep, and the recorder's notes."""
    socket.sethostname("runner")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for name, value in scenario.spec.get("kernel", {}).items():
        Path("/proc/sys", *name.split(".")).write_text(str(value))
    place = Place(scenario)
    place.furnish(scenario)
    limits = {**scenario.spec.get("limits", {}), "user": scenario.spec.get("user", "")}
    group = f"job-{os.getpid()}"
    began, uptime = time.time(), time.clock_gettime(time.CLOCK_MONOTONIC)
    with ExitStack() as stack:
        services = _services(scenario, place, stack)
        held = stack.enter_context(groups(group, limits))
        code = _tested(scenario, label, place, enter(held, limits), out)
        meta = {"workers": workers_of(scenario.runs[label]), "exit_code": code, "pytest": label}
    keep = scenario.spec.get("keep", ())
    for folder in services if "services" in keep else ():
        _keep(folder, out)
    if "kernel" in keep:
        lines = since(began, uptime, str(scenario.spec.get("form", "iso")))
        kept = list(ours(lines, group, _pids(place.notes)))
        if kept:
            (out / "kernel.log").write_text("".join(f"{line}\n" for line in kept), "utf-8")
    shutil.copytree(place.notes, out / "notes")
    report = place.product / "reports" / "junit.xml"
    if report.exists():
        shutil.copy(report, out / "junit.xml")
    (out / "meta.json").write_text(json.dumps(meta | {"command": scenario.runs[label]}), "utf-8")


def _services(scenario: Scenario, place: Place, stack: ExitStack) -> list[Path]:
    folders = []
    for name, told in scenario.spec.get("services", {}).items():
        folder = HERE / "services" / name
        folder.mkdir(parents=True)
        own = {**place.variables(scenario), **told.get("env", {})}
        del own["PYTEST_PLUGINS"]
        more = {"cwd": place.product, "environ": own}
        stack.enter_context(started(name, folder, {**told, **more}))
        folders.append(folder)
    return folders


def _keep(service: Path, out: Path) -> None:
    said = b"".join(file.read_bytes() for file in sorted(service.glob("*.log")))
    if said:
        (out / f"{service.name}.log").write_bytes(said)


def _pids(notes: Path) -> set[int]:
    return {int(file.stem) for file in notes.glob("*.jsonl")}


def _tested(
    scenario: Scenario, label: str, place: Place, prepare: Callable[[], None], out: Path
) -> int:
    """Run pytest to its end, natural or not, and return its exit code."""
    words = shlex.split(scenario.runs[label])
    with (out / "console.log").open("wb") as console:
        process = subprocess.Popen(
            [place.python, "-m", "pytest", "--junitxml=reports/junit.xml", *words],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            cwd=place.product,
            env=place.variables(scenario),
            preexec_fn=prepare,
            start_new_session=True,
        )
        cut = scenario.spec.get("cuts", {}).get(label)
        watch = threading.Thread(target=_strike, args=(process, place.notes, cut), daemon=True)
        if cut:
            watch.start()
        try:
            code = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{scenario.name}: {label} took over {LONGEST:g} s") from None
        finally:
            _end_group(process)
        for line in (cut or {}).get("then", ()):
            console.write(f"{line}\n".encode())
    return code


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a dead pytest left behind: its session is its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _strike(process: subprocess.Popen[bytes], notes: Path, cut: Mapping[str, Any]) -> None:
    """Send a signal when the named test has begun, or as many tests have: who is hit is known."""
    while process.poll() is None:
        told = [line for file in notes.glob("*.jsonl") for line in _lines(file)]
        begun = [line for line in told if line["event"] == "start"]
        hit = [line for line in begun if line["test"].endswith(cut.get("in", "\0"))]
        if hit or len(begun) >= cut.get("after", 1 << 30):
            target = hit[0]["pid"] if hit else process.pid
            time.sleep(cut.get("delay", 0.2))
            os.kill(target, getattr(signal, f"SIG{cut['signal']}"))
            return
        time.sleep(0.05)


def _lines(file: Path) -> list[dict[str, Any]]:
    text = file.read_text("utf-8")
    whole = text[: text.rfind("\n") + 1]
    return [{**json.loads(line), "pid": int(file.stem)} for line in whole.splitlines()]


def main() -> None:
    """Run what the words name; `--control` runs the suite without its fault."""
    name, label, folder, *more = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # services are stopped on the way out
    scenario = load(name)
    control = scenario.without_the_fault() if "--control" in more else scenario
    assert control is not None
    run(control, label, Path(folder))


if __name__ == "__main__":
    main()
