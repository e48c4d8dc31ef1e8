"""Says why a test run failed: what ran out, who used it up, and which failures are real."""

__version__ = "0.1.0"
