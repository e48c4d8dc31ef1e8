"""The two sides of a comparison that failed, put on one line for the patterns to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from diagnose.evidence._difference import NATIVE_PATH, REMARKS, difference, within
from diagnose.evidence._line import Line
from diagnose.family import LONGEST

_SIDE = re.compile(
    r"\s*(?:#\s+|\[(?=left\]|right\]))?"
    r"(?P<label>(?:expected value to (?:be|equal|match|contain)(?=:)"
    r"|expected(?: regex| substring| string| text| pattern| length"
    r"| value(?: to \w{2,8}(?: \(using [^()]{1,12}\))?)?)?"
    r"|received(?: string| text| value| message| length)?|actual(?: message)?|want(?:ed)?|got"
    r"|desired|left|right|but:? was|regex|input|[xy])\b|(?<!\s)[ab](?= = ['\"\[{(<\d])"
    r"|[-+](?![-+])(?= {0,16}\S))(?:(?<=left|ight)\])?"
    r"(?:\s*:|\s=(?=\s['\"\[{(<\d]))?\s*(?P<side>.*)",
    re.IGNORECASE,
)
_EXPECTED = re.compile(r"(?:expected|want|desired|right|regex|-|y)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:AssertionError: )?(?:assert )?(.*?) "
    r"([=!<>]==?|to (?:deeply )?equal|to be the same time as|but was:?) (.*)"
)
_BRACKETED = re.compile(
    r".{0,120}?\b[Ee]xpected:? ?"
    r"(?:<(.{0,900})> but was:? ?<(.*)>|\[(.{0,900})\] but found \[(.*)\])"
)
_SHORTENED = re.compile(r"[\[\]]")  # around what differs, as JUnit 4 prints it
_TOLD = re.compile(
    r".{0,120}?\b(?:[Ww]ant(?:ed)?|[Ee]xpected)\b[\w ]{0,30}[:=]? ?((['\"`]).{3,900}\2)[,;.]? "
    r"(?:but )?(?:[Gg]ot|was|actual)\b[\w ]{0,30}[:=]? ?((['\"`]).{3,900}\4)"
)
_TOLD_LAST = re.compile(
    r".{0,120}?\b(?:[Gg]ot|actual)\b[\w ]{0,30}[:=]? ?((['\"`]).{3,900}\2)[,;.]? "
    r"(?:but )?(?:[Ww]ant(?:ed)?|[Ee]xpected)\b[\w ]{0,30}[:=]? ?((['\"`]).{3,900}\4)"
)
_GO = r"\s*\w+_test\.go:\d+: (?:[^=]{0,120}?(?: ?= |: ))?"
_GO_GOT = re.compile(
    rf"{_GO}(?:got:? )?(\S.{{0,400}}?)[,;] (?:but )?(?:want(?:ed)?|expected):? (.+)"
)
_GO_WANT = re.compile(rf"{_GO}(?:want(?:ed)?|expected):? (\S.{{0,400}}?)[,;]? (?:but )?got:? (.+)")
_WITHIN = re.compile(
    r"(?:AssertionError: )?(?:Reg\w+ didn't match: )?(?:assert )?(?:Pattern )?"
    r"([br]{0,2}(['\"]).{3,900}\2) "
    r"(?:not found in|in|does not match) (.*)"
)
_INCLUDING = re.compile(
    r"(?:AssertionError: )?expected ((['\"]).{3,900}\2|\[.{3,900}\]) "
    r"to (?:include|contain|match) (.*)"
)
_PART = re.compile(
    r"\s*Expected: String (?:containing|starting with|ending with|matching) (\".{3,900}\")\s*"
)
_WHOLE = re.compile(r"\s*But was:\s*(?=\")")
_TALL = 40  # lines of a whole
_ELEMENT = "First differing element "  # and then its two values
_ANGLED = re.compile(r"\s*<(.*)>")
_SWIFT = re.compile(
    r".{0,200}?XCTAssertEqual failed: \(\"(.{1,900}?)\"\) is not equal to \(\"(.{1,900}?)\"\)"
)
_BUT_WAS = re.compile(r"\s*<(.*)> (?:\([^)]{1,20}\) )?expected but was")  # the other side below it
_METHOD = re.compile(r".*<built-in method (?:end|start)swith of \w+ object at \w+>\((.*)\)$")
_OWNER = re.compile(r".*\bwhere <built-in .* = (.*)\.(?:end|start)swith$")
_LABEL = re.compile(
    r"\s*(?:expected|received|actual|got|want(?:ed)?)\b[\w ]{0,24}(?:\(using [^()]{1,12}\))?:\s*",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(r"[\w.]+\s*")
_LEAST = re.compile(
    r"(?:AssertionError: |.{0,40}?\bexpected )?(?:assert )?(\d[\d.]{0,24})(?: ?m?s)? "
    r"(?:>=?|not greater than(?: or equal to)?"
    r"|to be (?:at least|above|(?:greater|more) than(?: or equal to)?)) "
    r"(\d[\d.]{0,24})(?: ?m?s)?\b.*"
)
_STRICTLY = re.compile(
    r"(?:AssertionError: )?(?:assert )?(\S.{3,200}) (<|>|not (?:less|greater) than) (.+)"
)
_USING = " (using ==)"
_SIGNED = ("-", "+")
_SIGNS = {"not less than": "<", "not greater than": ">"}
_MOST = re.compile(
    r"(?:AssertionError: |.{0,40}?\bexpected )?(?:assert )?(\d{1,9}) "
    r"(?:<=?|not less than(?: or equal to)?"
    r"|to be (?:at most|below|(?:less|smaller) than(?: or equal to)?)) (\d{1,9})\b(?![.\d]).*"
)
_LENGTH = re.compile(
    r".{0,40}?\bexpected .{1,400} to have (?:a )?(?:length|size)(?: of)? (\d+),? but got (\d+)\b.*"
)
_HOUR = re.compile(r"(?<!\d)\d\d(?=:\d\d:\d\d)")
_POINTERS = re.compile(
    r"\s*(?:\?[\s^+-]*|[\s↓↑]*\(pos \d+\))"
)  # below a line of a diff, to what changed in it


def compared(lines: list[Line]) -> Iterator[Line]:
    """Yield the two sides of a comparison as one, where they are printed on two lines."""
    told = list(_labelled([(line, said) for line in lines if _speaks(said := line.said)]))
    marked = [(line, said, _SIDE.match(said) if line.tells else None) for line, said in told]
    for (one, mine, left), (other, its, right) in pairwise(marked):
        if left and right and left["label"].casefold() != right["label"].casefold():
            yield one._replace(place="assertion", words=_sides(left, right))
        elif one.place and other.place and len(mine) == len(its) and _hours_apart(mine, its):
            yield one._replace(place="assertion", words=_compared(mine, its))
        elif (expected := _BUT_WAS.fullmatch(mine)) and (actual := _ANGLED.match(its)):
            yield one._replace(
                place="assertion", words=_compared(expected[1], actual[1], turned=True)
            )
        elif words := _asked(mine, its):
            yield one._replace(place="assertion", words=words)
    for line, said in told:
        if line.place == "assertion" and (words := _on_one_line(said)):
            yield line._replace(words=words)
    yield from _parts(told)
    for (_, said), (line, mine), (_, its) in zip(told, told[1:], told[2:], strict=False):
        if said.startswith(_ELEMENT) and (words := _either(mine, its)).endswith(REMARKS):
            yield line._replace(place="assertion", words=words)


def _parts(told: list[tuple[Line, str]]) -> Iterator[Line]:
    """Yield the part that was looked for beside the whole, which may take many lines."""
    for at, (line, said) in enumerate(told):
        part = _PART.fullmatch(said[:LONGEST])
        if part and at + 1 < len(told) and (whole := _WHOLE.match(told[at + 1][1])):
            below = [said[:LONGEST] for _, said in told[at + 1 : at + _TALL]]
            words = _contained(part[1], " ".join(below)[whole.end() :])
            if words.endswith(REMARKS):
                yield line._replace(place="assertion", words=words)


def _asked(mine: str, its: str) -> str:
    """Put the part that a method looked for beside the whole, where the two lines name them."""
    if "<built-in method " not in mine:
        return ""
    asked, whole = _METHOD.match(mine[:LONGEST]), _OWNER.match(its[:LONGEST])
    return _contained(asked[1], whole[1]) if asked and whole else ""


def _speaks(said: str) -> bool:
    bare = said.lstrip()
    return bool(bare) and not (bare[0] in "?(↓↑" and _POINTERS.fullmatch(said[:LONGEST]))


def _on_one_line(said: str) -> str:
    """Return both sides of an assertion's first line, if what they differ in tells something."""
    said = said[:LONGEST].lstrip()
    words = next((told for told in (form(said) for form in _FORMS) if told), "")
    return words if words.endswith(REMARKS) else ""


