"""A station whose sensors report at the same time."""

import random
import threading
import time


class Station:
    def __init__(self):
        self.heard = 0
        self.sum = 0

    def hear(self, millibars):
        heard = self.heard
        if random.random() < 0.013:
            time.sleep(0.001)
        self.heard = heard + 1
        self.sum += millibars

    def mean(self):
        return self.sum / self.heard


def storm(sensors):
    """Let sensors report all at once."""
    station = Station()
    threads = [
        threading.Thread(target=lambda s=s: [station.hear(s) for _ in range(5)]) for s in sensors
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return station


def inches(millibars):
    return round(millibars * 0.02953, 2)
