"""What a user calls a run: `[LABEL=]PATH[,PATH…][@WORKERS]`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePath

from diagnose.errors import InputError

GRAMMAR = "a RUN is [LABEL=]PATH[,PATH…][@WORKERS]"
WORKERS = re.compile(r"(.+)@(\d{1,5})\Z", re.DOTALL)
LABEL = re.compile(r"([\w.+ -]{1,60})=(.+)\Z", re.DOTALL)
SUFFIXES = re.compile(r"(\.(tar|gz|tgz|xz|bz2|zst|zip|xml|log|txt|json|jsonl))+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RunSpec:
    """A run as the user asks for it; no label yet means that one is to be made up."""

    paths: tuple[str, ...]
    label: str = ""
    workers: int | None = None
    stated: bool = False


def _exists(path: str) -> bool:
    try:
        return path == "-" or Path(path).exists()
    except (OSError, ValueError):
        return False


def parse(text: str, exists: Callable[[str], bool] = _exists) -> RunSpec:
    """Take a RUN apart; a name that exists as it stands is a path, whatever is in it."""
    if not text.strip():
        raise InputError("a RUN is empty", hint="give a file, a folder or an archive")
    if exists(text):
        return RunSpec((text,))
    workers = None
    if match := WORKERS.match(text):
        text, workers = match[1], int(match[2])
        if workers < 1:
            raise InputError(
                f"{text}@{workers}: a run has at least one worker", hint="@1 is a serial run"
            )
    if exists(text):
        return RunSpec((text,), workers=workers)
    label = ""
    if match := LABEL.match(text):
        label, text = match[1].strip(), match[2]
    paths = (text,) if exists(text) else tuple(part for part in text.split(",") if part)
    if not paths:
        raise InputError("a RUN names no file", hint=GRAMMAR)
    for path in paths:
        if not exists(path):
            raise InputError(f"{path}: no such file or folder", hint=_hint(path, exists))
    return RunSpec(paths, label, workers, stated=bool(label))


def _hint(path: str, exists: Callable[[str], bool]) -> str:
    """Guess what was meant: a misspelt name, or @N in the middle."""
    if (match := WORKERS.match(path)) and exists(match[1]):
        return f"@{match[2]} comes last: {match[1]},…@{match[2]}"
    before, at, _ = path.rpartition("@")
    if at and exists(before):
        return f"after @ comes the number of workers, 1 to 99999: {before}@8"
    folder = Path(path).parent
    try:
        near = get_close_matches(Path(path).name, [each.name for each in folder.iterdir()], 1)
    except (OSError, ValueError):
        near = []
    return f"did you mean {folder / near[0]}?" if near else GRAMMAR


def unique_labels(specs: Iterable[RunSpec]) -> list[RunSpec]:
    """Give each run a name of its own: what the user said, else its stem, else that of its folder.

    Two runs that the user gave one label are a mistake; two files of one name are not.
    """
    specs = list(specs)
    stated = [spec.label for spec in specs if spec.label]
    if twice := next((label for label in stated if stated.count(label) > 1), ""):
        raise InputError(f"two runs are called {twice!r}", hint="give each RUN a label of its own")
    names = _names([spec.paths[0] for spec in specs])
    taken = set(stated)
    return [_label(spec, name, taken) for spec, name in zip(specs, names, strict=True)]


def _names(paths: list[str]) -> list[str]:
    """Take the stem of each path, or the folder in which paths of one stem part."""
    stems = [_stem(path) for path in paths]
    return [
        _apart(path, [paths[n] for n, other in enumerate(stems) if other == stem]) or stem
        for path, stem in zip(paths, stems, strict=True)
    ]


def _apart(path: str, alike: list[str]) -> str:
    if len(alike) == 1:
        return ""
    folders = PurePath(path).parts[:-1]
    for depth in range(1, len(folders) + 1):
        names = {PurePath(other).parts[:-1][-depth:][:1] for other in alike}
        if len(names) == len(alike):
            return folders[-depth]
    return ""


def _label(spec: RunSpec, name: str, taken: set[str]) -> RunSpec:
    if spec.label:
        return spec
    label, number = name, 2
    while label in taken:
        label, number = f"{name}-{number}", number + 1
    taken.add(label)
    return replace(spec, label=label)


def _stem(path: str) -> str:
    if path == "-":
        return "stdin"
    name = PurePath(path).name
    if name in ("", ".."):
        name = Path(path).resolve().name
    return SUFFIXES.sub("", name) or name or path
