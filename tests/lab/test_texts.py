"""The texts that accuracy is measured on are labelled in our words, split by project, and clean."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from diagnose.causes import catalogue
from diagnose.diagnosis import Verdict
from tests.program import ROOT

Text = dict[str, Any]

FOLDER = ROOT / "lab" / "texts"
FIELDS = {
    "id": str,
    "source": str,
    "project": str,
    "split": str,
    "language": str,
    "text": str,
    "verdict": str,
    "cause": str,
    "hard": bool,
    "concluded": str,
}
VERDICTS = set(get_args(Verdict))
CAUSES = set(catalogue())
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WHO_SAID_WHAT = re.compile(r"[^:]{4,60}: .{10,160}|.{20,180}")
THREAD = re.compile(r"([\w.-]+/[\w.-]+)#\d+")
PAGE = re.compile(r"https://(?:www\.)?([\w.-]+)/\S+")
HOST = re.compile(
    r"\b(?:https?|wss?|amqp|redis|postgres(?:ql)?|mysql|mongodb)://(?:[^\s/@]*@)?([\w.-]+)"
)
EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|gh[pousr]_\w{20}|xox[abpr]-|-----BEGIN|eyJ\w{10,}\.eyJ|sk-\w{20}"
    r"|(?i:password|secret|token)=[^\s*<]"
)
RESERVED = re.compile(
    r"(?:.+\.)?example(?:\.com|\.org|\.net)?|.+\.(?:test|invalid|localhost)|[^.]+"
)
DOCUMENTED = {"sqlalche.me"}  # in the message of every SQLAlchemy error


def read(name: str) -> list[Text]:
    """Read a file of texts."""
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


CASES = read("cases.jsonl")
NEGATIVES = read("negatives.jsonl")
ALL = CASES + NEGATIVES


def project_of(source: str) -> str | None:
    """Say whose thread or page it is."""
    found = THREAD.fullmatch(source) or PAGE.fullmatch(source)
    return found[1] if found else None


def split_of(project: str) -> str:
    """Say on which side a project is, for ever."""
    return ("train", "test")[hashlib.sha256(project.encode()).digest()[0] % 2]


def reached(text: str) -> set[str]:
    """Find every host that a text names and that somebody could own."""
    hosts = {host.lower().rstrip(".") for host in HOST.findall(text) + EMAIL.findall(text)}
    named = {host for host in hosts if not RESERVED.fullmatch(host) and not ADDRESS.fullmatch(host)}
    numbers = {ipaddress.ip_address(found) for found in ADDRESS.findall(text)}
    return named - DOCUMENTED | {str(number) for number in numbers if number.is_global}


def labels(case: Text) -> Iterator[tuple[str, str]]:
    """Yield what was concluded, and what is accepted beside it."""
    for label in [case, *case["accept"]]:
        yield label["verdict"], label["cause"]


def test_a_text_has_every_field() -> None:
    assert [text for text in ALL if {name: type(text.get(name)) for name in FIELDS} != FIELDS] == []
    assert [text["id"] for text in ALL if not NAME.fullmatch(text["id"])] == []
    assert [text["id"] for text in ALL if not 40 <= len(text["text"]) <= 3000] == []


def test_a_text_tells_who_concluded_what() -> None:
    assert [text["id"] for text in ALL if not WHO_SAID_WHAT.fullmatch(text["concluded"])] == []


def test_a_text_names_its_source_and_the_project_that_the_split_goes_by() -> None:
    assert [text["id"] for text in ALL if project_of(text["source"]) != text["project"]] == []


def test_no_project_is_on_both_sides_of_the_split() -> None:
    assert [text["id"] for text in ALL if text["split"] != split_of(text["project"])] == []


def test_a_text_tells_no_secret_and_no_host_of_anybodys() -> None:
    assert {text["id"]: hosts for text in ALL if (hosts := reached(text["text"]))} == {}
    assert [text["id"] for text in ALL if SECRET.search(text["text"])] == []


def test_a_case_is_labelled_in_the_words_of_the_catalogue() -> None:
    used = {(case["id"], *label) for case in CASES for label in labels(case)}
    assert [label for label in used if label[1] not in VERDICTS or label[2] not in CAUSES] == []
    assert len(used) == sum(1 + len(case["accept"]) for case in CASES)
    assert {type(case["identifiable"]) for case in CASES} == {bool}


def test_a_negative_has_no_cause() -> None:
    assert {(text["verdict"], text["cause"]) for text in NEGATIVES} == {("none", "none")}


def test_nothing_is_there_twice() -> None:
    ids = Counter(text["id"] for text in ALL)
    texts = Counter(text["text"] for text in ALL)
    assert [name for name, times in (ids + texts).items() if times > 1] == []


def test_every_cause_is_there_on_both_sides_of_the_split() -> None:
    times = Counter(case["cause"] for case in CASES)
    assert {cause for cause in CAUSES if times[cause] < 3} == set()
    train = {case["cause"] for case in CASES if case["split"] == "train"}
    held_out = {case["cause"] for case in CASES if case["split"] == "test"}
    assert train == held_out == CAUSES


def test_there_are_enough_to_mean_something() -> None:
    assert len(CASES) >= 150
    assert len(NEGATIVES) >= 25
    assert sum(case["language"] == "python" for case in CASES) >= 0.5 * len(CASES)
    assert sum(case["hard"] for case in CASES) >= 0.3 * len(CASES)
    assert sum(case["split"] == "test" for case in CASES) >= 400
    assert sum(case["split"] == "train" for case in CASES) >= 0.4 * len(CASES)


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("GET http://localhost:8000/a", set()),
        ("mail a@example.com of https://api.example.com/v1", set()),
        ("listening on 127.0.0.1:80 and 10.0.0.7", set()),
        ("GET https://shop.acme-store.io/cart", {"shop.acme-store.io"}),
        ("connect to 8.8.8.8:53", {"8.8.8.8"}),
        ("wss://live.acme-store.io", {"live.acme-store.io"}),
    ],
)
def test_a_host_that_could_be_somebodys_is_found(text: str, hosts: set[str]) -> None:
    assert reached(text) == hosts
