"""Containers, and how they are stacked."""

import gc


def stacks(containers, height=5):
    return [min(height, containers - done) for done in range(0, containers, height)]


def manifest(lines):
    found = {name: [{"name": name, "part": part} for part in range(count)] for name, count in lines}
    gc.collect()  # manifests are large, and the machine at the quay is small
    return found
