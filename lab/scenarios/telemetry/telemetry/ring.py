"""A ring of samples that the collector and its readers share."""

import os
import time
import uuid

SIZE = 2 << 20


class Ring:
    """Shared memory under a name of its own."""

    def __init__(self):
        self.path = f"/dev/shm/telemetry-{uuid.uuid4().hex}"
        self.file = os.open(self.path, os.O_CREAT | os.O_RDWR)

    def reserve(self):
        os.posix_fallocate(self.file, 0, SIZE)
        time.sleep(0.5)
        return os.fstat(self.file).st_size

    def close(self):
        os.close(self.file)
        os.unlink(self.path)
