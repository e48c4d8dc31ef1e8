"""Starts the hay server and asks it."""

import os
import subprocess
import sys
import time
import urllib.request


class BarnClosed(Exception):
    """Nobody opened the barn."""


def free_port():
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Barn:
    def __init__(self):
        self.port = free_port() if os.environ.get("BARN_ANYWHERE") else 18701
        self.process = subprocess.Popen([sys.executable, "-m", "stables.hay", str(self.port)])
        time.sleep(0.7)
        if self.process.poll() is not None:
            raise BarnClosed(f"the barn's doors are shut (exit status {self.process.returncode})")

    def close(self):
        self.process.terminate()
        self.process.wait()

    def bales(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{name}", timeout=5) as answer:
            return int(answer.read().split(b"=")[1])


def hands(inches):
    return f"{inches // 4}.{inches % 4}"
