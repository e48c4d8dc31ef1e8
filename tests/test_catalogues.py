"""A member of a folder offers what the folder's Protocol asks."""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import get_args, get_type_hints

import pytest

from diagnose.catalogue import Catalogue
from tests.test_architecture import ROOT, STAGES

PRESENT = sorted(stage for stage in STAGES if (ROOT / "diagnose" / stage / "__init__.py").exists())


def catalogues(stage: str) -> dict[type, Catalogue[object]]:
    """Return the catalogues of a stage by the Protocol that its annotation names."""
    module = import_module(f"diagnose.{stage}")
    hints = get_type_hints(module)
    return {
        get_args(hints[name])[0]: value
        for name, value in vars(module).items()
        if isinstance(value, Catalogue)
    }


def demanded(function: Callable[..., object]) -> list[str]:
    """Return the parameters that a caller must give; a member's own options have defaults."""
    return [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty and parameter.kind != parameter.VAR_KEYWORD
    ]


def asked(protocol: type) -> dict[str, list[str]]:
    """Return the functions that a Protocol asks for, and their parameters."""
    return {
        name: demanded(function)[1:]
        for name, function in inspect.getmembers(protocol, inspect.isfunction)
        if not name.startswith("_")
    }


@pytest.mark.parametrize("stage", PRESENT)
def test_members_offer_what_their_folder_asks(stage: str) -> None:
    for protocol, catalogue in catalogues(stage).items():
        for name, member in catalogue.items():
            offered = {
                word: demanded(getattr(member, word))
                for word in asked(protocol)
                if callable(getattr(member, word, None))
            }
            assert offered == asked(protocol), f"{catalogue.package}.{name}"
            for word in inspect.get_annotations(protocol):
                assert hasattr(member, word), f"{catalogue.package}.{name} has no {word}"


@pytest.mark.parametrize("stage", ["readers", "reports"])
def test_a_folder_of_members_is_a_catalogue(stage: str) -> None:
    assert all(asked(protocol) for protocol in catalogues(stage))
    assert all(len(catalogue) for catalogue in catalogues(stage).values())
    assert catalogues(stage)
