"""Waters many beds at once."""

import time
from concurrent.futures import ThreadPoolExecutor


def water(beds, litres):
    def one(bed):
        time.sleep(0.4)
        return litres * (1 + bed % 2)

    with ThreadPoolExecutor(7) as pool:
        return sum(pool.map(one, range(beds)))