def _bracketed(said: str) -> str:
    match = _BRACKETED.match(said)
    sides = [_SHORTENED.sub("", side) for side in match.groups() if side] if match else []
    return _compared(*sides, turned=True) if len(sides) == 2 else ""


def _told(said: str) -> str:
    if match := _TOLD.match(said):
        return _compared(match[1], match[3], turned=True)
    if match := _TOLD_LAST.match(said):
        return _compared(match[1], match[3])
    return ""


def _told_bare(said: str) -> str:
    """Compare what Go's tests print, whose sides have no quotes."""
    if match := _GO_WANT.fullmatch(said):
        return _compared(match[1], match[2], turned=True)
    match = _GO_GOT.fullmatch(said)
    return _compared(match[1], match[2]) if match else ""


def _part_and_whole(said: str) -> str:
    if match := _WITHIN.match(said):
        return _contained(match[1], match[3])
    match = _INCLUDING.match(said)
    return _contained(match[3], match[1]) if match else ""


def _equal(said: str) -> str:
    match = _BETWEEN.match(said)
    if not match:
        return ""
    if match[2].startswith("!="):
        return _either(match[1], match[3])
    return _compared(match[1], match[3], turned=match[2].startswith("but was"))


def _either(left: str, right: str) -> str:
    """Compare two sides of which each may be the expected one."""
    words = _compared(left, right)
    return words if words.endswith(REMARKS) else _compared(left, right, turned=True)


