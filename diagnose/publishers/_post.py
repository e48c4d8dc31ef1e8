"""From a text and the environment to a comment, or to the next best place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from diagnose.errors import DeliveryError
from diagnose.publishers._address import Address
from diagnose.publishers._forge import Forge
from diagnose.publishers._http import RefusedError, Wire
from diagnose.publishers._order import Line, Posted
from diagnose.publishers._upsert import Letter, upsert

SUMMARY = 1 << 20  # bytes of the summary of a step
READ_ONLY = (401, 403, 404)
RECIPE = "the recipe in two stages in docs/ci/ comments on pull requests of forks"


def post(address: Address, forge: Forge, letter: Letter, line: Line) -> Posted:
    """Deliver the letter; where a token can only read, write it to the summary of the step."""
    wire = Wire(forge.headers, address.token, line)
    try:
        done = upsert(wire, forge, letter)
    except RefusedError as error:
        if error.status in READ_ONLY and address.closed:
            return _beside(address, letter, error)
        raise _explained(error, address, forge.hints) from None
    except DeliveryError as error:
        raise _explained(error, address, forge.hints) from None
    return Posted(done.what, done.url)


def _explained(error: DeliveryError, address: Address, hints: Mapping[int, str]) -> DeliveryError:
    status = error.status if isinstance(error, RefusedError) else 0
    hint = error.hint or hints.get(status) or "the report is kept; run the command again later"
    return DeliveryError(f"{address.name}: {error}", hint=hint)


def _beside(address: Address, letter: Letter, error: RefusedError) -> Posted:
    """Say it in the summary of the step, which every job may write."""
    note = f"{address.name}: {error}: {address.closed}"
    if not letter.new:
        return Posted("left alone", note=note, hint=RECIPE)
    if not address.summary:
        raise DeliveryError(note, hint=RECIPE) from None
    path = Path(address.summary)
    try:
        room = SUMMARY - (path.stat().st_size if path.exists() else 0)
        with path.open("a", encoding="utf-8", newline="\n") as summary:
            summary.write(f"\n{letter.write(min(room, letter.limit) - 2)}\n")
    except OSError as problem:
        raise DeliveryError(f"{note}; {path}: {problem.strerror}", hint=RECIPE) from None
    return Posted("written to the step summary instead", note=note, hint=RECIPE)
