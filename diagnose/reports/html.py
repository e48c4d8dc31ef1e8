"""One page of HTML for people: it needs no network, and hardly a script."""

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from diagnose.diagnosis import Diagnosis
from diagnose.reports._figure import packed, plotly
from diagnose.reports._page import page
from diagnose.reports._templates import environment


def render(diagnosis: Diagnosis) -> str:
    """Write the page; its policy allows the style and the scripts that are in it, no others."""
    templates, said = environment(), page(diagnosis)
    style, script = _source("report.css"), _source("report.js")
    library = plotly() if any(chart.figure for chart in said["charts"]) else ""
    styles = f"'{_hash(style)}'" + (f" '{_hash('')}'" if library else "")  # it adds empty ones
    scripts = f"'{_hash(script)}'" + (f" '{_hash(library)}'" if library else "")
    policy = (
        f"default-src 'none'; style-src {styles}; script-src {scripts}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    own = {
        "style": style,
        "script": script,
        "policy": policy,
        "packed": library and packed(library),
    }
    # Ours, or pressed to letters; their hashes are in the policy.
    trusted = {name: Markup(text) for name, text in own.items()}  # noqa: S704 - as said above
    return templates.get_template("report.html.j2").render(said | trusted)


def _source(name: str) -> str:
    templates = environment()
    assert templates.loader  # noqa: S101 - tells the type checker what environment() sets
    return templates.loader.get_source(templates, name)[0]


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
