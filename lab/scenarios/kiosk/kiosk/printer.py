"""Prints tickets."""

from pathlib import Path


class LicenceMissing(RuntimeError):
    """The printer prints nothing without its key."""


class Printer:
    def __init__(self, secrets):
        file = Path(secrets) / "printer.key"
        if not file.exists():
            raise LicenceMissing("no API key for the printer: set the secret PRINTER_LICENCE_KEY")
        self.key = file.read_text().strip()

    def ticket(self, zone, cents):
        return f"ZONE {zone}  {cents / 100:.2f} EUR"
