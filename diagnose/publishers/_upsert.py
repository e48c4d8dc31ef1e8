"""One comment: found again, changed in place, never repeated."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from diagnose.errors import DeliveryError
from diagnose.publishers._forge import Comment, Forge, mapping
from diagnose.publishers._http import Answer, BrokenError, RefusedError, Wire
from diagnose.publishers._marker import marked
from diagnose.publishers._pages import rows

TRIES = 3
LEAST = 500  # bytes that hold a sentence
REMOVED = "This comment was here twice; the other one is kept up to date."
GONE = (404, 410)
UNWELCOME = (401, 403, 404)


@dataclass(frozen=True, slots=True)
class Letter:
    """What to say in so many characters, under which marker; `new` if it is worth a comment."""

    marker: str
    limit: int
    write: Callable[[int], str]
    new: bool = True

    def body(self, room: int = 0) -> str:
        """Return marker and text, in so many bytes or as many as there are."""
        left = (room or self.limit) - len(self.marker) - 2
        return f"{self.marker}\n\n{self.write(left).rstrip()}"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to which comment."""

    what: str
    url: str = ""


def upsert(wire: Wire, forge: Forge, letter: Letter) -> Done:
    """Write the comment, or change the one that is there.

    A request to create that was not answered may have been heard, so it is never just repeated:
    the comments are looked through again.
    """
    turn = 0
    while True:
        turn += 1
        try:
            return _once(wire, forge, letter)
        except BrokenError as error:
            if turn >= TRIES or not error.doubtful:
                raise
            wire.pause(turn)


def _once(wire: Wire, forge: Forge, letter: Letter) -> Done:
    ours = _ours(wire, forge, letter.marker)
    if ours:
        return _settle(wire, forge, letter, ours)
    if not letter.new:
        return Done("left alone")
    made = _create(wire, forge, letter)
    try:
        ours = _ours(wire, forge, letter.marker)
    except DeliveryError:
        ours = []  # it was only to look whether another job did the same at the same moment
    if len(ours) > 1:
        return _settle(wire, forge, letter, ours)
    return Done("created", made.url if made else "")


def _settle(wire: Wire, forge: Forge, letter: Letter, ours: list[Comment]) -> Done:
    """Bring the oldest of our comments up to date, and take the others away."""
    first, *others = ours
    done = Done("unchanged", first.url)

    def change(body: str) -> Answer:
        return wire.send(forge.edit, _address(forge, first), forge.wrap(body))

    if first.body.replace("\r\n", "\n").rstrip() != letter.body():
        _fitting(change, letter)
        done = Done("edited", first.url)
    for other in others:
        _remove(wire, forge, other)
    return done


def _create(wire: Wire, forge: Forge, letter: Letter) -> Comment | None:
    def send(body: str) -> Answer:
        return wire.send("POST", forge.comments, forge.wrap(body), again=False)

    answer = _fitting(send, letter)
    return forge.read(mapping(answer.data))


def _fitting(send: Callable[[str], Answer], letter: Letter) -> Answer:
    """Send it; where it is too long for that forge, say less."""
    room = letter.limit
    while True:
        body = letter.body(room)
        try:
            return send(body)
        except RefusedError as error:
            room = min(room, len(body.encode())) // 2
            if room < LEAST or not _too_long(error):
                raise


def _too_long(error: RefusedError) -> bool:
    words = ("too long", "too large", "maximum", "characters")
    said = error.said.lower()
    return error.status == 413 or (error.status in (400, 422) and any(w in said for w in words))


def _remove(wire: Wire, forge: Forge, comment: Comment) -> None:
    """Delete a comment; where that is not allowed, empty it, so that it is not taken for ours.

    Where even that is not, it stays: what was to be said has been said.
    """
    try:
        wire.send("DELETE", _address(forge, comment))
    except RefusedError as error:
        if error.status not in GONE:
            with suppress(RefusedError):
                wire.send(forge.edit, _address(forge, comment), forge.wrap(REMOVED))


def _address(forge: Forge, comment: Comment) -> str:
    return f"{forge.one}{comment.id}"


def _ours(wire: Wire, forge: Forge, line: str) -> list[Comment]:
    """Return the comments that bear the marker and were written by us, the oldest first.

    Anybody can write a marker. Ours is who the token belongs to; where a token may not ask that,
    a machine, and where there is none and the token may be a person's, whoever it was.
    """
    every = (forge.read(row) for row in rows(wire, forge.listing))
    found = {each.id: each for each in every if each and marked(each.body, line)}
    candidates = [found[number] for number in sorted(found)]
    if all(each.machine for each in candidates):
        return candidates
    me = _me(wire, forge)
    if me:
        return [each for each in candidates if each.machine or each.author == me]
    machines = [each for each in candidates if each.machine]
    return machines if machines or forge.bots else candidates


def _me(wire: Wire, forge: Forge) -> str:
    try:
        return forge.called(mapping(wire.send("GET", forge.user).data))
    except RefusedError as error:
        if error.status in UNWELCOME:
            return ""
        raise
