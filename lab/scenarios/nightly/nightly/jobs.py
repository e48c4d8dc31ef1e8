"""Jobs of the night."""

import subprocess
import sys

BODY = "import sys; sys.exit(sys.argv[1] not in ('backup', 'rotate'))"


def run(job):
    return subprocess.run([sys.executable, "-c", BODY, job]).returncode
