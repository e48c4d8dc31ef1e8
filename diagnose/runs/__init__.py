"""Runs: many files, one run. What the readers found is joined, test by test, and counted."""

from diagnose.runs.assemble import Reading, assemble
from diagnose.runs.completeness import missing_tests
from diagnose.runs.kernel import witness
from diagnose.runs.parting import apart, by_folder, with_own_labels
from diagnose.runs.spec import RunSpec, parse, unique_labels

__all__ = [
    "Reading",
    "RunSpec",
    "apart",
    "assemble",
    "by_folder",
    "missing_tests",
    "parse",
    "unique_labels",
    "with_own_labels",
    "witness",
]
