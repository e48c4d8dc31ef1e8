"""What must never be said, whatever the weights are: small runs, through the whole program."""

from html import escape
from pathlib import Path

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis, Incident

TESTS = 20
TIMEOUT = """\
    def test_it(client):
>       client.get("/users")

tests/test_users.py:7:
E   httpx.ReadTimeout: timed out

.venv/lib/python3.12/site-packages/httpx/_transports/default.py:118: ReadTimeout"""
RACE = """\
    def test_it(client):
        answer = client.post("/tickets")
>       assert answer.status_code == 201, answer.text
E       AssertionError: {"detail":"RuntimeError: ticket number 7 assigned twice"}
E       assert 500 == 201

tests/test_tickets.py:9: AssertionError"""
CREDENTIALS = """\
    def test_it(bucket):
>       bucket.put("a")

tests/test_store.py:5:
E   botocore.exceptions.NoCredentialsError: Unable to locate credentials

.venv/lib/python3.12/site-packages/botocore/auth.py:432: NoCredentialsError"""
PLAIN = """\
    def test_it():
>       assert total([1, 2]) == 4
E       assert 3 == 4

tests/test_total.py:3: AssertionError"""
CRASH = "worker 'gw3' crashed while running 'tests/test_it.py::test_1'"


def junit(failures: dict[int, str], name: str = "test", out: str = "", tag: str = "failure") -> str:
    cases = []
    for number in range(TESTS):
        said = ""
        if number in failures:
            text = failures[number]
            lines = [line[1:].strip() for line in text.split("\n") if line.startswith("E ")]
            message = escape(lines[-1] if lines else text, quote=True)
            said = f'<{tag} message="{message}">{escape(text)}</{tag}>'
            said += f"<system-out>{escape(out)}</system-out>" if out else ""
        start = f'<testcase classname="tests.test_it" name="{name}_{number}" time="0.5">'
        cases.append(f"{start}{said}</testcase>")
    return (
        f'<testsuite name="pytest" tests="{TESTS}" time="10" timestamp="2026-01-14T15:18:30">'
        f"{''.join(cases)}</testsuite>"
    )


def diagnosis_of(folder: Path, **runs: str) -> Diagnosis:
    names = []
    for label, text in runs.items():
        path = folder / f"{label}.xml"
        path.write_text(text, "utf-8")
        workers = 8 if label.startswith("p") else 1
        names.append(f"{label}={path}@{workers}")
    return diagnose.examine(names)


def only(found: Diagnosis) -> Incident:
    (incident,) = found.incidents
    return incident


FIVE = range(5)


def test_a_dead_worker_without_a_witness_is_no_oom_kill(tmp_path: Path) -> None:
    dead = junit({1: CRASH}, tag="error").replace(
        "message=&quot;worker", "message=&quot;failed on setup with worker"
    )
    found = only(diagnosis_of(tmp_path, s=junit({}), p=dead))
    assert found.cause in ("worker_killed", "crash", "unknown")
    assert found.verdict != "resource_exhaustion"
    assert any("kernel log" in text for text in found.missing)


def test_exit_code_137_alone_is_no_oom_kill(tmp_path: Path) -> None:
    text = "E   subprocess.CalledProcessError: Command '['make']' died with exit code 137"
    found = only(diagnosis_of(tmp_path, p=junit({1: text})))
    assert found.cause != "oom_kill" or found.confidence < 0.7


def test_a_time_out_in_every_run_is_not_excused_as_load(tmp_path: Path) -> None:
    slow = junit(dict.fromkeys(FIVE, TIMEOUT))
    found = only(diagnosis_of(tmp_path, s1=slow, s2=slow, p1=slow, p2=slow))
    assert (found.verdict, found.cause) == ("service_fault", "timeout_regression")


def test_the_same_time_out_in_parallel_only_is_starvation(tmp_path: Path) -> None:
    slow, fine = junit(dict.fromkeys(FIVE, TIMEOUT)), junit({})
    found = only(diagnosis_of(tmp_path, s1=fine, p1=slow, s2=fine, p2=slow))
    assert (found.verdict, found.cause) == ("resource_exhaustion", "starved_response")
    assert found.headline.startswith("5 tests failed in parallel only: ")


