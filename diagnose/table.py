"""Tests that need no words: some 60 bytes each, in columns, however many there are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = ("passed", "failed", "error", "skipped", "not_run")
CODES = {outcome: code for code, outcome in enumerate(OUTCOMES)}
NAN = float("nan")


class Row(NamedTuple):
    """One test of the table; a time that nobody knows is NaN."""

    classname: str
    name: str
    outcome: str = "passed"
    seconds: float = NAN
    worker: str = ""
    start: float = NAN

    @property
    def key(self) -> str:
        """Name the test as all formats can."""
        return f"{self.classname}::{self.name}"


class _Batch(NamedTuple):
    """A few thousand rows; names are one text, for an object each would cost ten times as much."""

    classes: array[int]
    names: bytes
    outcomes: bytes
    seconds: array[float]
    workers: array[int] | None
    starts: array[float] | None

    def coded(self, codes: list[int]) -> _Batch:
        """Return the batch with its words numbered as another table numbers them."""
        workers = self.workers and array("i", map(codes.__getitem__, self.workers))
        return self._replace(
            classes=array("i", map(codes.__getitem__, self.classes)), workers=workers
        )


class TestTable:
    """Passed and skipped tests of one input, in its order."""

    __test__ = False

    def __init__(self) -> None:
        self._batches: list[_Batch] = []
        self._words: dict[str, int] = {}
        self._size = 0

    def extend(self, rows: Iterable[tuple[str, str, str, float, str, float]]) -> None:
        """Append rows in the order of `Row`; thousands at a time are what makes it cheap."""
        columns = tuple(zip(*rows, strict=True))
        if not columns:
            return
        classes, names, outcomes, seconds, workers, starts = columns
        words = self._words
        for word in {*classes, *workers}:
            words.setdefault(word, len(words))
        self._batches.append(
            _Batch(
                array("i", map(words.__getitem__, classes)),
                "\0".join(name.replace("\0", "") for name in names).encode("utf-8", "replace"),
                bytes(map(CODES.__getitem__, outcomes)),
                array("d", seconds),
                array("i", map(words.__getitem__, workers)) if any(workers) else None,
                array("d", starts) if any(start == start for start in starts) else None,
            )
        )
        self._size += len(names)

    @classmethod
    def together(cls, tables: Iterable[TestTable]) -> TestTable:
        """Make one table of several, without a copy where there is one alone."""
        tables = list(tables)
        if len(tables) == 1:
            return tables[0]
        whole = cls()
        for table in tables:
            codes = [whole._words.setdefault(word, len(whole._words)) for word in table._words]
            whole._batches.extend(batch.coded(codes) for batch in table._batches)
            whole._size += len(table)
        return whole

    def __len__(self) -> int:
        """Count the tests."""
        return self._size

    def __iter__(self) -> Iterator[Row]:
        """Yield every test, in the order of the input."""
        for batch in self._batches:
            yield from self._rows(batch)

    def _rows(self, batch: _Batch) -> Iterator[Row]:
        words = list(self._words)
        workers = (words[code] for code in batch.workers) if batch.workers else repeat("")
        columns = zip(
            (words[code] for code in batch.classes),
            batch.names.decode().split("\0"),
            (OUTCOMES[code] for code in batch.outcomes),
            batch.seconds,
            workers,
            batch.starts or repeat(NAN),
            strict=False,
        )
        return map(Row._make, columns)

    def __getitem__(self, number: int) -> Row:
        """Return the row of that number."""
        for batch in self._batches:
            if number < len(batch.outcomes):
                return next(islice(self._rows(batch), number, None))
            number -= len(batch.outcomes)
        raise IndexError(number)

    def keys(self) -> Iterator[str]:
        """Yield the key of every test; cheaper than whole rows."""
        words = list(self._words)
        for batch in self._batches:
            names = batch.names.decode().split("\0")
            for code, name in zip(batch.classes, names, strict=True):
                yield f"{words[code]}::{name}"

    def workers(self) -> set[str]:
        """Name the workers that ran the tests, where that is known."""
        words = list(self._words)
        used = {code for batch in self._batches for code in batch.workers or ()}
        return {words[code] for code in used}

    def count(self, outcome: str) -> int:
        """Count the tests that ended so."""
        code = CODES[outcome]
        return sum(batch.outcomes.count(code) for batch in self._batches)

    def total_seconds(self) -> float:
        """Add up the durations that are known."""
        return sum(value for batch in self._batches for value in batch.seconds if value == value)

    def frame(self) -> pd.DataFrame:
        """Return the table as a pandas frame, one row a test."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=list(Row._fields))
