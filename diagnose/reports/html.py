"""One page of HTML for people: it needs no network, and hardly a script."""

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from diagnose.diagnosis import Diagnosis
from diagnose.reports._page import page
from diagnose.reports._templates import environment


def render(diagnosis: Diagnosis) -> str:
    """Write the page; its policy allows the style and the script that are in it, no others."""
    templates = environment()
    style, script = _source("report.css"), _source("report.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    # Ours, from the same folder as the template; their hashes are in the policy.
    own = {"style": Markup(style), "script": Markup(script), "policy": Markup(policy)}  # noqa: S704 - as said above
    return templates.get_template("report.html.j2").render(page(diagnosis) | own)


def _source(name: str) -> str:
    templates = environment()
    assert templates.loader  # noqa: S101 - tells the type checker what environment() sets
    return templates.loader.get_source(templates, name)[0]


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
