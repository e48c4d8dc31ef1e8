"""Says what an alarm is about."""

import logging

log = logging.getLogger("aquarium.alarms")
KINDS = {
    "deadlock detected": "lock",
    "No space left on device": "disk",
    "connection refused": "network",
    "certificate verify failed": "tls",
    "worker 'gw0' crashed": "worker",
}


def kind(line):
    for words, found in KINDS.items():
        if words in line:
            log.error("alarm: %s", line)
            return found
    return "none"
