"""A text that is packed is a text to all who ask."""

import copy
import pickle
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose import packed
from diagnose.model import Captured, Failure, Source
from diagnose.packed import Pack, Packer, Part

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
