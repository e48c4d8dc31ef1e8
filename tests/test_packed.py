"""A text that is packed is a text to all who ask."""

import copy
import os
import pickle
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose import packed
from diagnose.model import Captured, Failure, Source
from diagnose.packed import Pack, Packer, Part, Store

HERE = Source("report.xml", 7)
TEXT = "E   assert 'é' == 'e'\n" * 400


def part(text: str = TEXT) -> Part:
    packer = Packer()
    packer.add(b"before")
    number, begin = packer.add(text.encode())
    return Part(Pack(packer.packs()[number]), begin, begin + len(text.encode()))


def failure(said: str | Part) -> Failure:
    return Failure("failed", "m", HERE, cast(str, said))


@given(st.lists(st.binary(max_size=90_000), max_size=12))
def test_every_text_is_found_again(texts: list[bytes]) -> None:
    packer = Packer()
    places = [packer.add(text) for text in texts]
    packs = [Pack(data) for data in packer.packs()]
    for text, (number, begin) in zip(texts, places, strict=True):
        assert Part(packs[number], begin, begin + len(text)).data() == text


needs_pread = pytest.mark.skipif(not hasattr(os, "pread"), reason="needs os.pread")


@needs_pread
def test_a_store_gives_back_what_it_was_given() -> None:
    store = Store.made()
    assert store
    packer = Packer(store)
    places = [packer.add(text) for text in (b"one" * 20_000, b"two", b"")]
    packs = [Pack(data, store=store) for data in packer.packs()]
    assert all(isinstance(data, tuple) for data in packer.packs())
    assert Part(packs[places[0][0]], 0, 6).text() == "oneone"
    assert Part(packs[places[1][0]], places[1][1], places[1][1] + 3).text() == "two"
    assert pickle.loads(pickle.dumps(packs[1])).data() == packs[1].data()


@needs_pread
def test_a_full_disk_leaves_texts_packed_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.made()
    assert store

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    packer = Packer(store)
    packer.add(b"text")
    monkeypatch.setattr(os, "pwrite", lambda *_: 1)  # a part of it
    packer.add(b"more" * packed.SIZE)
    (data,) = packer.packs()
    assert isinstance(data, bytes)
    assert Pack(data).data()[:8] == b"textmore"


def test_where_there_can_be_no_store_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: (_ for _ in ()).throw(OSError))
    assert Store.made() is None


def test_a_packed_failure_equals_one_that_is_not() -> None:
    plain, waiting = failure(TEXT), failure(part())
    assert waiting.text == TEXT
    assert (waiting, hash(waiting), repr(waiting)) == (plain, hash(plain), repr(plain))
    assert replace(waiting, message="n") == replace(plain, message="n")
    assert replace(waiting, text="other").text == "other"


def test_what_a_test_wrote_may_be_packed_too() -> None:
    assert Captured("stdout", cast(str, part()), HERE).text == TEXT


@pytest.mark.parametrize("way", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_it_stays_packed_on_its_way_to_another_process(way) -> None:  # type: ignore[no-untyped-def]  # any function of a value
    many = [failure(part()) for _ in range(2)]
    assert way(many) == many
    assert len(pickle.dumps(way(many[0]))) < len(TEXT) / 4


def test_a_frozen_text_stays_frozen() -> None:
    with pytest.raises(AttributeError):
        failure(part()).text = "other"  # type: ignore[misc]  # that is the point


def test_few_packs_are_open_at_once() -> None:
    packs = [part(str(number) * 100_000) for number in range(packed.OPEN * 3)]
    assert all(each.text()[0] == str(number)[0] for number, each in enumerate(packs))
    assert Pack.data.cache_info().currsize <= packed.OPEN
