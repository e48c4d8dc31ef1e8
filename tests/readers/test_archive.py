"""What a user may name: files, folders, archives, standard input."""

import errno
import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from diagnose.model import Problem
from diagnose.readers import _archive
from diagnose.readers._archive import expand
from diagnose.readers._file import OnDisk
from tests.readers.packed import BODY, PACK, drain, read, tarred, zipped


def test_a_plain_file_is_itself() -> None:
    assert read(BODY) == ({"a": BODY}, [])


def test_an_empty_file_is_handed_on() -> None:
    assert read(b"") == ({"a": b""}, [])


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    [found] = expand(tmp_path / "gone.xml", "gone.xml")
    assert isinstance(found, Problem)
    assert found.message == "could not be opened: No such file or directory"


def test_a_file_that_may_not_be_read_is_told_without_a_number_or_its_name_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: OnDisk) -> BinaryIO:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "secret.xml")

    (tmp_path / "secret.xml").write_bytes(BODY)
    monkeypatch.setattr(OnDisk, "__call__", refuse)
    [found] = expand(tmp_path / "secret.xml", "secret.xml")
    assert isinstance(found, Problem)
    assert found.message == "Permission denied"


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


def test_standard_input_that_is_closed_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    [found] = expand("-", "-")
    assert isinstance(found, Problem)
