"""What stands around pytest in a log: exit codes, killed processes, runners that went away."""

import re
from collections.abc import Iterator

from diagnose.model import Event, Source
from diagnose.readers._lines import Line

PYTEST = r"\b(?:pytest|py\.test)\b"
EXITS = tuple(
    (by, re.compile(pattern))
    for by, pattern in (
        ("github", r"##\[error\]Process completed with exit code (?P<code>-?\d+)"),
        ("azure", r"##\[error\].{0,200}? (?:exited with|failed with exit) code '?(?P<code>-?\d+)"),
        (
            "travis",
            r'The command "(?P<command>.{0,2000}?)" (?:failed and )?exited with (?P<code>\d+)'
            r"(?:\.| during)",
        ),
        ("circleci", r"Exited with code (?:exit status )?(?P<code>\d+)\s*$"),
        (
            "gitlab",
            r"ERROR: Job failed: (?:command terminated with )?exit (?:code|status) (?P<code>\d+)",
        ),
        ("jenkins", r"(?:ERROR: )?script returned exit code (?P<code>-?\d+)"),
        (
            "make",
            r"g?make(?:\[\d+\])?: \*\*\* \[(?P<command>[^\]]{1,300})\] Error (?P<code>\d+)",
        ),
        ("npm", r"npm (?:ERR!|error) (?:errno|code) (?P<code>\d+)\s*$"),
        ("yarn", r"error Command failed with exit code (?P<code>\d+)"),
        (
            "tox",
            r"ERROR: InvocationError for command (?P<command>.{0,500}?)"
            r" \(exited with code (?P<code>-?\d+)",
        ),
        ("tox", r"\S{1,100}: exit (?P<code>-?\d+) \([\d.]+ seconds\) (?P<command>.{0,500})"),
        ("buildkite", r".{0,4}Error: The command exited with status (?P<code>-?\d+)"),
        ("docker", r"\S{1,100}(?: +\|)? exited with code (?P<code>\d+)\s*$"),
    )
)
DIED = r"(?P<signal>Killed|Segmentation fault|Aborted|Terminated|Bus error|Illegal instruction)"
KILLS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:\./)?[\w/~][\w./~-]{{0,300}}: )?line \d+: +(?P<pid>\d+) {DIED}"
        r"(?: +\(core dumped\))?(?: +(?P<command>\S.{0,2000}))?$",
        r"zsh: (?P<signal>killed|segmentation fault|terminated|abort) +(?P<command>\S.{0,2000})$",
        rf"g?make(?:\[\d+\])?: \*\*\* \[(?P<command>[^\]]{{1,300}})\] {DIED}",
        rf"^{DIED}(?: \(core dumped\))?\s*$",
        r"^Received \"(?P<signal>killed)\" signal\s*$",
    )
)
LOST = re.compile(
    r"(?:##\[error\])?(?:The runner has received a shutdown signal"
    r"|The operation was cancell?ed"
    r"|.{0,200}lost communication with the server"
    r"|The (?:agent|job running on (?:runner|agent)) .{0,200}(?:shut down|stopped responding"
    r"|exceeded the maximum execution time)"
    r"|No output has been received in the last \d+"
    r"|The job exceeded the maximum time limit for jobs"
    r"|Build timed out \(after \d+"
    r"|Too long with no output \(exceeded"
    r"|ERROR: Job failed(?: \(system failure\)|: execution took longer than)"
    r"|Cannot contact \S{1,100}: (?:hudson|java)\."
    r"|Agent went offline during the build)"
)
HINTS = (" exit", "xited", "Killed", "killed", "*** [", "npm ", "fault", "Aborted", "Terminated")
LOST_HINTS = (
    *("##[error]", "runner", "maximum", "No output", "Too long", "Job failed", "timed out"),
    *("Cannot contact", "offline", "canceled"),
)
COMMAND = re.compile(
    rf"(?:##\[(?:group|command)\](?:Run )?|\[command\]|\+{{1,3}} |[^$#>%]{{0,80}}[$#>%] )"
    rf"(?P<command>(?:\S+ ){{0,12}}?\S{{0,200}}{PYTEST}.{{0,2000}})$"
)
LONGEST = 4096


def command(text: str) -> str:
    """Return the pytest command that a line echoes."""
    if "py" not in text or len(text) > LONGEST or "test" not in text:
        return ""
    match = COMMAND.match(text)
    return match["command"].strip() if match else ""


def events(line: Line, path: str) -> Iterator[Event]:
    """Yield what a line says of the end of a process."""
    text = line.text[:LONGEST]
    if any(hint in text for hint in HINTS):
        yield from _ends(text, line, path)
    if any(hint in text for hint in LOST_HINTS) and (match := LOST.match(text)):
        reason = match[0].removeprefix("##[error]")
        yield Event(
            "runner_lost", text.strip(), Source(path, line.number), line.time,
            details={"reason": reason},
        )  # fmt: skip


def _ends(text: str, line: Line, path: str) -> Iterator[Event]:
    source = Source(path, line.number)
    for by, pattern in EXITS:
        if match := pattern.match(text):
            said = {"code": match["code"], "by": by, **_known(match, "command")}
            yield Event("exit_code", text.strip(), source, line.time, details=said)
            return
    for pattern in KILLS:
        if match := pattern.search(text):
            said = _known(match, "pid", "command", "signal")
            yield Event("killed", match[0].strip(), source, line.time, details=said)
            return


def _known(match: re.Match[str], *names: str) -> dict[str, str]:
    groups = match.groupdict()
    return {name: groups[name].strip() for name in names if groups.get(name)}