def test_a_race_that_only_load_shows_stays_a_service_fault(tmp_path: Path) -> None:
    broken, fine = junit(dict.fromkeys(FIVE, RACE)), junit({})
    found = only(diagnosis_of(tmp_path, s1=fine, p1=broken, s2=fine, p2=broken))
    assert (found.verdict, found.cause) == ("service_fault", "http_5xx")


def test_missing_credentials_of_the_parallel_job_are_environment(tmp_path: Path) -> None:
    refused, fine = junit(dict.fromkeys(FIVE, CREDENTIALS)), junit({})
    found = only(diagnosis_of(tmp_path, s=fine, p=refused))
    assert (found.verdict, found.cause) == ("environment", "credentials")


def test_a_test_that_did_not_run_has_not_passed(tmp_path: Path) -> None:
    slow = junit(dict.fromkeys(FIVE, TIMEOUT))
    absent = junit({}, name="other")
    alone = only(diagnosis_of(tmp_path, p=slow))
    beside = only(diagnosis_of(tmp_path, s=absent, p=slow))
    assert all("s" not in test.outcomes for test in beside.tests)
    assert beside.confidence == alone.confidence


def test_one_run_against_one_never_scales(tmp_path: Path) -> None:
    slow = junit(dict.fromkeys(range(TESTS), TIMEOUT))
    said = diagnosis_of(tmp_path, s=junit({}), p=slow).parallelism
    assert said.relation == "parallel_only"
    assert "cannot tell that from chance" in said.statement
    assert said.p_value == 0.5


def test_a_failure_that_counts_fifty_times_is_no_surer(tmp_path: Path) -> None:
    one = only(diagnosis_of(tmp_path, s=junit({}), p=junit({1: CREDENTIALS})))
    many = only(diagnosis_of(tmp_path, s=junit({}), p=junit(dict.fromkeys(range(19), CREDENTIALS))))
    assert abs(one.confidence - many.confidence) < 0.05


@pytest.mark.parametrize(
    "words",
    [
        "Killed\nMemoryError\nOut of memory: Killed process 1 (python)",
        "java -Xmx2g -XX:+HeapDumpOnOutOfMemoryError -jar app.jar",
        "QueuePool limit of size 5 overflow 10 reached, connection timed out, retried: ok",
        "HTTP/1.1 429 Too Many Requests; retry in 1 s; done",
    ],
)
def test_alarming_words_beside_a_plain_assertion_decide_nothing(tmp_path: Path, words: str) -> None:
    found = only(diagnosis_of(tmp_path, p=junit({1: PLAIN}, out=words)))
    assert found.verdict not in ("resource_exhaustion", "environment", "test_isolation")


@pytest.mark.parametrize("said", ["'Disk is full' == 'Disk is fine'", "'slow down' == 'welcome'"])
def test_what_a_product_says_of_a_shortage_is_likely_no_shortage(tmp_path: Path, said: str) -> None:
    found = only(diagnosis_of(tmp_path, p=junit({1: PLAIN.replace("3 == 4", said)})))
    assert found.verdict != "resource_exhaustion" or found.wording == "undetermined"


def test_who_says_nothing_beside_slower_tests_is_not_surely_short_of_anything(
    tmp_path: Path,
) -> None:
    mute = junit({1: "tests/test_it.py:9: ", 2: "tests/test_it.py:9: ", 3: "tests/test_it.py:9: "})
    slower = mute.replace('time="0.5"><failure', 'time="2.2"><failure')
    slower = slower.replace('time="0.5"', 'time="0.9"')
    found = only(diagnosis_of(tmp_path, s=junit({}), p=slower))
    assert {item.kind for item in found.ledger} >= {"inflation", "comparison"}
    assert found.verdict != "resource_exhaustion" or found.wording == "undetermined"


