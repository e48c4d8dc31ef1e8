"""Secrets are replaced wherever they stand, and nothing else is."""

import time
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diagnose
from diagnose import api
from diagnose.diagnosis import Diagnosis, Incident, Item, NextRun, TestCase
from diagnose.errors import ConfigError
from diagnose.model import Gap, Input, Problem, Run, Source
from diagnose.redact import Redactor
from diagnose.reports import REPORTS
from diagnose.table import Row, TestTable
from tests.corpus import CORPUS, needs_corpus
from tests.fakes import Fake, fakes

FAKES = list(fakes())
ORDINARY = (Path(__file__).parent / "redact" / "ordinary.txt").read_text("utf-8").splitlines()
SPELT = (Path(__file__).parent / "redact" / "spelt.txt").read_text("utf-8").splitlines()


ONE = Redactor()


def clean(text: str) -> str:
    return ONE.text(text)


def test_there_are_enough_fakes() -> None:
    assert len({fake.secret for fake in FAKES}) >= 200
    assert len({fake.kind for fake in FAKES}) >= 30


@pytest.mark.parametrize("fake", FAKES, ids=lambda fake: fake.kind)
def test_a_secret_is_replaced_in_every_surrounding(fake: Fake) -> None:
    for around in ("{}", "E   RuntimeError: {}", "[gw0] log {} end", "x\n{}\ny", "test_a[{}]"):
        said = clean(around.format(fake.text))
        assert fake.secret not in said
        assert "[redacted:" in said


