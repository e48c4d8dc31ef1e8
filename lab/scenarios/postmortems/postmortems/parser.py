"""Reads the reports of old outages."""

import logging
import re
import warnings

logger = logging.getLogger("postmortems")
CAUSES = {
    "oom": r"Out of memory: Killed process (\d+)",
    "files": r"\[Errno 24\] Too many open files",
    "slots": r"FATAL: +sorry, too many clients already",
    "port": r"\[Errno 98\] Address already in use",
    "dns": r"Temporary failure in name resolution",
    "refused": r"Connection refused",
    "timeout": r"ReadTimeout",
}


def cause(line):
    for name, pattern in CAUSES.items():
        if re.search(pattern, line):
            logger.error("recognised %s: %s", name, line)
            print(line)
            return name
    warnings.warn(f"nothing known of {line}", stacklevel=2)
    return None
