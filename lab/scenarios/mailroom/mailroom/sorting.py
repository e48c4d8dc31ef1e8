"""Letters go from the tray into bags."""

import threading
import time


class Room:
    """A tray and a bag, and who may touch them."""

    def __init__(self, letters):
        self.tray, self.bag = list(letters), []
        self.tray_lock, self.bag_lock = threading.Lock(), threading.Lock()

    def sort(self):
        with self.tray_lock:
            time.sleep(0.1)
            with self.bag_lock:
                self.bag += sorted(self.tray)
                self.tray.clear()

    def pack(self):
        with self.bag_lock:
            time.sleep(0.1)
            with self.tray_lock:
                return len(self.bag) + len(self.tray)

    def day(self):
        sorter = threading.Thread(target=self.sort, daemon=True)
        sorter.start()
        packed = self.pack()
        sorter.join()
        return packed
