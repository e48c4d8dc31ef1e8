"""Names of a pytest test: the node id of the console, and the two names of JUnit XML."""

import re
from functools import lru_cache

MODULE = re.compile(r"test_\w+|\w+_tests?|tests?")
CLASS = re.compile(r"_*[A-Z]\w*")
# What pytest's junitxml writes as `#x1B`, so that both spellings of a test give the same key.
UNSPEAKABLE = re.compile(
    "[^\u0009\u000a\u000d\u0020-\u007e\u0080-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def split_nodeid(nodeid: str) -> tuple[str, str]:
    """Return the classname and the name by which JUnit XML would know this test."""
    address, bracket, params = without_group(nodeid).partition("[")
    path, *names = address.split("::")
    names.insert(0, path.replace("/", ".").removesuffix(".py"))
    names[-1] += bracket + params
    return ".".join(names[:-1]), UNSPEAKABLE.sub(_visible, names[-1])


def without_group(nodeid: str) -> str:
    """Drop the `@group` that `--dist loadgroup` appends; a parameter may hold an @ of its own."""
    start = nodeid.rfind("]") + 1 or nodeid.rfind("::") + 1
    at = nodeid.find("@", start)
    return nodeid[:at] if start and at > 0 else nodeid


def join_nodeid(classname: str, name: str, file: str = "") -> str:
    """Guess the node id behind the two names; empty where it can't be known."""
    if file:
        module = file.replace("\\", "/").replace("/", ".").removesuffix(".py")
        rest = classname.removeprefix(module).lstrip(".") if classname.startswith(module) else ""
        return "::".join((file, *filter(None, rest.split(".")), name))
    if not classname:
        # A module that could not be collected: the dotted path itself is the name.
        dotted = name.split(".")
        return "/".join(dotted) + ".py" if MODULE.fullmatch(dotted[-1]) else ""
    place = _place(classname)
    return f"{place}::{name}" if place else ""


@lru_cache(1024)
def _place(classname: str) -> str:
    """Tell the path and the classes apart: the last part that looks like a test module ends it."""
    parts = classname.split(".")
    end = len(parts)
    while not MODULE.fullmatch(parts[end - 1]):
        end -= 1
        if not end or not CLASS.fullmatch(parts[end]):
            return ""
    return "::".join(("/".join(parts[:end]) + ".py", *parts[end:]))


def _visible(match: re.Match[str]) -> str:
    return f"#x{ord(match[0]):02X}"
