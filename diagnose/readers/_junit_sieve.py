"""Takes plain passing tests out of the XML before the parser sees them: most of a large file.

A test case as pytest writes it, without a child and without an entity, is recognised by one
regular expression, three times as fast as by a parser with a callback for each. What remains is
still XML, with every line where it was, and goes to the parser. Wherever that could be told apart
from the whole (comments, CDATA, other documents, twins side by side, another encoding), the
block goes through as it is.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import eq

from diagnose.table import TestTable

PLAIN = re.compile(
    rb'<testcase classname="([^"&<\x00-\x1f]{0,500})" name="([^"<\x00-\x1f]{1,2000})"'
    rb' time="(\d{1,7}\.\d{1,9})" ?/>'
)
NAMED = re.compile(rb'<testcase [^<>]{0,600}?\bname="([^"]*)"')
ENTITIES = (
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&quot;", b'"'),
    (b"&apos;", b"'"),
    (b"&amp;", b"&"),
)
# After one of these, text that looks like a test case may be anything.
OPAQUE = (b"<!", b"<?")
# Stands where tests were taken out: the test before and the one behind are no neighbours.
GAP = b"<gap/>"


class Sieve:
    """Fills a table with what it takes out; `used` says whether it took anything."""

    def __init__(self, table: TestTable) -> None:
        self.table = table
        self.used = False
        self._blind = False

    def sift(self, source: Iterator[bytes]) -> Iterator[bytes]:
        """Yield blocks that end behind a tag, without the plain test cases."""
        carry = b""
        first = True
        for block in source:
            end = block.rfind(b">") + 1
            whole, carry = carry + block[:end], (block[end:] if end else carry + block)
            if not end and len(carry) <= len(block) << 2:
                continue
            if not end:
                whole, carry = carry, b""
            yield whole if first else self._sifted(whole)
            first = False
        yield from filter(None, [carry])

    def _sifted(self, block: bytes) -> bytes:
        found = Plain(block)
        self._blind = self._blind or any(sign in found.rest for sign in OPAQUE)
        if self._blind or b"testsuite" in found.rest:
            return block
        found.part()
        names = unescaped(b"\0".join(found.names))
        if names is None or not self.table.extend_plain(found.classes, names, found.seconds):
            return block
        self.used = True
        return found.rest


class Plain:
    """The plain test cases of a block, and the rest of it."""

    def __init__(self, block: bytes) -> None:
        parts = PLAIN.split(block)
        self.between, self.classes, self.names, self.seconds = (parts[n::4] for n in range(4))
        self.rest = b"".join(self.between)

    def part(self) -> None:
        """Leave to the parser what stands beside a test of the same name: pytest's reruns.

        The first and the last of a block may stand beside one in the next block.
        """
        names = self.names
        twins = {0, len(names) - 1} if names else set[int]()
        if any(map(eq, names, islice(names, 1, None))):
            pairs = enumerate(pairwise(names), start=1)
            twins |= {at for n, pair in pairs if eq(*pair) for at in (n - 1, n)}
        for number in [n for n, piece in enumerate(self.between) if piece]:
            piece = self.between[number]
            if b"<testcase" in piece:
                twins |= {at for at in (number - 1, number) if self._is_twin(at, number, piece)}
        for number in sorted(twins, reverse=True):
            self._hand_back(number)
        for number in [n for n, piece in enumerate(self.between) if piece and n]:
            if b"<testcase" in self.between[number]:
                self.between[number] = GAP + self.between[number]
        self.rest = b"".join(self.between)

    def _is_twin(self, at: int, number: int, piece: bytes) -> bool:
        """Compare a test with the last test of the piece before it, or the first behind it."""
        if not 0 <= at < len(self.names):
            return False
        other = NAMED.search(piece, piece.rfind(b"<testcase ") if at == number else 0)
        return other is None or other[1] == self.names[at]

    def _hand_back(self, number: int) -> None:
        values = (column.pop(number) for column in (self.classes, self.names, self.seconds))
        case = b'<testcase classname="%s" name="%s" time="%s"/>' % tuple(values)
        after = self.between.pop(number + 1)
        self.between[number] += case + after


def unescaped(names: bytes) -> bytes | None:
    """Put characters for XML's five entities; None where there is any other, for the parser."""
    ampersands = names.count(b"&")
    if not ampersands:
        return names
    if sum(names.count(entity) for entity, _ in ENTITIES) != ampersands:
        return None
    for entity, character in ENTITIES:
        names = names.replace(entity, character)
    return names
