"""One kernel log as every tool would have written it down: the same messages, in other clothes."""

from tests.readers.kernel_forms import dmesg, journal, passed_on
from tests.readers.kernel_forms._form import FORMS, Form, Log, parsed

__all__ = ["FORMS", "Form", "Log", "dmesg", "journal", "parsed", "passed_on"]
