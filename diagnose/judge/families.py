"""Clusters of several runs become families: what fails in this run, and in that one again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from diagnose.judge.cluster import Cluster
from diagnose.judge.kinds import Key


def families(clusters: Sequence[Cluster]) -> list[list[int]]:
    """Join the clusters of all runs that share a kind of failure, unless known to differ.

    The largest family is first; numbers are places in `clusters`.
    """
    homes: dict[tuple[Key, str], int] = {}
    known = _known_labels(clusters)
    parents = list(range(len(clusters)))
    for number, found in enumerate(clusters):
        label = _label(found, known)
        for key in sorted(found.keys):
            home = homes.setdefault((key, label), number)
            parents[_root(parents, number)] = _root(parents, home)
    joined: dict[int, list[int]] = defaultdict(list)
    for number in range(len(clusters)):
        joined[_root(parents, number)].append(number)
    size = {root: sum(len(clusters[n].failures) for n in joined[root]) for root in joined}
    return [joined[root] for root in sorted(joined, key=lambda r: (-size[r], joined[r]))]


def _label(found: Cluster, known: dict[Key, str]) -> str:
    """Name the cluster's cause; without one of its own, what its kinds were elsewhere."""
    return found.label or min((known[key] for key in found.keys if key in known), default="")


def _known_labels(clusters: Iterable[Cluster]) -> dict[Key, str]:
    """Name, for each kind of failure, the cause that it was found to have, if that is one."""
    causes: dict[Key, set[str]] = defaultdict(set)
    for found in clusters:
        if found.label:
            for key in found.keys:
                causes[key].add(found.label)
    return {key: min(labels) for key, labels in causes.items() if len(labels) == 1}


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number
