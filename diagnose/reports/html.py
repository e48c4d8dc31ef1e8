"""One page of HTML for people: it needs no network, and hardly a script."""

from collections.abc import Iterator

from markupsafe import Markup

from diagnose.diagnosis import Diagnosis
from diagnose.reports._library import hashed, library
from diagnose.reports._page import page
from diagnose.reports._templates import environment

FIRST = 'document.documentElement.className = "js";'  # before anything is drawn: nothing moves
PIECES = 2000  # of the templates', in one of ours: they are cells and words


def render(diagnosis: Diagnosis, plotly_js: str = "inline") -> str:
    """Write the page."""
    return "".join(pieces(diagnosis, plotly_js))


def pieces(diagnosis: Diagnosis, plotly_js: str = "inline") -> Iterator[str]:
    """Yield the page; its policy allows the style and the scripts that are in it, no others.

    `plotly_js` says where plotly is from, if a chart is too crowded to do without: `inline`,
    `cdn`, a file, or `none`.
    """
    templates, said = environment(), page(diagnosis)
    crowded = any(chart.figure for chart in said["charts"])
    brought = library(plotly_js) if crowded else None
    style, script = _source("report.css"), _source("report.js")
    styles = f"'{hashed(style)}'" + (f" '{hashed('')}'" if brought else "")  # it adds empty ones
    scripts = f"'{hashed(FIRST)}' '{hashed(script)}'" + (f" {brought.allowed}" if brought else "")
    policy = (
        f"default-src 'none'; style-src {styles}; script-src {scripts}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    own = {"style": style, "script": script, "first_script": FIRST, "policy": policy}
    # Ours; their hashes are in the policy.
    trusted = {name: Markup(text) for name, text in own.items()}  # noqa: S704 - as said above
    whole = templates.get_template("report.html.j2").stream(said | trusted | {"library": brought})
    whole.enable_buffering(PIECES)
    return whole


def _source(name: str) -> str:
    templates = environment()
    assert templates.loader  # noqa: S101 - tells the type checker what environment() sets
    return templates.loader.get_source(templates, name)[0]
