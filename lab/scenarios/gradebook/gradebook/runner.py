"""Runs what a pupil has handed in, and grades it."""

import logging
import re
import subprocess
import sys

logger = logging.getLogger("gradebook")


def handed_in(folder, source):
    file = folder / "test_homework.py"
    file.write_text(source)
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-rA",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:ci_recorder",
    ]
    done = subprocess.run([*words, str(file)], capture_output=True, text=True, cwd=folder)
    print(done.stdout)
    print(done.stderr, file=sys.stderr)
    if done.returncode < 0:
        logger.error(
            "the session was killed by signal %d: exit code %d",
            -done.returncode,
            128 - done.returncode,
        )
    elif done.returncode:
        logger.error(
            "the session failed: %s", (done.stdout.strip() or done.stderr).splitlines()[-1]
        )
    return grade(done.stdout, done.returncode)


def grade(output, code):
    passed = sum(map(int, re.findall(r"(\d+) passed", output)))
    failed = sum(map(int, re.findall(r"(\d+) (?:failed|error)", output)))
    return round(100 * passed / (passed + failed)) if passed + failed and code >= 0 else 0
