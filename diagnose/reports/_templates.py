"""The templates: where they are, and how strictly they are read."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from diagnose.reports._text import printable

PACKAGE = Path(__file__).parent.parent
PLACES = (PACKAGE / "templates", PACKAGE.parent / "templates")


def folder() -> Path:
    """Find templates/: within the installed package, or beside it in a checkout."""
    return next(place for place in PLACES if place.is_dir())


@cache
def environment() -> Environment:
    """Return the templates, with everything escaped and nothing undefined."""
    found = Environment(
        loader=FileSystemLoader(folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["ticked"] = ticked
    return found


def ticked(text: str) -> Markup:
    """Show as code what a sentence of ours puts between backticks."""
    parts = [escape(part) for part in printable(text).split("`")]
    if len(parts) % 2 == 0:  # the last one is not closed, so it opens nothing
        parts[-2:] = [parts[-2] + "`" + parts[-1]]
    shown = [Markup("<code>%s</code>") % part if n % 2 else part for n, part in enumerate(parts)]
    return Markup("").join(shown)


def _shown(value: object) -> object:
    """Clean every text on its way into the page; markup is what a template made itself."""
    return printable(value) if type(value) is str else value
