"""The course of a log: sessions one after the other, each a sequence of stages."""

import re

from diagnose.model import Event, Problem, Source
from diagnose.readers import _pytest_ci as ci
from diagnose.readers import _pytest_rules as rules
from diagnose.readers._lines import Line
from diagnose.readers._pytest_again import Past
from diagnose.readers._pytest_blocks import Blocks
from diagnose.readers._pytest_join import results
from diagnose.readers._pytest_session import Draft
from diagnose.readers._pytest_stages import Quiet, Ready, Running, Stage, Summed, Timed, Warned

WITHOUT_HEADER = re.compile(
    r"\[gw\d+\] (?:\[ *\d+%\] )?(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) \S"
    r"|[.FEsSxXRuUpP,]{1,400} +\[ *\d+%\] *$|bringing up nodes\.\.\.$|INTERNALERROR> "
)
BLOCKS = ("FAILURES", "ERRORS")
SUMMARY = "short test summary info"
WARNINGS = ("warnings summary", "pytest-warning summary")
DURATIONS = re.compile(r"slowest (?:\d+ )?(?:test )?durations")
OTHER = re.compile(
    r"PASSES|XPASSES|XFAILURES|RERUNS|rerun test summary info|tests coverage"
    r"|Failed tests to rerun|warnings summary \(final\)|\d+ snapshots? "
)
ABORTS = ("KeyboardInterrupt", "Interrupted: ", "xdist.dsession.Interrupted: <", "_pytest.outc")
GLUED_START = re.compile(r"[^=](={3,} test session starts ={3,})$")  # after a killed session
STOPS = re.compile(
    r"KeyboardInterrupt$|stopping after \d+ failures?$|Interrupted: \d+ errors? during collection"
    r"|(?:xdist\.dsession\.)?Interrupted: stopping after|_pytest\.outcomes\.Exit: "
)
USAGE = re.compile(
    r"ERROR: (?:usage: |file (?:or directory )?not found: |not found: )|usage: \S*py"
)


class Log:
    """Takes the lines of a log; what they come to stands in `ready`."""

    def __init__(self, path: str) -> None:
        self.ready: Ready = []
        self._path = path
        self._past = Past()
        self._draft: Draft | None = None
        self._ended: Draft | None = None
        self._stage: Stage = Quiet()
        self._command = ""
        self._last = 0

    def take(self, line: Line) -> None:
        """Read the next line."""
        self._last = line.number
        first = line.text[:1]
        if first in {"=", "!"} and self._ruled(line, first):
            return
        if not self._stage.take(line):
            self._loose(line)

    def close(self) -> None:
        """Say what is still to be said, at the end of the log."""
        draft = self._draft
        if draft is not None:
            message = self._torn(draft)
            self._finish()
            self.ready.append(Problem(Source(self._path, self._last), message))
        self._release()

    def _torn(self, draft: Draft) -> str:
        """Tell a log that was cut from one of -qq, which has no last line."""
        quiet = isinstance(self._stage, Summed) or draft.progress.whole
        if not draft.headed and quiet and not isinstance(self._stage, Blocks):
            draft.details["ending"] = "summary"
            return "the log has no summary line, as pytest -qq leaves it"
        where = " inside its failures" if isinstance(self._stage, Blocks) else ""
        return f"the log ends{where}, before the session's last line"

    def _ruled(self, line: Line, char: str) -> bool:
        """Read a line that may be a rule drawn by pytest."""
        title = rules.title(line.text, char)
        if not title or self._stage.quotes(title):
            return False
        if char == "!":
            return self._stopped(title, line)
        if title == rules.STARTS:
            self._begin(line, headed=True)
            return True
        total = rules.total(title)
        if self._draft is None and (total or title in BLOCKS or title == SUMMARY):
            self._begin(line, headed=False)
        draft = self._draft
        if draft is None or len(line.text) < draft.width - 1:
            return False
        if total:
            self._end(total)
        return bool(total) or self._enter(title, line, draft)

    def _enter(self, title: str, line: Line, draft: Draft) -> bool:
        """Enter the stage of that title, if there is one."""
        if title in BLOCKS:
            blocks = Blocks(title, len(line.text))
            draft.sections.append(blocks)
            self._become(blocks)
        elif title == SUMMARY:
            self._become(Summed(draft))
        elif title.startswith(WARNINGS):
            self._become(Warned(self._path, self.ready))
        elif DURATIONS.match(title):
            self._become(Timed(draft))
        elif title.startswith("xdist: "):
            draft.stopped = draft.stopped or title.removeprefix("xdist: ")
        elif OTHER.match(title):
            self._become(Quiet())
        else:
            return False
        return True

    def _stopped(self, title: str, line: Line) -> bool:
        if self._draft is None and STOPS.match(title):
            self._begin(line, headed=False)
        draft = self._draft
        if draft is None or len(line.text) < draft.width - 1:
            return False
        draft.stopped = title
        self._become(Quiet())
        if title.startswith(ABORTS):
            source = Source(self._path, line.number)
            self.ready.append(Event("interrupted", title, source, line.time))
        return True

    def _loose(self, line: Line) -> None:
        """Read a line that belongs to no stage: what CI prints, or a session without a header."""
        text = line.text
        if not text:
            return
        if text.endswith("===") and (match := GLUED_START.search(text)):
            self._ruled(line._replace(text=match[1]), "=")
            return
        draft = self._draft
        bare = draft is None or not draft.headed or len(text) >= draft.width - 1
        if bare and (total := rules.bare_total(text.strip() if draft else text)):
            if draft is None:
                self._begin(line, headed=False)
            self._end(total)
        elif draft is None and WITHOUT_HEADER.match(text):
            self._begin(line, headed=False)
            self._stage.take(line)
        else:
            self._around(line)

    def _around(self, line: Line) -> None:
        if self._draft is None:
            self._command = ci.command(line.text) or self._command
            if USAGE.match(line.text):
                source = Source(self._path, line.number)
                self.ready.append(Event("usage_error", line.text.strip(), source, line.time))
        for event in ci.events(line, self._path):
            self.ready.append(event)
            session = self._draft or self._ended
            if event.kind == "exit_code" and session and session.exit_code is None:
                session.exit_code = int(event.details["code"][:6])

    def _become(self, stage: Stage) -> None:
        self._stage.close()
        self._stage = stage

    def _begin(self, line: Line, *, headed: bool) -> None:
        self._finish()
        self._release()
        width = len(line.text.rstrip()) if headed else 0
        draft = Draft(Source(self._path, line.number), headed, width, line.time)
        if self._command:
            draft.details["command"], self._command = self._command, ""
        self._draft = draft
        self._stage = Running(draft, self._path, self.ready)

    def _end(self, total: rules.Sum) -> None:
        """Take the last line of a session."""
        draft = self._draft
        if draft is None:
            return
        draft.sum = total
        if total.collected is not None:
            draft.collected, draft.collecting_only = total.collected, True
        self._finish()

    def _finish(self) -> None:
        """Leave the session, and keep it until it is known how its process ended."""
        self._become(Quiet())
        if self._draft is not None:
            self._release()
            self._ended, self._draft = self._draft, None

    def _release(self) -> None:
        draft, self._ended = self._ended, None
        if draft is None:
            return
        draft.progress.close(draft.durations)
        told = list(results(draft, self._path))
        table, again = self._past.take(draft, told)
        self.ready.extend(again)
        if len(table):
            self.ready.append(table)
        self.ready.append(draft.build())
