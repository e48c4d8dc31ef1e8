"""Looks for inputs that break a reader or a report: real files, damaged by chance; `make fuzz`."""
