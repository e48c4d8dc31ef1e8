"""Text in 80 columns, without what could move the cursor."""

import textwrap

from diagnose.words import clean

WIDTH = 80
SENTENCE = 400


def wrap(text: str, indent: str = "", hanging: str = "", most: int = SENTENCE) -> list[str]:
    """Break a sentence into lines; an endless one is cut, the JSON report has it whole."""
    text = clean(text)
    if len(text) > most:
        kept = text[: most - 1]
        text = (kept.rpartition(" ")[0] if " " in kept[most // 2 :] else kept) + " …"
    following = hanging or indent
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=following)


def line(text: str) -> str:
    """Return the text as one harmless line."""
    return clean(text).replace("\n", " ")


def cut(text: str, width: int) -> str:
    """Shorten from the left: the end of a test's name tells it from its neighbours."""
    text = clean(text).replace("\n", " ")
    return text if len(text) <= width else "…" + text[-(width - 1) :]


def middle(text: str, width: int) -> str:
    """Shorten in the middle: what was raised is named first, and explained last."""
    text = clean(text).replace("\n", " ")
    head = width * 3 // 4
    return text if len(text) <= width else f"{text[:head].rstrip()}…{text[head + 1 - width :]}"


def short(text: str, width: int) -> str:
    """Shorten from the right."""
    text = clean(text).replace("\n", " ")
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
