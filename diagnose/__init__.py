"""Says why a test run failed: what ran out, who used it up, and which failures are real."""

from typing import TYPE_CHECKING

from diagnose.errors import DeliveryError, DiagnoseError

if TYPE_CHECKING:
    from diagnose.api import examine, judge, read, render, schema
    from diagnose.diagnosis import Diagnosis, Incident
    from diagnose.model import Problem, Run, Source

__version__ = "0.1.0"
__all__ = [
    "DeliveryError",
    "DiagnoseError",
    "Diagnosis",
    "Incident",
    "Problem",
    "Run",
    "Source",
    "__version__",
    "examine",
    "judge",
    "read",
    "render",
    "schema",
]
_HOMES = {
    **dict.fromkeys(("examine", "judge", "read", "render", "schema"), "api"),
    **dict.fromkeys(("Diagnosis", "Incident"), "diagnosis"),
}


def __getattr__(name: str) -> object:
    """Load a verb or a value when it is first used, so that the package itself costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"diagnose.{_HOMES.get(name, 'model')}"), name)