@pytest.mark.parametrize("fake", FAKES[: len(FAKES) // 7], ids=lambda fake: fake.kind)
@pytest.mark.parametrize(
    "hidden", ["\x1b[31m", "\x1b[0;1m", "#x1B[36m", "\x00", "\u200b", "\u202e"]
)
def test_colours_and_what_cannot_be_seen_hide_no_secret(fake: Fake, hidden: str) -> None:
    spelt = [fake.text.replace(fake.secret, hidden + fake.secret + hidden)]
    spelt += [fake.text.replace(fake.secret, fake.secret[:5] + hidden + fake.secret[5:])]
    spelt += [fake.text.replace("=", f"{hidden}={hidden}").replace(": ", f"{hidden}: {hidden}")]
    for text in spelt:
        said = clean(f"E   {hidden}RuntimeError: {text}").replace(hidden, "")
        assert fake.secret not in said
        assert "[redacted:" in said


def test_colours_stay_where_there_is_no_secret() -> None:
    line = "\x1b[31mE   assert 1 == 2\x1b[0m"
    assert clean(line) == line


@pytest.mark.parametrize("line", ORDINARY)
def test_ordinary_text_is_left_alone(line: str) -> None:
    assert clean(line) == line


@pytest.mark.parametrize("line", SPELT)
def test_however_it_is_spelt_it_is_found(line: str) -> None:
    assert "hunter2" not in clean(line)
    assert "[redacted:" in clean(line)


def test_user_and_host_stay() -> None:
    said = clean("postgresql://app:hunter2@db.example.test:5432/shop")
    assert said == "postgresql://app:[redacted:password]@db.example.test:5432/shop"


pieces = st.one_of(
    st.sampled_from([fake.text for fake in FAKES]),
    st.sampled_from(
        ["[redacted]", "[redacted:jwt]", "token=", '"', "'", ": ", "Cookie: ", "@", "://a:", "\\"]
    ),
    st.text(max_size=8),
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_to_redact_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    again = Redactor()
    assert again.text(once) == once
    assert not again.secrets


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "password=", 'password="', "://a:", "a@a.", "Cookie: a=b;", "eyJaaaaaaaa."),
        *("-----BEGIN PRIVATE KEY-----", "--password ", "x-key-", "api_key-access_", "token "),
        *("[redacted]", "bearer ", "password='\\", "://"),
        *("<password ", "password>a", "curl -u ", "http -a x:", "password&quot;", "\\u0022"),
        *(
            "password%3D",
            'password" value="',
            "mysql -",
            "mysql ",
            "auth('a', 'b",
            "login a password ",
        ),
        *("password='a", "test_a[", "test_a[a@b.de", "jdbc:oracle:a:", "password\\u003d"),
        *("cookie:", "authorization:a", "x-x-key:\\", "eyJaaaa-"),
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        begun = time.process_time()
        Redactor().text(piece * (size // len(piece)))
        return time.process_time() - begun

    assert seconds(400_000) < 12 * seconds(100_000) + 0.2


def test_a_pattern_of_ones_own_comes_first() -> None:
    redactor = Redactor([r"customer-\d+", r"pin (?P<secret>\d{4})"])
    assert redactor.text("customer-77 has pin 1234") == "[redacted:own] has pin [redacted:own]"
    assert redactor.secrets == {"customer-77", "1234"}


def test_a_pattern_that_is_none_is_the_users_mistake() -> None:
    with pytest.raises(ConfigError, match="no regular expression"):
        Redactor(["("])


@given(st.lists(st.lists(pieces, max_size=6).map("".join), max_size=8))
def test_many_texts_are_cleaned_as_each_alone_is(texts: list[str]) -> None:
    assert Redactor().value(tuple(texts)) == tuple(clean(text) for text in texts)


def test_sequences_within_sequences_hide_nothing_and_take_no_stack() -> None:
    secret = FAKES[0].secret
    assert secret not in clean(f"{secret[:9]}#x1B[#x1B[0m0m{secret[9:]}")
    deep = "#x1B[" * 20_000 + "0m" * 20_000
    assert clean(deep) == deep


def test_a_text_of_any_kind_is_searched() -> None:
    class Word(str):
        __slots__ = ()

    secret = FAKES[0]
    held = {"a": (Word(secret.text), Row(secret.text, "b")), secret.text: 1}
    assert secret.secret not in repr(Redactor().value(held))


def everywhere(text: str) -> Diagnosis:
    """Return a diagnosis that holds the text wherever it can hold one."""
    table = TestTable()
    table.extend([Row(text, text)])
    case = TestCase(text, text, text, text, outcomes={text: "failed"})
    item = Item("text", text, quote=text, source=Source(text, 3))
    return Diagnosis(
        (Run(text, (Input(text, "junit", 9),), table=table),),
        (Incident("x-1", text, (case,), ledger=(item,), missing=(text,)),),
        (Gap(text, "lost", text, (text,)),),
        (Problem(Source(text), text),),
        title=text,
    )


@pytest.mark.parametrize("fake", FAKES[:38], ids=lambda fake: fake.kind)
def test_no_field_of_any_format_holds_it(fake: Fake) -> None:
    incident = everywhere(fake.text).incidents[0]
    asked = replace(incident, next_run=NextRun(fake.text, fake.text))
    told = replace(everywhere(fake.text), incidents=(asked,))
    for form in REPORTS:
        assert fake.secret not in diagnose.render(told, form)
    (run,) = api.redact(told).runs
    assert fake.secret not in repr(list(run.table))


def test_what_differs_is_counted_once() -> None:
    told = everywhere(f"{FAKES[0].text} {FAKES[1].text}")
    assert api.redact(told).redactions == 2
    assert '"redactions": 2' in diagnose.render(told, "json")
    assert "2 secrets left out" in diagnose.render(told)


def junit(made: list[Fake]) -> str:
    return f"<testsuites><testsuite>{''.join(map(case, made))}</testsuite></testsuites>"


def case(fake: Fake) -> str:
    said, shown = quoteattr(fake.text), escape(fake.text)
    name = quoteattr(f"test_it[{fake.text}]")
    return (
        f'<testcase classname="tests.test_a" name={name} time="0.1">'
        f"<properties><property name='note' value={said}/></properties>"
        f"<failure message={said}>tests/test_a.py:3: in test_it\n"
        f"E   RuntimeError: {shown}</failure>"
        f"<system-out>{shown}</system-out><system-err>{shown}</system-err></testcase>"
    )


def console(made: list[Fake]) -> str:
    failed = "FAILED tests/test_a.py::test_it[{0}] - OSError: {0}"
    return "\n".join(
        [
            " test session starts ".center(80, "="),
            f"collected {len(made)} items\n",
            " short test summary info ".center(80, "="),
            *(failed.format(fake.text) for fake in made),
            f" {len(made)} failed in 1.00s ".center(80, "=") + "\n",
        ]
    )


def test_no_secret_of_any_input_gets_into_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bare = [fake for fake in FAKES if fake.bare]
    named = Path(f"{bare[0].secret}.xml")
    named.write_text(junit(FAKES))
    kernel = "[ 17.5] Out of memory: Killed process 9 ({}) total-vm:5kB, anon-rss:3kB\n"
    Path("dmesg").write_text("".join(kernel.format(fake.text) for fake in FAKES))
    service = "2026-01-14 15:18:30,123 ERROR shop.orders: {}\n"
    Path("service.log").write_text("".join(service.format(fake.text) for fake in FAKES))
    Path("console.log").write_text(console(FAKES))
    runs = [f"{bare[1].secret}={named},dmesg,service.log@4", "console.log"]
    told = diagnose.examine(runs, kernel=["dmesg"], title=f"nightly {bare[2].secret}")
    assert any(fake.secret in repr(told) for fake in FAKES)
    for form in REPORTS:
        report = diagnose.render(told, form)
        assert [fake.text for fake in FAKES if fake.secret in report] == []
    ids, why = api.rerun(api.redact(told))
    said = "\n".join([api.doctor(told), *ids, *why])
    assert [fake.text for fake in FAKES if fake.secret in said] == []


def test_a_test_that_is_named_by_an_address_can_be_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "tests/test_a.py::test_mail[ida@example.org]"
    case = TestCase(name, "tests.test_a", "test_mail[ida@example.org]", "tests/test_a.py")
    incident = Incident(
        "x-1", "1 test failed: ida@example.org was refused", (case,), "environment", "network_dns"
    )
    told = Diagnosis(incidents=(replace(incident, wording="verdict"),))
    Path("r.json").write_text(diagnose.render(told, "json"), "utf-8")
    assert api.rerun(api.saved(Path("r.json")))[0] == [name]
    assert "[redacted:email] was refused" in Path("r.json").read_text("utf-8")


def test_a_redacted_quote_is_found_and_a_forged_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one = Fake("url", "", "cannot reach postgresql://app:hunter2@db.example.test")
    Path("a.xml").write_text(junit([one]))
    report = diagnose.render(diagnose.examine(["a.xml"]), "json")
    Path("r.json").write_text(report)
    assert "hunter2" not in report
    quotes, wrong = api.verify(Path("r.json"))
    assert quotes
    assert wrong == []
    coloured = junit([one]).replace("cannot reach", "#x1B[31mcannot#x1B[0m reach\u200b")
    Path("a.xml").write_text(coloured, "utf-8")
    assert api.verify(Path("r.json")) == (quotes, [])
    Path("r.json").write_text(report.replace("[redacted:password]@db", "[redacted:password]@other"))
    assert len(api.verify(Path("r.json"))[1]) == quotes


@needs_corpus
@pytest.mark.parametrize("part", ["logs", "kernel", "junit", "junit_other"])
def test_ordinary_lines_are_left_alone(part: str) -> None:
    seen, changed, redactor = 0, 0, Redactor()
    for path in sorted(filter(Path.is_file, (CORPUS / part).rglob("*"))):
        for line in path.read_text("utf-8", "replace").split("\n")[:2000:10]:
            seen += 1
            changed += redactor.text(line[:2000]) != line[:2000]
    assert changed <= seen / 100