def _at_least(said: str) -> str:
    least = _LEAST.fullmatch(said)
    if least and least[1] != least[2]:
        return _compared(least[1], f">= {least[2]}")
    if most := _MOST.fullmatch(said):
        return _compared(most[1], f"<= {most[2]}")
    match = _STRICTLY.fullmatch(said)
    return _compared(match[1], f"{_SIGNS.get(match[2], match[2])} {match[3]}") if match else ""


def _counted(said: str) -> str:
    match = _LENGTH.fullmatch(said)
    return _compared(match[2], match[1]) if match else ""


def _swift(said: str) -> str:
    match = _SWIFT.match(said)
    return _either(match[1], match[2]) if match else ""


_FORMS = (_swift, _counted, _at_least, _bracketed, _told, _told_bare, _part_and_whole, _equal)


def _labelled(told: list[tuple[Line, str]]) -> Iterator[tuple[Line, str]]:
    """Put a label that has a line of its own before what stands on the next."""
    label: tuple[Line, str] | None = None
    for line, said in told:
        if said.rstrip().endswith(":") and _LABEL.fullmatch(said[:LONGEST]):
            label = line, said
            continue
        if label:
            words = f"{label[1].strip()} {said.strip()}"
            yield label[0]._replace(words=words), words
        else:
            yield line, said
        label = None


def _hours_apart(one: str, other: str) -> bool:
    """Say whether two lines are the same but for the hour of a time."""
    return one != other and _HOUR.sub("", one[:LONGEST]) == _HOUR.sub("", other[:LONGEST])


def _sides(left: re.Match[str], right: re.Match[str]) -> str:
    """Compare two labelled sides, with the labels' word for which of them was expected."""
    turned = bool(_EXPECTED.match(left["label"]))
    if turned and _ONE_WORD.fullmatch(left["side"]) and _ONE_WORD.fullmatch(right["side"]):
        return _compared(right["side"], left["side"])  # as a comparison names them
    words = _compared(left["side"], right["side"], turned=turned)
    if left["label"] in _SIGNED and not words.endswith(REMARKS):  # which is which, versions differ
        other = _compared(left["side"], right["side"], turned=not turned)
        return other if other.endswith(NATIVE_PATH) else words
    return words


def _compared(left: str, right: str, *, turned: bool = False) -> str:
    """Put two sides together, and say what there is to say of their difference."""
    left, right = (side.strip()[:LONGEST].removesuffix(_USING) for side in (left, right))
    actual, expected = (right, left) if turned else (left, right)
    return f"{left} != {right} {difference(actual, expected)}".strip()


def _contained(part: str, whole: str) -> str:
    part, whole = part.strip()[:LONGEST], whole.strip()[:LONGEST]
    return f"{part} not in {whole} {within(part, whole)}".strip()
