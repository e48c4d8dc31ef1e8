"""The token travels in private, to a host that can show who it is."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from diagnose.errors import DeliveryError
from tests.publishers.forge import Fault
from tests.publishers.forge import serving as serve
from tests.publishers.scenes import Scene


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for 127.0.0.1 that nobody trusts yet, and its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -batch"
    name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(path.with_suffix(".key")), "-out", str(path)]
    subprocess.run([openssl, *words.split(), *name, *files], check=True, capture_output=True)
    path.write_text(path.read_text() + path.with_suffix(".key").read_text())
    return path


def test_a_forge_is_talked_to_in_private(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate)
    with serve("github", secure) as forge:
        scene = Scene("github", forge)
        with pytest.raises(DeliveryError, match=r"(?i)certificate"):
            scene.deliver()
        assert forge.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        forge.faults.append(Fault("drip", "GET"))
        assert scene.deliver().what == "created"
