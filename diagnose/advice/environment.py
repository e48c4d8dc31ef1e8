"""What the machine, the network or the image lacks, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from diagnose.advice._case import Case, cases, labels, listed, short
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.words import for_shell

RANK = 1
HOST = re.compile(
    r"host=['\"]([\w.-]{1,253})['\"]|host(?: name)? ['\"]([\w.-]{1,253})['\"]|"
    r"(?:to|for|resolve|resolving|host:?) (?:host )?['\"]?([\w-]+(?:\.[\w-]+)+)['\"]?[: ]|"
    r"https?://([\w.-]{1,253})"
)
NAME = re.compile(r"[\w.@+-]{1,100}")
PYTHON = re.compile(r"No module named ['\"]?([\w.]{1,100})")
INSTALLED = {
    "yaml": "pyyaml",
    "cv2": "opencv-python",
    "PIL": "pillow",
    "sklearn": "scikit-learn",
    "bs4": "beautifulsoup4",
    "dateutil": "python-dateutil",
    "attr": "attrs",
    "psycopg2": "psycopg2-binary",
    "MySQLdb": "mysqlclient",
    "OpenSSL": "pyopenssl",
}
FROZEN = '''\
import os
import time

import pytest

os.environ["TZ"] = "UTC"
time.tzset()
time_machine = pytest.importorskip("time_machine")


@pytest.fixture
def now():
    """Freeze the clock; build what is expected from it too."""
    with time_machine.travel("2026-01-15T12:00:00Z", tick=False) as traveller:
        yield traveller
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Name what was not there, and how to see and provide it."""
    for case in cases(diagnosis, set(CAUSES)):
        title, why, proof, patch = CAUSES[case.incident.cause](case)
        known = f", and in no other of {len(case.runs)} runs" if case.clean else ""
        yield Advice(
            "environment",
            title=title,
            why=f"{case.tests} failed in {labels(case.failing)}{known}: {case.raised}. {why}",
            effect="It is not the code under test, nor how many tests run: they pass where "
            "this is in place.",
            proof=f"{proof} && pytest -n 0 {listed(case.ids)}",
            patches=(patch,),
            incidents=(case.id,),
        )


Told = tuple[str, str, str, Patch]


def _host(case: Case) -> str:
    name = case.first("host")
    match = HOST.search(case.text)
    found = name or (next(filter(None, match.groups()), "") if match else "")
    return found if re.fullmatch(r"[\w.-]{1,253}", found) else ""


def _network(case: Case) -> Told:
    host = _host(case)
    named = host or "the host"
    check = f"getent hosts {for_shell(host or 'HOST')}"
    return (
        f"Make {named} resolve on the runner, or do not need it in tests",
        f"DNS has no address for {named} there, or no network leads to it: ask the resolver in the "
        "job itself; a service container has its name only within its own network.",
        check,
        Patch(
            "job.sh",
            "shell",
            f"cat /etc/resolv.conf\n{check}\n"
            "# in a container network: docker network inspect NETWORK\n",
        ),
    )


def _certificate(case: Case) -> Told:
    host = _host(case) or "HOST"
    return (
        "Give the runner the certificate authority that the server's certificate names",
        "Look at its dates, names and issuer; leave verification on. Test certificates are best "
        "made by a fixture, so that they never expire in the repository.",
        f"openssl s_client -connect {for_shell(host)}:443 -verify_return_error < /dev/null",
        Patch(
            "job.sh",
            "shell",
            f"openssl s_client -connect {for_shell(host)}:443 -showcerts < /dev/null "
            "| openssl x509 -noout -dates -subject -issuer -ext subjectAltName\n"
            "export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt\n"
            'export REQUESTS_CA_BUNDLE="$SSL_CERT_FILE"\n',
        ),
    )


def _credentials(case: Case) -> Told:
    who = case.first("user", "role", "name")
    named = f" of {short(who, 60)}" if who else ""
    variable = who if re.fullmatch(r"[A-Z][A-Z0-9_]{2,60}", who) else "TOKEN"
    return (
        f"Give the job the credentials{named} that it lacks, or skip what needs them by name",
        "Jobs of forks and of schedules often have no secrets; the user, password and database "
        "of a service container and of the tests must be one setting.",
        f'test -n "${variable}"',
        Patch(
            ".github/workflows/tests.yml",
            "yaml",
            f"env:\n  {variable}: ${{{{ secrets.{variable} }}}}\n",
        ),
    )


def _dependency(case: Case) -> Told:
    match = PYTHON.search(case.text)
    module = case.first("module", "import") or (match[1] if match else "")
    tool = case.first("command", "program", "tool", "lib", "pkg")
    if module and NAME.fullmatch(module):
        top = module.partition(".")[0]
        package = INSTALLED.get(top, top.replace("_", "-"))
        return (
            f"Install the missing dependency {package}, and declare it for the tests",
            f"The module {module} can't be imported; whoever has it, has it by accident.",
            f"python -c 'import {top}'" if top.isidentifier() else f"pip show {for_shell(package)}",
            Patch(
                "pyproject.toml", "toml", f'[project.optional-dependencies]\ntest = ["{package}"]\n'
            ),
        )
    name = tool if tool and NAME.fullmatch(tool) else "what is missing"
    wanted = for_shell(tool) if tool and NAME.fullmatch(tool) else "PROGRAM"
    return (
        f"Install the missing dependency on the runner: {name}",
        "Add it to the image's declaration, or skip by name the tests that need it.",
        f"command -v {wanted}",
        Patch(
            "job.sh",
            "shell",
            f"apt-get update && apt-get install --yes {wanted}\ncommand -v {wanted}\n",
        ),
    )


def _permission(case: Case) -> Told:
    match = re.search(r"Permission denied:? ['\"]?(/?[\w./-]{1,200})", case.text)
    path = match[1] if match else "PATH"
    return (
        f"Let the job's user write {path}" if match else "Give the job's user the permission",
        "Files that an earlier step left as root are the usual reason; tests should write to "
        "tmp_path, not into the checkout.",
        f"id && ls -ldn {for_shell(path)}",
        Patch(
            "job.sh",
            "shell",
            f'id\nls -ldn {for_shell(path)}\nsudo chown -R "$(id -u):$(id -g)" {for_shell(path)}\n',
        ),
    )


def _version(case: Case) -> Told:
    module = case.first("module", "name", "path").partition(".")[0]
    package = module if NAME.fullmatch(module) else ""
    named = package or "the library of the last frame"
    return (
        f"Pin {named} to the version of the last green run, then move on purpose",
        f"The library's interface is not the one that the code was written for{_frame(case)}: "
        "compare `pip freeze` with that of the last green run.",
        f"pip show {for_shell(package)}" if package else "pip freeze",
        Patch(
            "job.sh",
            "shell",
            "pip freeze | sort > installed.txt\ndiff last-green.txt installed.txt\n",
        ),
    )


def _frame(case: Case) -> str:
    return f" ({case.place})" if case.place else ""


def _clock(case: Case) -> Told:
    return (
        "Freeze the clock and name the time zone in these tests",
        f"They compare with today, or with the machine's zone{_frame(case)}.",
        "TZ=UTC date && TZ=Asia/Kolkata date",
        Patch("conftest.py", "python", FROZEN),
    )


CAUSES: dict[str, Callable[[Case], Told]] = {
    "network_dns": _network,
    "tls_certificate": _certificate,
    "credentials": _credentials,
    "missing_dependency": _dependency,
    "permission": _permission,
    "version_mismatch": _version,
    "clock_timezone": _clock,
}
