"""The page of a cause as HTML: made of Markdown, and of nothing but the tags below."""

from html import escape
from html.parser import HTMLParser

from markdown import markdown
from markupsafe import Markup

from diagnose.reports._text import printable

TAGS = frozenset(
    "p ul ol li pre code em strong blockquote br table thead tbody tr th td".split()  # noqa: SIM905 - a list of words reads best as words
)
SKIPPED = frozenset({"script", "style"})


class _Sieve(HTMLParser):
    """Let the tags above pass, without attributes; close what was left open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.open: list[str] = []
        self.mute = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - no attribute is kept
        """Keep a tag that is known."""
        self.mute += tag in SKIPPED
        if tag in TAGS:
            self.kept.append(f"<{tag}>")
            if tag != "br":
                self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, and what was opened within it."""
        self.mute = max(0, self.mute - (tag in SKIPPED))
        while tag in self.open:
            last = self.open.pop()
            self.kept.append(f"</{last}>")
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep text as text."""
        if not self.mute:
            self.kept.append(escape(data))

    def html(self) -> Markup:
        """Return what passed."""
        self.kept += [f"</{tag}>" for tag in reversed(self.open)]
        return Markup("".join(self.kept))  # noqa: S704 - tags of the list above, and escaped text


def prose(text: str) -> Markup:
    """Turn Markdown into HTML that can be believed, whoever wrote it."""
    sieve = _Sieve()
    sieve.feed(markdown(printable(text), extensions=["fenced_code", "tables"]))
    sieve.close()
    return sieve.html()
