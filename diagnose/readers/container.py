"""What a container runtime, a cluster or a control group says of a container's end."""

import re
from collections.abc import Callable, Iterator

from diagnose.model import Event, Problem, Source
from diagnose.readers import _container_json, _container_text
from diagnose.readers._file import File
from diagnose.readers._lines import Line, encoding, lines

WHOLE = True
HEAD = 1 << 18
MOST_JSON = 64 << 20

_JSON = re.compile(
    r'\s*[\[{][\s\S]*?(?<!\\)(?:"kind"\s{0,9}:\s{0,9}"Pod(?:List)?"|"involvedObject"\s{0,9}:'
    r'|"OOMKilled"\s{0,9}:|"Type"\s{0,9}:\s{0,9}"container")'
)
_SHAPES: dict[str, re.Pattern[str]] = {
    "yaml": re.compile(
        r"\s*(?:---\s+)?(?:apiVersion: v1|items:)\s*\n"
        r"(?:.*\n){0,400}?[ -]*kind: (?:Pod|Event)(?:List)?\s*$",
        re.MULTILINE,
    ),
    "described": re.compile(
        r"\s*(?:\$ .*\n)?(?:Name: +\S+\s*\n(?:.*\n){0,300}?(?:Containers|Events):(?: |$)"
        r"|(?:Last )?State: +Terminated\s*\n\s*Reason: )",
        re.MULTILINE,
    ),
    "tabled": re.compile(r"\s*(?:NAMESPACE +)?LAST SEEN +.*\bREASON +.*\bMESSAGE"),
    "docker": re.compile(
        r"\s*\S{19,40} (?:container|image|network|volume) [a-z_]+(?:: \S+)? [0-9a-f]{12,64}\b"
    ),
    "cgroup": re.compile(
        r"\s*(?:==> \S+ <==\n)?(?:[^\s:]{1,400}:)?"
        r"(?:low \d+\n\S*?high \d+\n\S*?max \d+\n\S*?oom \d+"
        r"|oom_kill_disable [01]\n\S*?under_oom [01])"
    ),
}
_READ: dict[str, Callable[[Iterator[Line], str], Iterator[Event]]] = {
    "yaml": _container_text.described,
    "described": _container_text.described,
    "tabled": _container_text.tabled,
    "docker": _container_text.docker_events,
    "cgroup": _container_text.control_groups,
}


def recognises(block: bytes) -> bool:
    """Say whether this begins as the state of a container does; a lone number says nothing."""
    return bool(_shape(block))


def read(file: File) -> Iterator[Event | Problem]:
    """Yield the ends of containers, what the cluster says of them, and counters of memory."""
    shape = _shape(file.head(HEAD))
    if shape == "json":
        yield from _read_json(file)
    elif shape:
        yield from _READ[shape](lines(file), file.path)
    else:
        yield Problem(Source(file.path), "is not the state of a container in any known form")


def _shape(block: bytes) -> str:
    head = block[:HEAD]
    text = head.decode(encoding(head), "replace").lstrip("\ufeff").replace("\r\n", "\n")
    if text.lstrip()[:1] in ("{", "["):
        return "json" if _JSON.match(text) else ""
    return next((shape for shape, pattern in _SHAPES.items() if pattern.match(text)), "")


def _read_json(file: File) -> Iterator[Event | Problem]:
    blocks: list[bytes] = []
    size, trouble = 0, ""
    try:
        for block in file.blocks():
            blocks.append(block)
            size += len(block)
            if size > MOST_JSON:
                trouble = f"is larger than {MOST_JSON:,} bytes, the rest was left out"
                break
    except OSError as error:
        trouble = f"could not be read to its end: {error}"
    data = b"".join(blocks)
    text = data.decode(encoding(data[:4096]), "replace").lstrip("\ufeff")
    yield from _container_json.events(text, file.path)
    if trouble:
        yield Problem(Source(file.path), trouble)
