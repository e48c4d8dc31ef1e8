"""One name, several runs: a folder of folders, an archive of them, reports of the same tests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, takewhile
from pathlib import PurePath

from diagnose.model import Run
from diagnose.runs.assemble import Reading
from diagnose.runs.spec import SUFFIXES, RunSpec

# A file of these tells of a whole run; the others only add to one.
REPORTS = ("junit", "reportlog", "ctrf")
SAME = 0.5  # of the smaller report's tests: more than that is no coincidence
FEWEST = 2


def by_folder(spec: RunSpec, paths: Sequence[str]) -> list[tuple[RunSpec, set[str]]]:
    """Part what a name holds by its folders, where it holds nothing else."""
    inside = {path: _inside(spec.paths[0], path) for path in paths}
    shared = _shared([parts[:-1] for parts in inside.values()])
    tops = {path: parts[shared:-1][:1] for path, parts in inside.items()}
    names = sorted({top[0] for top in tops.values() if top})
    if len(spec.paths) > 1 or len(names) < 2 or not all(tops.values()):
        return [(spec, set(paths))]
    prefix = f"{spec.label}-" if spec.stated else ""
    return [
        (replace(spec, label=f"{prefix}{name}"), {p for p, top in tops.items() if top[0] == name})
        for name in names
    ]


def _shared(folders: Sequence[tuple[str, ...]]) -> int:
    """Count the folders that all paths begin with."""
    levels = zip(*folders, strict=False)
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, levels))


def _inside(base: str, path: str) -> tuple[str, ...]:
    """Return where a file lies within the folder or the archive that was named."""
    rest = path.removeprefix(base).lstrip("!/\\")
    return PurePath(rest.replace("\\", "/").replace("!", "/")).parts or (path,)


def apart(spec: RunSpec, readings: Sequence[Reading]) -> Iterator[tuple[RunSpec, list[Reading]]]:
    """Part reports that tell of the same tests: they are runs of their own, each with its logs."""
    reports = [reading for reading in readings if reading.input.kind in REPORTS]
    rivals = _rivals(reports) if len(spec.paths) == 1 and len(reports) > 1 else []
    if not rivals:
        yield spec, list(readings)
        return
    homes = {id(reading): _stem(reading) for reading in rivals}
    stems = list(dict.fromkeys(homes.values()))
    prefix = f"{spec.label}-" if spec.stated else ""
    for stem in stems:
        own = [r for r in readings if homes.get(id(r), _home(_stem(r), stems)) == stem]
        yield replace(spec, label=f"{prefix}{stem}"), own


def _rivals(reports: Sequence[Reading]) -> list[Reading]:
    """Find reports of one kind that have most of their tests in common."""
    keys = [set(_keys(report)) for report in reports]
    found: dict[int, Reading] = {}
    for one, other in combinations(range(len(reports)), 2):
        smaller = min(len(keys[one]), len(keys[other]))
        shared = len(keys[one] & keys[other])
        same_kind = reports[one].input.kind == reports[other].input.kind
        if same_kind and smaller >= FEWEST and shared > SAME * smaller:
            found |= {one: reports[one], other: reports[other]}
    return [found[number] for number in sorted(found)]


def _keys(reading: Reading) -> Iterable[str]:
    for table in reading.tables:
        yield from table.keys()
    yield from (result.key for result in reading.results)


def _stem(reading: Reading) -> str:
    name = PurePath(reading.input.path.replace("!", "/")).name
    return SUFFIXES.sub("", name) or name


def _home(stem: str, stems: Sequence[str]) -> str:
    """Give a log to the report of its name, or of one that begins like it; else to the first."""
    alike = [other for other in stems if stem.startswith(other) or other.startswith(stem)]
    return (alike or list(stems))[0]


def with_own_labels(runs: Iterable[Run]) -> Iterator[Run]:
    """Give runs that were parted, and have one name, a number."""
    taken: set[str] = set()
    for run in runs:
        label, number = run.label, 2
        while label in taken:
            label, number = f"{run.label}-{number}", number + 1
        taken.add(label)
        gaps = tuple(replace(gap, run=label) for gap in run.gaps)
        yield run if label == run.label else replace(run, label=label, gaps=gaps)
