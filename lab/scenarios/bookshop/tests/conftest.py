import os
import socket
import subprocess
import sys

import httpx
import pytest


class ShopDidNotStart(RuntimeError):
    """The shop ended before it answered."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def shop():
    port = int(os.environ.get("BOOKSHOP_PORT", "8800")) or free_port()
    words = [sys.executable, "-m", "bookshop.service", str(port)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in child.stdout:
        print(line, end="")
        if "listening" in line:
            break
    else:
        raise ShopDidNotStart(f"the shop ended with {child.wait()} before it answered")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield client
    child.terminate()
    child.wait()
    child.stdout.close()
