"""Which test a block or a line of the short summary speaks of."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from typing import NamedTuple

from diagnose.frames import Trace
from diagnose.readers._nodeid import without_group
from diagnose.readers._pytest_blocks import Block, Blocks
from diagnose.readers._pytest_session import Draft

MOST_SPLITS = 20
FAILED = {"FAILED", "ERROR"}
DOCTEST = "[doctest] "


class Listed(NamedTuple):
    """A line of the short summary, with its id told from its message."""

    word: str
    id: str
    message: str
    line: int


def title_of(nodeid: str) -> str:
    """Return the title that pytest gives the block of this test."""
    path, colons, rest = nodeid.partition("::")
    if not colons:
        return path
    bare, bracket, parameters = rest.partition("[")
    return bare.replace("::", ".") + bracket + parameters


def join_title(file: str, title: str) -> str:
    """Make a node id of a file and the title of a block."""
    if title.startswith(DOCTEST):
        return f"{file}::{title.removeprefix(DOCTEST)}"
    bare, bracket, parameters = title.partition("[")
    return f"{file}::{bare.replace('.', '::')}{bracket}{parameters}"


class Names:
    """Knows the node ids of a session's failures, and finds the one that is meant."""

    def __init__(self, draft: Draft) -> None:
        self._root = draft.details.get("rootdir", "").replace("\\", "/").rstrip("/") + "/"
        self._letters = {
            "FAILURES": draft.progress.letters["F"],
            "ERRORS": draft.progress.letters["E"],
        }
        self._sizes = _sizes(draft.sections)
        self._cut = draft.sum is None
        self._seen: Counter[str] = Counter()
        reported = draft.progress.reported
        self._ids = set(reported)
        self._sorted = sorted(reported)
        self._titles = {
            block.title.removeprefix(DOCTEST)
            for section in draft.sections
            for block in section.blocks
        }
        self.listed = [self._listed(*entry) for entry in draft.summary]
        self._failed = {entry.id for entry in self.listed}
        self._failed |= {name for name, said in reported.items() if FAILED & set(said.words)}
        self._by_title: dict[str, dict[str, str]] = defaultdict(dict)  # title, file, id
        for nodeid in (*(entry.id for entry in self.listed), *reported):
            self._by_title[title_of(nodeid)].setdefault(nodeid.partition("::")[0], nodeid)
        self._adopted = self._adopt(draft.sections)
        self._used: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._around: dict[str, str] = {}  # title and id of tests with failed subtests
        self._waiting: dict[tuple[str, str, str], deque[str]] = {}

    def of_block(self, block: Block, trace: Trace, section: str) -> str:
        """Return the node id of a block; "" where nothing tells it."""
        if block.phase == "collect":
            return block.title
        nth = self._seen[section]
        self._seen[section] += 1
        if block.crashed:
            return without_group(block.crashed)
        title = block.title.removeprefix(DOCTEST)
        for name in _variants(title):
            if name in self._by_title:
                return self._choose(name, trace, (name, section, block.phase))
        if adopted := self._adopted.get(block.line):
            return adopted
        file = self._file(section, nth) or self._outermost(block, trace)
        bare = _variants(block.title)[-1]
        if not file:
            return self._around.get(bare, "")
        nodeid = join_title(file, bare)
        if bare != block.title:
            self._around[bare] = nodeid
        return nodeid

    def _adopt(self, sections: list[Blocks]) -> dict[int, str]:
        """Pair blocks of no known title with ids of no known block, where there are as many."""
        strays = [
            block.line
            for section in sections
            for block in section.blocks
            if block.phase != "collect" and not block.crashed and self._is_stray(block)
        ]
        crashed = {block.crashed for section in sections for block in section.blocks}
        orphans = {
            nodeid: None
            for title, twins in self._by_title.items()
            if title not in self._titles
            for nodeid in twins.values()
            if nodeid not in crashed and "::" in nodeid and nodeid in self._failed
        }
        paired = len(strays) == len(orphans)
        return dict(zip(strays, orphans, strict=True)) if paired else {}

    def _is_stray(self, block: Block) -> bool:
        title = block.title.removeprefix(DOCTEST)
        return not any(name in self._by_title for name in _variants(title))

    def _choose(self, title: str, trace: Trace, place: tuple[str, str, str]) -> str:
        """Tell tests of one title apart by the files of the stack, else by their order."""
        twins = self._by_title[title]
        if len(twins) == 1:
            return next(iter(twins.values()))
        used = self._used[place]
        for frame in trace.frames:
            nodeid = twins.get(frame.path.replace("\\", "/").removeprefix(self._root))
            if nodeid and nodeid not in used:
                used.add(nodeid)
                return nodeid
        waiting = self._waiting.get(place)
        if waiting is None:
            waiting = self._waiting[place] = deque(twins.values())
        while len(waiting) > 1 and waiting[0] in used:
            waiting.popleft()
        used.add(waiting[0])
        return waiting[0]

    def _file(self, section: str, nth: int) -> str:
        """Return the file of the nth failure, if the dots of progress tell it."""
        letters = self._letters.get(section, [])
        size = self._sizes[section]
        told = size <= len(letters) if self._cut else size == len(letters)
        return letters[nth] if told else ""

    def _outermost(self, block: Block, trace: Trace) -> str:
        if not trace.frames or block.phase in ("setup", "teardown"):
            return ""
        frame = trace.frames[-1]
        path = frame.path.replace("\\", "/").removeprefix(self._root)
        doctest = block.title.startswith(DOCTEST)
        if path.startswith(("/", "../", "<")) or path[1:2] == ":":
            return ""
        return path if frame.owner == "test" or doctest else ""

    def _listed(self, word: str, rest: str, line: int) -> Listed:
        options = [rest]
        place = rest.find(" - ")
        while place > 0 and len(options) <= MOST_SPLITS:
            options.append(rest[:place])
            place = rest.find(" - ", place + 1)
        nodeid = self._best(options)
        whole = without_group(self._whole(nodeid))
        return Listed(word, whole, rest[len(nodeid) :].removeprefix(" - "), line)

    def _best(self, options: list[str]) -> str:
        for option in options:
            if option in self._ids:
                return option
        for option in options:
            if any(name in self._titles for name in _variants(title_of(option))):
                return option
        shortest_first = options[1:] or options
        for option in shortest_first:
            if option.count("[") == option.count("]"):
                return option
        return shortest_first[0]

    def _whole(self, nodeid: str) -> str:
        """Complete an id that was cut at the terminal's width, if one other alone begins so."""
        if not nodeid.endswith("...") or nodeid in self._ids:
            return nodeid
        begins = nodeid.removesuffix("...")
        place = bisect_left(self._sorted, begins)
        found = [name for name in self._sorted[place : place + 2] if name.startswith(begins)]
        return found[0] if len(found) == 1 else nodeid


