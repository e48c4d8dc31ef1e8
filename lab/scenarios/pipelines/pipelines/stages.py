"""Stages of a data pipeline."""

import time


def stage(name, rows):
    time.sleep(0.25)
    return {"stage": name, "rows": rows}
