"""Two jobs: what bears company in parallel, then the rest alone."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import cases
from diagnose.advice._serial import LIST, load
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.words import plural

RANK = 2
GITHUB = """\
name: tests
on: [push, pull_request]
jobs:
  parallel:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: pytest -n {workers} -m "not serial_only" --junitxml=parallel.xml
      - if: always()
        uses: actions/upload-artifact@v7
        with: {{name: parallel, path: parallel.xml}}
  serial:
    needs: parallel
    if: always()
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: pytest -n 0 -m serial_only --junitxml=serial.xml
      - if: always()
        uses: actions/upload-artifact@v7
        with: {{name: serial, path: serial.xml}}
"""
GITLAB = """\
parallel:
  stage: test
  script:
    - pytest -n {workers} -m "not serial_only" --junitxml=parallel.xml
  artifacts:
    when: always
    reports: {{junit: parallel.xml}}
serial:
  stage: test
  needs: [{{job: parallel, optional: true}}]
  when: always
  script:
    - pytest -n 0 -m serial_only --junitxml=serial.xml
  artifacts:
    when: always
    reports: {{junit: serial.xml}}
"""
SHARE = 0.05  # of the suite, above which a job of its own is worth it


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Split the job where a good part of the suite can't run beside others."""
    found = [case for case in cases(diagnosis, load()) if case.parallel_only and case.ids]
    alone = sum(case.size for case in found)
    tests = max((run.counts["tests"] for run in diagnosis.runs), default=0)
    if not alone or alone < SHARE * tests or alone >= tests:
        return
    workers = max(run.workers for case in found for run in case.failing)
    whose, them = ("its", "it") if alone == 1 else ("their", "them")
    yield Advice(
        "split-jobs",
        title="Split the CI job: parallel tests first, then the serial ones",
        why=(
            f"{plural(alone, 'test')} of {tests:,} can't run beside others. In a job of "
            f"{whose} own ({LIST} marks {them} `serial_only`) "
            "the others need not wait."
        ),
        effect=(
            f"{plural(tests - alone, 'test')} keep {workers} workers, and nothing of what failed "
            "is among them."
        ),
        proof=f'pytest -n {workers} -m "not serial_only" && pytest -n 0 -m serial_only',
        patches=(
            Patch(".github/workflows/tests.yml", "yaml", GITHUB.format(workers=workers)),
            Patch(".gitlab-ci.yml", "yaml", GITLAB.format(workers=workers)),
        ),
        incidents=tuple(case.id for case in found),
    )
