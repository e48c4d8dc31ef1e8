"""Tracebacks of several languages, as they stand in a log below the line they belong to."""

import re

_OPENS = re.compile(
    r"Traceback \(most recent call last\):|Exception occurred during processing of request"
    r"|Exception in thread |panic: |fatal error: |goroutine \d+ \[|Uncaught |Caused by: "
    r"|(?:[A-Za-z_][\w.$]{0,200})?(?:Error|Exception|Throwable)(?:: |$| \[)"
)
_CHAINS = re.compile(
    r"The above exception was the direct cause|During handling of the above exception"
    r"|Suppressed: |\[signal |created by |exit status \d|Node\.js v|runtime: "
    r"|[\w./*()\[\]-]{1,200}\(.{0,400}\)$"  # a function of Go's
)
_NAMED = re.compile(
    r"(?:Exception in thread \".{0,200}?\" |Caused by: |Uncaught (?:Exception )?)?"
    r"((?:[A-Za-z_][\w$]{0,80}\.){0,12}(?:[A-Za-z_][\w$]{0,80}?)?"
    r"(?:Error|Exception|Throwable|Exit|Interrupt|Warning))(?![\w.])"
)
_RAISED = re.compile(r"([A-Za-z_][\w.]{0,200})(?:: |:?$)")  # Python's last line, of any name
MOST_BLANKS = 2


def raised(text: str) -> str:
    """Name the exception of a whole traceback, which stands in its first line or its last."""
    rows = [row for row in text.splitlines() if row[:1] not in ("", " ", "\t")] or [""]
    named = _NAMED.match(rows[0]) or _NAMED.match(rows[-1])
    return named[1] if named else ""


class Trace:
    """Follows a traceback line by line, and remembers what was raised."""

    def __init__(self) -> None:
        self.open = False
        self.exception = ""
        self._blanks = 0
        self._indented = False

    def begins(self, text: str) -> bool:
        """Say whether a traceback begins with this line."""
        if not _OPENS.match(text):
            return False
        self.open = True
        self._note(text)
        return True

    def goes_on(self, text: str) -> bool:
        """Say whether this line belongs to what is open."""
        if not text.strip():
            self._blanks += 1
            return self._blanks <= MOST_BLANKS
        self._blanks = 0
        if text[0] in " \t":
            self._indented = True
            return True
        if self.begins(text) or (self.open and _CHAINS.match(text)):
            self._indented = False
            return True
        if self.open and self._indented and (last := _RAISED.match(text)):
            self._indented = False
            self.exception = last[1]
            return True
        return False

    def _note(self, text: str) -> None:
        if text.startswith("panic: "):
            self.exception = "panic"
        elif named := _NAMED.match(text):
            self.exception = named[1]
