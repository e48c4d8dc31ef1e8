"""Take a failure's text apart: which line is the exception, which its chain, which mere context.

The same words mean different things in each, so every line is given its place first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from diagnose.clues import Place
from diagnose.evidence._assertions import compares, is_assertion
from diagnose.evidence._comparison import compared
from diagnose.evidence._diffs import moved
from diagnose.evidence._forms import forms
from diagnose.evidence._line import Line
from diagnose.evidence._tolerance import beyond

MOST = 20_000  # lines of a text that are looked at


_CHAIN = re.compile(
    r"The above exception was the direct cause of|During handling of the above exception"
)
_ERROR_LINE = re.compile(r"E(?:\s{2,}|\t|$)")
_SECTION = re.compile(
    r"-{3,} ?Captured (?P<what>std\w+|log)|={3,} (?P<banner>[\w ]+?) ={3,}|_{5,} "
)
_SUMMARY = re.compile(r"(?:FAILED|ERROR|SUBFAIL\S*) (?=\S+(?:::|\.py))")
_NAME = re.compile(
    r"""(?:[✖✗✘×❯]|●(?!\s+Cannot\slog\s)|\x20FAIL\x20|FAIL:?\s|ERROR:\s\w+\s\(|---\s(?:FAIL|PASS|SKIP)
      |===\s(?:RUN|CONT|PAUSE|NAME)|\[\s(?:RUN|\x20{2}FAILED|\x20{5}\x20OK)\s|____+\s
      |----\s\S+\sstd(?:out|err)\s----|test\s\S+\s\.\.\.\s)""",
    re.VERBOSE,
)
_PASSED = re.compile(
    r"\s*(?:✓|✔|√|PASS(?::|ED)?\s|ok\s+\d+\s|--- PASS: |\[ {7}OK \])"
    r"|.*(?:\bPASSED(?:\s+\[ *\d+%\])?|\.\.\. ok)\s*$"
)
EXCEPTION = re.compile(
    r"(?:[A-Za-z_]\w*\.)*(?:"
    r"[A-Z]\w*(?:Error|Exception|Warning|Timeout|Exit|Interrupt|Failure|Failed|Full|Violation)"
    r"|[A-Z]\w+(?:Disconnected|Exceeded|NotFound|DoesNotExist)"
    r"|Failed|Timeout|Exit|DoesNotExist)(?: ?:|$)"
)
_JVM = re.compile(r"(?:Exception in thread \"[^\"]*\" )?(?:[a-z_]\w*\.)+[A-Z][\w$]*(?::|$| at )")
_SCRIPT = re.compile(
    r"(?:Uncaught |Unhandled )?(?:Error|[A-Z]\w*Error|error|thrown)(?: \[\w+\])?: |"
    r"(?:panic|fatal error|thread '.*' panicked at|Fatal Python error|terminate called)"
)
_FRAME = re.compile(
    r"""\s*(?:at\s+(?:async\s|new\s)?[\w.$<>@/\[\]-]+(?:\s\[as\s\w+\])?\s?\(|at\s[\w.$/<>-]+\(
      |at\s(?:async\s)?(?:file:|/|node:)|File\s"[^"]+",\sline\s\d+|\S+\.\w+:\d+:\sin\s
      |goroutine\s\d+\s\[|created\sby\s|\d+:\s+0x[0-9a-f]+\s-|from\s\S+:\d+:in\s
      |\#\d+\s(?!ERROR|\[|[\d.]+\s))""",
    re.VERBOSE,
)
_STAMPED = re.compile(
    r"""(?:\[?\d{4}-\d\d-\d\d[T\s]\d\d:\d\d|\d\d:\d\d:\d\d[.,]\d+\s
      |\[?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b[\s\]:]
      |[A-Z][a-z]{2}\s[\s\d]\d\s\d\d:\d\d:\d\d\s|\S+\s+\|\s)""",
    re.VERBOSE,
)
_PASSING = ("PASS", "ok", "OK", "✓", "✔", "√")
_KERNEL = re.compile(r"(?:<\d>)?\[ *\d+\.\d{6}\] |.{0,60}\bkernel: ")
_QUIET = re.compile(r"\b(?:DEBUG|INFO|debug|info)\b|\[(?:D|I)\]")


def placed(text: str) -> list[Line]:
    """Give every line of a failure's text its place."""
    lines = _split(text)
    stripped = _outdented(lines)
    if any(line[:1] == "E" and _ERROR_LINE.match(line) for line in stripped):
        kept = list(_Pytest(stripped).lines())
    else:
        kept = _spoken(list(_plain(stripped)))
    settled = _settled(_whole(kept, lines))
    said = [line for line in settled if line.tells]
    return [*settled, *compared(settled), *moved(said), *forms(said), *beyond(said)]


def _whole(kept: list[Line], lines: list[str]) -> list[Line]:
    """Give the lines back what was taken off before them."""
    return [
        line
        if len(line.text) == len(raw)
        else line._replace(text=raw, start=line.start + len(raw) - len(line.text))
        for line, raw in zip(kept, lines, strict=True)
    ]


def captured(text: str, place: Place = "captured") -> list[Line]:
    """Give every line of an output the one place that it has, but for tests that passed."""
    return [
        Line(number, line, None if _passed(line) else place)
        for number, line in enumerate(_split(text))
    ]


def _split(text: str) -> list[str]:
    """Split at line feeds alone: they are what the lines of the input are counted by."""
    return [line.rstrip("\r") for line in text.split("\n", MOST)[:MOST]]


_PREFIX = re.compile(
    r"\d\d:\d\d:\d\d(?:[.,]\d+)?(?: [+-]\d{4})?  ?(?=\S| )|\d{4}-\d\d-\d\dT[\d:.]+Z "
    r"|[\w.-]{1,40} +\| ?|\d{1,4}: |INTERNALERROR> ?|npm ERR! "
    r"|\[[\w. -]{0,12}\d\d:\d\d:[\d.]+Z?\] ?"
)


def _outdented(lines: list[str]) -> list[str]:
    """Take off what stands before all lines: a traceback that is quoted or stamped is still one."""
    filled = [line for line in lines if line and not line.isspace()]
    if _mostly_prefixed(filled):
        return _outdented([_PREFIX.sub("", line, count=1) for line in lines])
    common = min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
    return [line[common:] for line in lines] if common else lines


def _mostly_prefixed(lines: list[str]) -> bool:
    """Say whether more than two of three lines have a prefix; leave off once they can't."""
    spare = len(lines)
    for line in lines:
        if not _PREFIX.match(line):
            spare -= 3
            if spare <= 0:
                return False
    return spare > 0


def _last_chain(lines: list[str]) -> int:
    return max(
        (n for n, line in enumerate(lines) if " exception" in line and _CHAIN.search(line)),
        default=-1,
    )


@dataclass
class _Pytest:
    """Walks the text of pytest's long and short tracebacks."""

    source: list[str]

    def lines(self) -> Iterator[Line]:
        """Yield each line in its place; an exception before the last separator is the chain's."""
        last = _last_chain(self.source)
        section: Place | None = None
        before: Place | None = None  # of an error line that the next one goes on with
        for number, line in enumerate(self.source):
            goes_on, before = before if line.startswith("  ") else None, None
            if match := _SECTION.match(line):
                section = _section(match)
                yield Line(number, line, None)
            elif section:
                yield _captured_line(number, line, section)
            elif match := _ERROR_LINE.match(line):
                before = "chain" if number < last else "raised"
                yield Line(number, line, before, match.end())
            elif _SUMMARY.match(line):
                yield _summary(number, line)
            else:
                before = goes_on
                yield Line(number, line, goes_on or _context(line))


def _section(match: re.Match[str]) -> Place | None:
    if match["what"]:
        return "captured"
    return "warning" if match["banner"] == "warnings summary" else None


def _captured_line(number: int, line: str, place: Place) -> Line:
    return Line(number, line, None if _passed(line) else place)


def _passed(line: str) -> bool:
    """Say whether a line tells of a test that passed; few have one of the words that it takes."""
    return any(word in line for word in _PASSING) and _PASSED.match(line) is not None


def _context(line: str) -> Place | None:
    """Place a line of pytest's that is no error line."""
    if _passed(line) or _NAME.match(line):
        return None
    if line.startswith((" ", ">")) or _FRAME.match(line) or re.match(r"\S+:\d+: ", line):
        return "traceback"
    return "console"


def _summary(number: int, line: str) -> Line:
    """Skip the test's name: it is full of words that nothing said."""
    _, dash, said = line.partition(" - ")
    return Line(number, line, "raised" if dash else None, len(line) - len(said) if dash else 0)


_SUREFIRE = re.compile(r"(?:\[ERROR\])?\s+(?:Run \d+: )?\S+ » +(?P<type>[A-Z]\w+)(?P<said>.*)")
_ERRORS = re.compile(
    r"(?:NoClassDefFound|OutOfMemory|StackOverflow|ExceptionInInitializer|UnsatisfiedLink|Verify"
    r"|NoSuch(?:Method|Field)|IncompatibleClassChange|AbstractMethod|UnsupportedClassVersion"
    r"|Bootstrap|Linkage|Assertion)$"
)


def _named(match: re.Match[str]) -> str:
    """Give an exception back the end of its name, which Maven's summary leaves out."""
    name = match["type"]
    if not name.endswith(("Error", "Exception", "Failure")):
        name += "Error" if _ERRORS.match(name) else "Exception"
    return f"{name}: {match['said'].strip()}"


def _plain(lines: list[str]) -> Iterator[Line]:
    """Place the lines of any other text: tracebacks, logs, what harnesses say."""
    last = _last_chain(lines)
    section: Place | None = None
    panicked = False
    for number, line in enumerate(lines):
        if match := _SECTION.match(line):
            section = _section(match)
            yield Line(number, line, None)
        elif section:
            yield _captured_line(number, line, section)
        elif _SUMMARY.match(line):
            yield _summary(number, line)
        elif " » " in line and (match := _SUREFIRE.match(line)):
            yield Line(number, line, "raised", words=_named(match))
        else:
            place = "raised" if panicked else _plain_place(line)
            panicked = line.endswith(":") and "panicked at" in line
            yield Line(number, line, "chain" if place == "raised" and number < last else place)


def _spoken(lines: list[Line]) -> list[Line]:
    """Take a text at its word that holds nothing but what would be asides in another."""
    if any(line.place not in (None, "captured", "traceback") for line in lines):
        return lines
    return [line._replace(place="console") if line.place == "captured" else line for line in lines]


def _plain_place(line: str) -> Place | None:
    bare = line.strip()
    if not bare or _passed(line) or (_NAME.match(bare) and " - " not in bare):
        return None
    return next((place for place, fits in _PLAIN if fits(line, bare)), "console")


_PLAIN: tuple[tuple[Place, Callable[[str, str], object]], ...] = (
    ("kernel", lambda line, _: _KERNEL.match(line)),
    ("chain", lambda _, bare: bare.startswith("Caused by: ")),
    ("raised", lambda _, bare: EXCEPTION.match(bare) or _JVM.match(bare) or _SCRIPT.match(bare)),
    ("traceback", lambda line, _: _FRAME.match(line)),
    ("captured", lambda line, _: _STAMPED.match(line) and _QUIET.search(line[:80])),
)


def _settled(lines: list[Line]) -> list[Line]:
    """Call what a failing assertion says by its name, with the lines that follow its first."""
    kept, asserting = [], False
    for line in lines:
        if line.place == "raised":
            said = line.said.strip()
            asserting = is_assertion(said) or (asserting and not EXCEPTION.match(said))
            kept.append(line._replace(place="assertion") if asserting else line)
        else:
            asserting = asserting and line.place is not None and not line.said.strip()
            told = line.place == "console" and compares(line.said)
            kept.append(line._replace(place="assertion") if told else line)
    return kept