def test_a_line_of_megabytes_is_quoted_as_far_as_it_was_read(tmp_path: Path) -> None:
    huge = PLAIN.replace("3 == 4", "x == " + "'y' " * 100_000)
    report = tmp_path / "p.xml"
    report.write_text(junit({1: huge}), "utf-8")
    found = only(diagnose.examine([str(report)]))
    (quote,) = [item.quote for item in found.ledger if item.quote]
    assert quote.startswith("E       assert x == 'y'")
    assert quote in huge


def test_alarming_test_names_decide_nothing(tmp_path: Path) -> None:
    name = "test_connection_pool_exhausted_oom_killed_too_many_open_files"
    found = only(diagnosis_of(tmp_path, p=junit({1: PLAIN}, name=name)))
    assert found.verdict != "resource_exhaustion"


def test_a_green_run_of_alarming_words_is_green(tmp_path: Path) -> None:
    green = junit({}, name="test_oom_killed_timeout_connection_refused")
    assert diagnosis_of(tmp_path, s=green, p=green).incidents == ()


def test_two_causes_at_the_same_time_are_two_incidents(tmp_path: Path) -> None:
    mixed = junit({1: TIMEOUT, 2: TIMEOUT, 3: TIMEOUT, 7: CREDENTIALS, 8: CREDENTIALS})
    causes = {each.cause for each in diagnosis_of(tmp_path, s=junit({}), p=mixed).incidents}
    assert causes == {"starved_response", "credentials"}


def test_a_dead_server_is_one_incident_in_whatever_words(tmp_path: Path) -> None:
    texts = (
        "E   requests.exceptions.ConnectionError: HTTPConnectionPool(host='api', port=80): Max"
        " retries exceeded (Caused by NewConnectionError('[Errno 111] Connection refused'))",
        "E   httpx.ConnectError: [Errno 111] Connection refused",
        "E   ConnectionRefusedError: [Errno 111] Connection refused",
    )
    refused = junit({number: texts[number % 3] for number in range(12)})
    found = diagnosis_of(tmp_path, s=junit({}), p=refused)
    assert len({each.cause for each in found.incidents}) == 1


def test_contributions_add_up_to_the_odds(tmp_path: Path) -> None:
    from math import log10

    slow, fine = junit(dict.fromkeys(FIVE, TIMEOUT)), junit({})
    found = only(diagnosis_of(tmp_path, s1=fine, p1=slow, s2=fine, p2=slow))
    first, second = sorted(found.posterior.values(), reverse=True)[:2]
    total = sum(item.decibans for item in found.ledger)
    assert abs(total - 10 * log10(first / second)) < 0.1


def test_the_next_run_names_a_test_once_however_many_runs_it_failed_in(tmp_path: Path) -> None:
    wrong = junit({1: ">       assert total() == 100\nE       assert 99 == 100"})
    found = only(diagnosis_of(tmp_path, p1=wrong, p2=wrong, p3=wrong))
    assert found.next_run
    assert found.next_run.command.count(found.tests[0].id) == 1


WAITED = """\
    def test_it(queue):
        queue.put(7)
>       assert wait_for(lambda: queue.seen(7), timeout=2) is not None
E       assert None is not None
E        +  where None = wait_for(<function <lambda> at 0x7f3a10>, timeout=2)

tests/test_queue.py:9: AssertionError"""


def test_who_waits_in_vain_where_nobody_else_came_near_the_deadline_may_wait_for_what_was_lost(
    tmp_path: Path,
) -> None:
    serial, busy = junit({}), junit(dict.fromkeys((3, 7, 9, 12), WAITED))
    busy = busy.replace('time="0.5"><failure', 'time="2.02"><failure')
    (tmp_path / "serial.xml").write_text(serial.replace('time="0.5"', 'time="0.1"'))
    (tmp_path / "n4.xml").write_text(busy.replace('time="0.5"', 'time="0.3"'))
    (tmp_path / "n8.xml").write_text(busy.replace('time="0.5"', 'time="0.3"'))
    runs = [f"{tmp_path}/serial.xml@1", f"{tmp_path}/n4.xml@4", f"{tmp_path}/n8.xml@8"]
    for incident in diagnose.examine(runs).incidents:
        assert incident.verdict != "resource_exhaustion" or incident.confidence < 0.7
