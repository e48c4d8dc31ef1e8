"""A saved report out of an archive that anybody may have made: read in memory, or refused."""

import gzip
import re
import struct
import zipfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import diagnose
from diagnose.api import saved
from diagnose.errors import InputError
from tests.readers.packed import tarred, zipped
from tests.reports.hostile import EVIL, everywhere
from tests.sample import sample

REPORT = diagnose.render(sample(), "json").encode()
EVIL_WORDS = f"{EVIL} @everyone #1 GH-1 [x](javascript:x) ![x](//evil.example/x.png) ::error::x"


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder / "artifact.zip"


@pytest.mark.parametrize(
    "packed",
    [
        REPORT,
        gzip.compress(REPORT),
        zipped({"report.json": REPORT}),
        zipped({"deep/er/report.json": REPORT, "report.html": b"<p>x", "runs.json": b'{"a": 1}'}),
        gzip.compress(tarred({"report.json": REPORT})),
    ],
    ids=["bare", "gz", "zip", "among others", "tar.gz"],
)
def test_a_report_is_found_wherever_it_was_packed(artifact: Path, packed: bytes) -> None:
    artifact.write_bytes(packed)
    assert diagnose.render(saved(artifact), "json").encode() == REPORT


def test_a_report_is_found_in_a_folder(artifact: Path) -> None:
    (artifact.parent / "report.json").write_bytes(REPORT)
    (artifact.parent / "report.xml").write_text("<testsuite/>")
    assert saved(artifact.parent).title == sample().title


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"report.json": REPORT, "other.json": REPORT}, "2 reports"),
        ({"report.xml": b"<testsuite/>"}, "0 reports"),
        ({}, "0 reports"),
        ({"report.json": REPORT[:-40]}, "not JSON"),
        ({"report.json": b'{"schema": "diagnose/1"}'}, "summary"),
        ({"report.json": b'{"schema": "diagnose/1", "x": ' + b"[" * 100_000}, "not JSON"),
        ({"report.json": b'{"schema": "diagnose/1"' + b" " * (65 << 20)}, "too large"),
    ],
    ids=["two", "none", "empty", "torn", "bare", "deep", "bomb"],
)
def test_anything_else_is_refused(artifact: Path, members: dict[str, bytes], said: str) -> None:
    artifact.write_bytes(zipped(members))
    with pytest.raises(InputError, match=said):
        saved(artifact)


def claimed(size: int) -> bytes:
    """Make an archive whose directory claims another size of its only member."""
    data = bytearray(zipped({"report.json": REPORT}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(data)


@pytest.mark.parametrize(("size", "said"), [(2 << 30, "too large"), (7, "longer than")])
def test_a_size_that_is_not_true_is_refused(artifact: Path, size: int, said: str) -> None:
    artifact.write_bytes(claimed(size))
    with pytest.raises(InputError, match=said):
        saved(artifact)


def test_a_bomb_within_archives_is_refused_before_it_unpacks(artifact: Path) -> None:
    bomb = zipped({"a.json": b'{"schema": "diagnose/1"' + bytes(65 << 20)})
    for _ in range(5):
        bomb = zipped({"a.zip": bomb})
    artifact.write_bytes(bomb)
    with pytest.raises(InputError, match="too many archives"):
        saved(artifact)


def test_a_path_that_leads_elsewhere_leads_nowhere(artifact: Path) -> None:
    artifact.write_bytes(zipped({"../../evil.json": REPORT}))
    before = sorted(artifact.parent.parent.rglob("*"))
    assert saved(artifact).title == sample().title
    assert sorted(artifact.parent.parent.rglob("*")) == before


def test_a_link_in_an_archive_is_not_followed(artifact: Path) -> None:
    target = artifact.with_name("secret.json")
    target.write_bytes(REPORT)
    link = zipfile.ZipInfo("report.json")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(artifact, "w") as archive:
        archive.writestr(link, str(target))
    with pytest.raises(InputError, match="0 reports"):
        saved(artifact)


def test_a_forged_report_can_not_mention_link_or_inject(artifact: Path) -> None:
    forged = diagnose.render(everywhere(EVIL_WORDS), "json").encode()
    artifact.write_bytes(zipped({"report.json": forged}))
    told = saved(artifact)
    page = MarkdownIt("gfm-like", {"linkify": False}).render(diagnose.render(told, "summary"))
    prose = re.sub(r"(?s)<(code)\b.*?</code>", "", page)  # in code, a name is only a name
    assert not re.search(r"<(?:script|img|a|style)\b", page)
    assert "everyone" in prose
    assert not re.search(r"[@#]\w", prose)
    for command in diagnose.render(told, "github").splitlines():
        assert command.startswith(("::notice ", "::error ", "::warning "))
