"""Messages without what differs from one failure of a kind to the next.

Paths, ports, ids, addresses, quoted values and counts go; what tells one cause from another stays:
HTTP and exit codes, errno and SQLSTATE, and limits that everybody knows.
"""

from __future__ import annotations

import re

from diagnose.family import CODES

LONGEST = 400  # characters of a first line; what differs beyond is detail

LIMITS = r"(?:1024|4096|32768|65535|65536|1048576)"
UNIT = r"(?!\s?(?:ms|s|sec|seconds?|minutes?|bytes?|[kMGT]i?B|%|rows?|items?|tests?)\b)"

# The order of the alternatives matters: what is kept is found before what would swallow it. Where
# none of them can begin, none is tried: a plain word is nobody's particular.
PATTERN = re.compile(
    rf"""
    (?= [\d'"`/\\+-] | err | exi | sig | sql | \b[\w.][^\s\d:=\\/]*[\d:=\\/] ) (?:
      (?P<keep> (?:errno|error[ ]code|exit[ ](?:code|status)|exited[ ]with|signal|sqlstate)
                [ ]?[:=(\[]?[ ]?-?\d{{1,5}}\b
              | \b(?:SIG[A-Z]{{3,5}}|ORA-\d{{5}}|SQLSTATE[ ]?\[?\w{{5}}\]?)\b
              | \bHTTP/\d(?:\.\d)?[ ]\d{{3}}\b
              | (?<![\w.:/-]){CODES}(?![\w.:/-]*[\w]){UNIT}
              | ['"][1-5]\d\d[ ][A-Z][A-Za-z -]{{1,40}}['"]
              | (?<![\w.:/-]){LIMITS}(?![\w.:/-]*[\w]) )
    | (?P<quoted> (?<!\w)'[^'\n]{{0,200}}' | "[^"\n]{{0,200}}" | `[^`\n]{{0,200}}` )
    | (?P<url> \b[a-z][a-z0-9+.-]{{1,9}}://[^\s'")\]>,;]{{1,200}} )
    | (?P<path> (?<![\w<])(?:[A-Za-z]:)?(?:[/\\][\w.@+~-]{{1,100}}){{2,40}}[/\\]? )
    | (?P<address> \b\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d{{1,5}})?\b | \b[\w.-]{{1,60}}:\d{{2,5}}\b )
    | (?P<id> \b0x[0-9a-fA-F]+\b
            | \b[0-9a-fA-F]{{8}}(?:-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}\b
            | \b(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{{8,}}\b
            | \b[A-Za-z0-9+/]{{16,}}={{1,2}} )
    | (?P<number> [-+]?\d+(?:[.,:]\d+)*(?:e[-+]?\d+)? ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def mask(message: str) -> str:
    """Return the first line that says something, with its particulars named by kind."""
    line = next((line for line in message[: 4 * LONGEST].splitlines() if line.strip()), "")
    return " ".join(PATTERN.sub(_name, line.strip()[:LONGEST]).split())


def _name(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    return found.group() if kind == "keep" else f"<{kind}>"
