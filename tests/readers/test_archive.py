"""What a user may name, and what those who made it may have done to it."""

import bz2
import gzip
import io
import lzma
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Problem, Source
from diagnose.readers import _archive, _streams
from diagnose.readers._archive import expand
from diagnose.readers._file import File

BODY = b"".join(b"%d: ready to accept connections\n" % number for number in range(400))
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
}
quickly = settings(max_examples=150, deadline=None)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(members: dict[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data: bytes, name: str = "a") -> tuple[dict[str, bytes], list[Problem]]:
    """Expand bytes; what breaks off in a member counts as its problem, as it does for readers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        path.write_bytes(data)
        return drain(path, name)


def drain(path: str | Path, name: str) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems = []
    for found in list(expand(path, name)):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        assert found.path not in files
        files[found.path], trouble = content(found)
        problems += trouble
        assert content(found)[0] == files[found.path], "a file can be read twice"
    return files, problems


def content(file: File) -> tuple[bytes, list[Problem]]:
    data = b""
    try:
        for block in file.blocks(1 << 14):
            data += block
    except OSError as error:
        return data, [Problem(Source(file.path), str(error))]
    return data, []


def test_a_plain_file_is_itself() -> None:
    assert read(BODY) == ({"a": BODY}, [])


def test_an_empty_file_is_handed_on() -> None:
    assert read(b"") == ({"a": b""}, [])


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    [found] = expand(tmp_path / "gone.xml", "gone.xml")
    assert isinstance(found, Problem)
    assert found.message == "could not be opened: No such file or directory"


@pytest.mark.parametrize("codec", PACK)
def test_a_packed_file_is_known_by_its_content(codec: str) -> None:
    assert read(PACK[codec](BODY), "a.txt") == ({"a.txt": BODY}, [])


@pytest.mark.parametrize("codec", PACK)
def test_packed_streams_that_follow_each_other_are_one(codec: str) -> None:
    assert read(PACK[codec](BODY) + PACK[codec](b"more")) == ({"a": BODY + b"more"}, [])


@pytest.mark.parametrize("codec", PACK)
def test_a_packed_file_that_breaks_off_gives_what_came_before(codec: str) -> None:
    body = os.urandom(1 << 19)  # bzip2 gives nothing of a block that is not whole
    files, [problem] = read(PACK[codec](body)[: 3 << 17])
    assert body.startswith(files.get("a", b""))
    assert files or codec == "bz2"
    assert "breaks off" in problem.message


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_members_are_named_after_their_archive(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    members = {"dir/member.xml": BODY, "empty": b"", "ünï.log": b"x"}
    expected = {f"art.zip!{name}": data for name, data in members.items()}
    assert read(pack(members), "art.zip") == (expected, [])


@pytest.mark.parametrize("codec", PACK)
def test_a_packed_tar_is_one_archive(codec: str) -> None:
    files, problems = read(PACK[codec](tarred({"a.log": BODY, "b.log": b"b"})), "t")
    assert (files, problems) == ({"t!a.log": BODY, "t!b.log": b"b"}, [])


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_of_a_tar_are_whole(kind: int) -> None:
    name = "/".join(["a" * 60] * 5)
    assert read(tarred({name: b"x"}, kind), "t") == ({f"t!{name}": b"x"}, [])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_an_archive_in_an_archive_is_opened(method: int) -> None:
    inner = zipped({"junit.xml": BODY, "log.gz": gzip.compress(BODY)}, method)
    files, problems = read(zipped({"artifact.zip": inner, "note": b"n"}, method), "o")
    assert problems == []
    assert files == {
        "o!artifact.zip!junit.xml": BODY,
        "o!artifact.zip!log.gz": BODY,
        "o!note": b"n",
    }


def test_archives_too_deep_within_each_other_are_left() -> None:
    data = zipped({"x": b"x"})
    for _ in range(4):
        data = zipped({"a.zip": data})
    files, [problem] = read(data)
    assert files == {}
    assert problem.message == "is an archive within too many archives"


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


def test_a_program_or_document_is_not_opened() -> None:
    jar = zipped({"META-INF/MANIFEST.MF": b"x", "A.class": b"y"})
    assert read(jar, "app.jar") == ({"app.jar": jar}, [])


def test_zstd_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    files, [problem] = read(b"\x28\xb5\x2f\xfd" + bytes(20))
    assert files == {}
    assert "diagnose[zst]" in problem.message


def test_zstd_is_read_where_its_library_is() -> None:
    pytest.importorskip("zstandard", reason="needs the extra diagnose[zst]")
    tool = shutil.which("zstd") or pytest.skip("needs the program zstd")
    packed = subprocess.run([tool], input=BODY * 99, capture_output=True, check=True).stdout
    assert read(packed + packed) == ({"a": BODY * 198}, [])
    files, [problem] = read(packed[:-9])
    assert BODY.startswith(files["a"][:100])
    assert "breaks off" in problem.message


def test_a_folder_is_read_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.log", "b/1.log", "a.log", ".hidden", ".git/x", "c.log"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "z.zip").write_bytes(zipped({"m": b"x"}))
    files, problems = drain(tmp_path, "run")
    assert list(files) == ["run/a.log", "run/b/1.log", "run/b/2.log", "run/c.log", "run/z.zip!m"]
    assert problems == []


def test_only_a_link_to_what_is_not_met_otherwise_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    (folder / "..data").mkdir(parents=True)
    (folder / "..data" / "x.log").write_bytes(b"x")
    (folder / "real.log").write_bytes(b"r")
    (tmp_path / "secret").write_bytes(b"s")
    links = {"x.log": "..data/x.log", "again.log": "real.log", "out": "../secret", "loop": "loop"}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (folder / "up").symlink_to(folder, target_is_directory=True)
    files, problems = drain(folder, "run")
    assert files == {"run/real.log": b"r", "run/x.log": b"x"}
    assert [problem.source.path for problem in problems] in ([], ["run/loop"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs an operating system with FIFOs")
def test_a_fifo_within_a_folder_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert drain(tmp_path, "run") == ({}, [])


def test_a_folder_too_deep_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "DEEPEST_FOLDER", 2)
    (tmp_path / "1/2/3").mkdir(parents=True)
    (tmp_path / "1/2/a.log").write_bytes(b"x")
    files, [problem] = drain(tmp_path, "run")
    assert list(files) == ["run/1/2/a.log"]
    assert problem.source.path == "run/1/2/3"


def test_standard_input_can_be_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(tarred({"a.log": BODY}))))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert drain("-", "-") == ({"-!a.log": BODY}, [])


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