def _sizes(sections: list[Blocks]) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for section in sections:
        sizes[section.section] += sum(block.phase != "collect" for block in section.blocks)
    return sizes


def _variants(title: str) -> list[str]:
    """Return a title, and what is left of it without what a subtest appends."""
    names = [title]
    while len(names) < 3 and title.endswith((")", "]")):
        opening = " (" if title.endswith(")") else " ["
        title, found, _ = title.rpartition(opening)
        if not found or not title:
            break
        names.append(title)
    return names


class Untitled:
    """The failures that `--tb=line` prints, one a line, without a title."""

    def __init__(self, sections: list[Blocks]) -> None:
        self._entries: dict[str, deque[tuple[str, int]]] = defaultdict(deque)
        for section in sections:
            self._read(str(section.untitled), section.untitled.line)

    def find(self, message: str) -> tuple[str, int] | None:
        """Return the text whose message begins like this one, and its line."""
        found = self._entries.get(message.removesuffix("...").rstrip()[:24])
        return found.popleft() if found else None

    def _read(self, text: str, first: int) -> None:
        lines: list[str] = []
        begin = first
        for number, line in enumerate(text.split("\n"), first):
            lines.append(line)
            path, colon, said = line.partition(": ")
            if colon and path.rpartition(":")[2].isdecimal() and not line[:1].isspace():
                self._entries[said.rstrip()[:24]].append(("\n".join(lines), begin))
                lines, begin = [], number + 1
