"""A folder of real files with known results, which is too large for the repository.

The environment names it (`DIAGNOSE_CORPUS`), or its archives lie beside the checkout.
"""

import os
import shutil
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARCHIVES = ROOT.parent / "shared" / "corpus"
UNPACKED = ROOT / "build" / "corpus"


def _folder() -> Path:
    if named := os.environ.get("DIAGNOSE_CORPUS"):
        return Path(named)
    if ARCHIVES.is_dir() and not UNPACKED.is_dir():
        draft = UNPACKED.with_name(f"corpus.{os.getpid()}")
        for archive in sorted(ARCHIVES.glob("*.tar.xz")):
            with tarfile.open(archive) as tar:
                tar.extractall(draft, filter="data")
        try:
            draft.rename(UNPACKED)
        except OSError:  # another process was quicker
            shutil.rmtree(draft)
    return UNPACKED


CORPUS = _folder()
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs DIAGNOSE_CORPUS, a folder of real files with known results"
)
