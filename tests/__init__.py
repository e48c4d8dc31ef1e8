"""The tests; a folder mirrors the one of `diagnose` that it tests."""
