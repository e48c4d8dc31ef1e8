"""Suites that are really run with really injected faults, so that the truth is known."""
