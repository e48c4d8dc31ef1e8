"""What those who made an archive may have done to it."""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.readers import _archive, _streams
from tests.readers.packed import BODY, PACK, read, tarred, zipped

quickly = settings(max_examples=150, deadline=None)


def test_names_that_lead_elsewhere_are_only_labels() -> None:
    names = ["../../etc/passwd", "/abs/x", "C:\\win\\y", "a/./b", "new\nline\x1b[2J", ".."]
    files, problems = read(zipped(dict.fromkeys(names, b"x")), "z")
    assert problems == []
    assert list(files) == [
        "z!etc/passwd",
        "z!abs/x",
        "z!C:/win/y",
        "z!a/b",
        "z!new?line?[2J",
        "z!?",
    ]


def test_members_of_one_name_are_told_apart() -> None:
    two = tarred({"a": b"1"})[:1024] + tarred({"./a": b"2", "a#2": b"3"})
    assert read(two, "t")[0] == {"t!a": b"1", "t!a#2": b"2", "t!a#2#2": b"3"}


def test_links_and_devices_of_a_tar_are_skipped() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"odd{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("real")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    assert read(out.getvalue(), "t") == ({"t!real": b"x"}, [])


def test_links_and_folders_of_a_zip_are_skipped() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder/", b"")
        archive.writestr("__MACOSX/folder/._x", b"x")
        archive.writestr("folder/.DS_Store", b"x")
    assert read(out.getvalue()) == ({}, [])


def test_an_encrypted_member_is_a_problem() -> None:
    data = bytearray(zipped({"secret.xml": b"x", "open.xml": b"y"}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    files, [problem] = read(bytes(data), "z")
    assert files == {"z!open.xml": b"y"}
    assert (problem.source.path, problem.message) == ("z!secret.xml", "is encrypted")


def test_a_member_packed_in_an_unknown_way_is_a_problem() -> None:
    files, [problem] = read(zipped({"a": BODY}, zipfile.ZIP_LZMA), "z")
    assert files == {}
    assert "unknown way (14)" in problem.message


def test_a_member_with_a_wrong_checksum_is_a_problem() -> None:
    data = bytearray(zipped({"a": BODY}))
    data[data.index(b"PK\1\2") + 16] ^= 1
    assert "checksum" in read(bytes(data))[1][0].message


class _Pipe(io.RawIOBase):
    """Can't seek, so that a zip written to it tells sizes after the data."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] # zipfile writes bytes
        self.data += data
        return len(data)


@pytest.fixture
def streamed() -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.log", BODY * number)
    return bytes(pipe.data)


def test_a_streamed_zip_without_its_directory_gives_all_members(streamed: bytes) -> None:
    files, [problem] = read(streamed[: streamed.index(b"PK\1\2")], "z")
    assert files == {f"z!{number}.log": BODY * number for number in range(4)}
    assert problem.message == "breaks off before its end, or is damaged: it has no directory"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_torn_archive_gives_the_members_before_the_tear(
    pack: Callable[[dict[str, bytes]], bytes],
) -> None:
    data = pack({"1.log": BODY, "2.log": os.urandom(20_000), "3.log": BODY})
    files, problems = read(data[: len(data) // 2], "t")
    assert files["t!1.log"] == BODY
    assert 0 < len(files["t!2.log"]) < 20_000
    assert {problem.source.path for problem in problems} == {"t", "t!2.log"}


def test_a_torn_archive_within_does_not_end_the_one_around_it() -> None:
    inner = zipped({"1.log": BODY})
    files, problems = read(zipped({"torn.zip": inner[:-40], "whole.log": BODY}), "z")
    assert files == {"z!torn.zip!1.log": BODY, "z!whole.log": BODY}
    assert [problem.source.path for problem in problems] == ["z!torn.zip"]


def test_a_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_streams, "RATIO_FROM", 1 << 20)
    monkeypatch.setattr(_streams, "MOST_RATIO", 100)
    for bomb in (gzip.compress(bytes(8 << 20)), zipped({"0": bytes(8 << 20)})):
        files, [problem] = read(bomb)
        assert sum(map(len, files.values())) <= 2 << 20
        assert "unpacks to far too much" in problem.message


def test_a_bomb_in_many_parts_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_streams, "RATIO_FROM", 1 << 18)
    monkeypatch.setattr(_streams, "MOST_RATIO", 100)
    inner = zipped({str(number): bytes(1 << 16) for number in range(50)})
    files, problems = read(zipped({str(number): inner for number in range(50)}))
    assert sum(map(len, files.values())) < 4 << 20
    assert problems


def test_too_many_members_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MOST_MEMBERS", 10)
    files, [problem] = read(zipped({str(number): b"x" for number in range(20)}))
    assert len(files) == 10
    assert problem.message == "has more than 10 members, the rest was left out"


SOUND = [
    zipped({"a.log": BODY[:900], "b.zip": zipped({"c": BODY[:500]})}),
    tarred({"a.log": BODY[:900], "long/" * 40: b"x"}),
    gzip.compress(tarred({"a.log": BODY[:900]})),
    *(pack(BODY) for pack in PACK.values()),
]


@quickly
@given(st.sampled_from(SOUND), st.data())
def test_any_truncation_is_read_without_an_exception(sound: bytes, data: st.DataObject) -> None:
    read(sound[: data.draw(st.integers(0, len(sound)))])


@quickly
@given(st.sampled_from(SOUND), st.data())
def test_any_splice_is_read_without_an_exception(sound: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sound)))
    read(
        sound[:at] + data.draw(st.binary(max_size=40)) + sound[at + data.draw(st.integers(0, 9)) :]
    )


@quickly
@given(
    st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"BZh91AY&SY"]),
    st.binary(max_size=2000),
)
def test_arbitrary_bytes_are_read_without_an_exception(magic: bytes, tail: bytes) -> None:
    read(magic + tail)
